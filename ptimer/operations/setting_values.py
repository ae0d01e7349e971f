"""What is a setting set to? And how it is set anew."""

from ptimer.operations.clinic import Clinic
from ptimer.operations.clinic_settings import SETTINGS
from ptimer.operations.errors import Misused
from ptimer.operations.setting_kinds import Kind, Setting, Value, complaint
from ptimer.storage import settings


def read_all(clinic: Clinic) -> dict[str, Value]:
    """Return every setting's value by its key: as it was set, else its default."""
    with clinic.reading():
        kept = {each.key: settings.get(clinic.connection, each.key) for each in SETTINGS}
    return {each.key: _usable(each, kept[each.key]) for each in SETTINGS}


def read(clinic: Clinic, setting: Setting) -> Value:
    """Return one setting's value."""
    with clinic.reading():
        return _usable(setting, settings.get(clinic.connection, setting.key))


def change(clinic: Clinic, setting: Setting, wanted: Value) -> Value:
    """Keep a value, and return it as it is kept; the same again costs no commit.

    Raises:
        Misused: the setting can't hold it; the sentence says what it can.
    """
    value = wanted.strip() if isinstance(wanted, str) else wanted
    problem = complaint(setting, value)
    if problem is not None:
        raise Misused(problem)
    if setting.kind is Kind.NUMBER:
        value = int(value)
    if read(clinic, setting) != value:
        with clinic.writing():
            settings.put(clinic.connection, setting.key, value)
    return value


def _usable(setting: Setting, kept: object) -> Value:
    """Return what was kept, or the default where it can't be used (another ptimer wrote it)."""
    if isinstance(kept, str | int) and complaint(setting, kept) is None:
        return kept
    return setting.default
