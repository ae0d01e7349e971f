from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from ptimer.storage.ids import new_id
from ptimer.timing.clock import ManualClock

instants = st.integers(0, (1 << 48) - 1)


@given(instants)
def test_an_id_is_a_uuid_of_version_7_that_holds_its_millisecond(at):
    written = new_id(at)

    assert str(UUID(written)) == written, "written as every UUID is"
    assert UUID(written).version == 7
    assert UUID(written).variant == RFC_4122
    assert UUID(written).int >> 80 == at


@given(instants, instants)
def test_ids_sort_by_time(one, other):
    first, second = sorted((one, other))

    assert first == second or new_id(first) < new_id(second)


def test_two_ids_of_one_millisecond_are_two():
    now = ManualClock.at_local("2026-11-23T10:00:00").now()

    assert len({new_id(now) for _ in range(1000)}) == 1000
