import pytest

from ptimer.storage import clinicians, database
from ptimer.storage.clinicians import ClinicianRow
from ptimer.timing.clock import Instant


@pytest.fixture
def use(connection):
    def use(name, at):
        with database.transaction(connection):
            return clinicians.use(connection, name, at=Instant(at))

    return use


def test_a_clinician_who_is_new_is_made_once(connection, use):
    assert use("Kim", 1)
    assert not use("Kim", 2)
    assert clinicians.everyone(connection) == [ClinicianRow("Kim")]
    assert clinicians.find(connection, "Lee") is None


def test_who_pressed_last_is_the_last_used(connection, use):
    assert clinicians.last_used(connection) is None
    for at, name in enumerate(["Kim", "Lee", "Kim", "Sam", "Lee"]):
        use(name, at)
        assert clinicians.last_used(connection).name == name


def test_who_pressed_last_is_the_last_used_although_the_clock_was_set_back(connection, use):
    use("Kim", 1_000_000)
    use("Lee", 5)
    assert clinicians.last_used(connection).name == "Lee"

    use("Kim", 6)
    assert clinicians.last_used(connection).name == "Kim"


def test_one_who_is_only_named_is_never_the_last_used(connection, use):
    use("Kim", 1)
    with database.transaction(connection):
        clinicians.ensure(connection, "Lee")
        clinicians.ensure(connection, "Kim")

    assert clinicians.last_used(connection).name == "Kim"
    assert [row.name for row in clinicians.everyone(connection)] == ["Kim", "Lee"]


def test_what_was_told_of_a_clinician_comes_back(connection, use):
    use("Lee", 0)
    told = ClinicianRow("Kim", "OTR/L", "OT", "student", "1234567893", "Lee")
    with database.transaction(connection):
        clinicians.save(connection, told, at=Instant(1))

    assert clinicians.find(connection, "Kim") == told
    assert clinicians.last_used(connection) == told
    use("Kim", 2)
    assert clinicians.find(connection, "Kim") == told, "a press leaves what was told"
