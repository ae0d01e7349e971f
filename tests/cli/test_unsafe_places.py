"""A record in an unsafe place: said on stderr when it is made, and by every check."""

import pytest

from tests.cli.command_line import NOW, Ptimer, at


@pytest.fixture
def in_dropbox(tmp_path):
    """The command line of a folder that a sync client copies."""
    (tmp_path / "Dropbox").mkdir()
    return Ptimer(tmp_path / "Dropbox" / "record", at(NOW))


WARNING = "The database lies in a folder that Dropbox synchronizes. Dropbox copies it while"


def test_the_first_write_says_so_and_the_next_one_does_not(in_dropbox):
    first = in_dropbox("start", "97112", "--patient", "P-1")
    second = in_dropbox("stop")

    assert first.exit == second.exit == 0
    assert first.err.startswith(WARNING)
    assert "--data-dir" in first.err
    assert WARNING not in second.err


def test_each_check_says_so_and_is_clean_all_the_same(in_dropbox):
    in_dropbox("start", "97112", "--patient", "P-1")
    for _ in range(2):
        checked = in_dropbox("check", "--json")
        assert checked.exit == 0
        assert checked.err.startswith(WARNING)
        assert checked.json["warnings"][0].startswith(WARNING)


def test_a_folder_with_nothing_in_it_is_no_reason_to_warn(in_dropbox):
    assert in_dropbox("check").err == ""
    assert in_dropbox("status").err == ""


def test_a_usual_place_is_not_warned_about(tmp_path):
    usual = Ptimer(tmp_path / "record", at(NOW))

    assert "lies" not in usual("start", "97112", "--patient", "P-1").err
    assert usual("check", "--json").json["warnings"] == []


def test_a_dry_run_in_passing_is_not(in_dropbox, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "Dropbox"))
    file = tmp_path / "in.csv"
    file.write_text(
        "patient,payer,discipline,clinician,role,code,start,end,note\n"
        "P-1,Medicare,OT,Ana,therapist,97112,2026-11-23T08:00,2026-11-23T08:30,\n",
        encoding="utf-8",
    )

    assert "Dropbox" not in in_dropbox("import", str(file), "--dry-run").err
