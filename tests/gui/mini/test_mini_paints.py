"""The mini window stands there all day: only what has changed is painted."""

from tests.gui import paints


def test_a_second_paints_the_time_and_nothing_else(mini):
    counted, areas = paints.tick(mini.desk, mini.clock, 50)

    assert counted == {mini.face: 50}
    assert areas[mini.face] < mini.face.width() * mini.face.height() / 2


def test_a_minute_paints_face_and_units_once_more(mini):
    paints.tick(mini.desk, mini.clock, 50)
    counted, areas = paints.tick(mini.desk, mini.clock, 10)

    assert counted == {mini.face: 10}
    assert areas[mini.face] == mini.face.width() * mini.face.height()


def test_each_of_several_times_is_painted_alone(two_patients, clock, open_mini):
    mini = open_mini(two_patients, clock)
    counted, areas = paints.tick(mini.desk, mini.clock, 20)
    row = mini.window.others.rows[0].face

    assert counted == {mini.face: 20, row: 20}
    assert areas[row] < row.width() * row.height() / 2


def test_while_nothing_runs_nothing_is_painted(mini):
    mini.desk.space()
    mini.window.message.dismiss()
    counted, _ = paints.tick(mini.desk, mini.clock, 20)

    assert counted == {}


def test_open_codes_are_not_painted_by_the_seconds(mini):
    mini.window.toggle_cards()
    counted, _ = paints.tick(mini.desk, mini.clock, 20)

    assert counted == {mini.face: 20}


def test_a_look_at_the_same_record_paints_nothing(mini):
    assert paints.painted_by(mini.desk.refresh) == set()


def test_the_window_that_is_not_seen_is_not_painted(mini):
    mini.window.back_wanted.emit()
    counted, _ = paints.tick(mini.desk, mini.clock, 5)

    assert not any(widget.window() is mini.window for widget in counted)
