"""Settings hold what they may, and their defaults where another ptimer left something odd."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptimer.operations import clinic_settings, setting_kinds, setting_values
from ptimer.operations.clinic import open_clinic
from ptimer.operations.clinic_settings import SETTINGS
from ptimer.operations.errors import Misused
from ptimer.operations.setting_kinds import Kind
from ptimer.storage import settings
from ptimer.timing.clock import ManualClock


@pytest.fixture
def clinic(tmp_path):
    clinic = open_clinic(tmp_path, ManualClock.at_local("2026-11-23T10:00:00"))
    yield clinic
    clinic.close()


def test_every_default_may_stand_in_its_setting():
    for setting in SETTINGS:
        assert setting_kinds.complaint(setting, setting.default) is None, setting.key


def test_every_setting_has_a_key_and_words_of_its_own():
    assert len({each.key for each in SETTINGS}) == len(SETTINGS)
    assert len({each.words for each in SETTINGS}) == len(SETTINGS)


def test_without_anything_set_all_are_at_their_defaults(clinic):
    assert setting_values.read_all(clinic) == {each.key: each.default for each in SETTINGS}


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda each: each.key)
@given(value=st.one_of(st.text(max_size=30), st.integers(), st.booleans()))
def test_whatever_is_typed_is_kept_or_told_and_never_breaks(setting, value):
    told = setting_kinds.complaint(setting, value)

    assert told is None or str(told)
    if told is None and setting.kind is Kind.NUMBER:
        assert setting.least <= int(value) <= setting.most


def test_a_value_that_can_not_be_held_is_refused_and_nothing_changes(clinic):
    setting = clinic_settings.PLACE_OF_SERVICE
    setting_values.change(clinic, setting, "11")

    with pytest.raises(Misused, match="two digits"):
        setting_values.change(clinic, setting, "eleven")

    assert setting_values.read(clinic, setting) == "11"


def test_a_number_may_be_typed_as_text(clinic):
    setting = clinic_settings.REMIND_NOTHING_MINUTES

    assert setting_values.change(clinic, setting, " 25 ") == 25
    assert setting_values.read(clinic, setting) == 25


@pytest.mark.parametrize("odd", [None, [], {}, "purple", 10**9, True, 1.5])
def test_what_another_ptimer_left_and_can_not_be_used_is_the_default(clinic, odd):
    for setting in (clinic_settings.COLOURS, clinic_settings.REMIND_NOTHING_MINUTES):
        with clinic.writing():
            settings.put(clinic.connection, setting.key, odd)
        assert setting_values.read(clinic, setting) == setting.default
