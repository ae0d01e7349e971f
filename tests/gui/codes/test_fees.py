"""The fees of a payer: typed, read from a file, taken away; they tell how near a threshold is."""

import pytest
from PySide6.QtCore import Qt

from ptimer.operations import fees

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def screen(make_window, clinic):
    window = make_window(clinic)
    window.go("codes")
    return window.body.screens["codes"]


@pytest.fixture
def form(qtbot, screen):
    card = screen.payers.cards["Medicare"]
    card.open_details()
    qtbot.mouseClick(card.fees, LEFT)
    return screen.forms.fees


def _known(form):
    return [(f.payer, f.year, f.code, f.cents) for f in fees.known(form.desk.clinic)]


def _type(form, code, amount):
    form.rows.add.click()
    form.rows.rows[-1].code.setText(code)
    form.rows.rows[-1].amount.setText(amount)


def test_fees_are_typed_and_shown_again(qtbot, screen, form):
    assert form.isVisible()
    assert form.year.text() == "2026"
    _type(form, "97112", "36.50")
    _type(form, "97110", "$31")
    qtbot.keyClick(form.rows.rows[-1].amount, Qt.Key.Key_Return)

    assert _known(form) == [
        ("Medicare", 2026, "97110", 3_100),
        ("Medicare", 2026, "97112", 3_650),
    ]
    assert not form.isVisible()
    screen.payers.cards["Medicare"].fees.click()
    assert [row.amount.text() for row in form.rows.rows] == ["31.00", "36.50"]


def test_a_row_that_is_taken_away_takes_its_fee_away(qtbot, screen, form):
    _type(form, "97112", "36.50")
    form.keep()
    screen.payers.cards["Medicare"].fees.click()
    form.rows.rows[0].remove.click()
    form.keep()

    assert _known(form) == []


def test_what_is_wrong_is_said_in_the_form(form):
    _type(form, "99999", "3")
    form.keep()

    assert form.isVisible()
    assert "99999" in form.complaint.text.text()
    assert _known(form) == []


def test_another_year_shows_its_own(qtbot, form):
    _type(form, "97112", "36.50")
    form.keep()
    form.open_payer("Medicare")
    form.year.setText("2027")
    form.year.editingFinished.emit()

    assert form.rows.rows == []


def test_a_file_fills_the_rows_and_nothing_is_kept_before_one_says_so(tmp_path, form):
    file = tmp_path / "fees.csv"
    file.write_text("code,fee\n97112,36.50\n97110,31\n", encoding="utf-8")
    form.ask_file = lambda _: file
    form.file.click()

    assert [row.code.text() for row in form.rows.rows] == ["97112", "97110"]
    assert _known(form) == []
    form.keep()
    assert len(_known(form)) == 2
