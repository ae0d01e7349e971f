"""A record on a network or in a synchronized folder: said once in the bar, always in the footer."""

import pytest

from ptimer.operations import whereabouts
from ptimer.operations.clinic import open_clinic
from ptimer.operations.whereabouts import Kind, Warned


@pytest.fixture
def in_dropbox(tmp_path, clock, make_window):
    """A window on a record in a folder that a sync client copies."""
    (tmp_path / "Dropbox").mkdir()
    clinic = open_clinic(tmp_path / "Dropbox" / "record", clock)
    yield lambda: make_window(clinic)
    clinic.close()


def test_the_bar_says_why_and_what_to_do_once_for_the_place(in_dropbox):
    first = in_dropbox()
    first.warnings.warn_about_place()
    assert first.bar.title.text() == "The database lies in a folder that Dropbox synchronizes"
    assert "may put an older one in its place" in first.bar.text.text()
    assert first.bar.message.stays

    second = in_dropbox()
    second.warnings.warn_about_place()

    assert not second.messages.shown


def test_the_footer_says_it_always(in_dropbox):
    for window in (in_dropbox(), in_dropbox()):
        assert window.footer.database.text() == "Database in a synchronized folder"
        assert "Dropbox" in window.footer.database.toolTip()


def test_a_network_is_named_as_one(window):
    folder = window.desk.clinic.folder
    window.footer.show_place(folder, Warned(Kind.NETWORK, "cifs", folder))

    assert window.footer.database.text() == "Database on a network folder"


def test_a_usual_place_is_not_warned_about(window):
    assert whereabouts.warned_about(window.desk.clinic.folder) is None
    window.warnings.warn_about_place()

    assert not window.messages.shown
