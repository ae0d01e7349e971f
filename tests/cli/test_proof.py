"""`audit-packet` and `day-proof`: files that are whole or not at all, and sentences that are so."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.cli.command_line import Ptimer, at
from tests.cli.shapes import misfits

PACKET = {
    "patient": str,
    "from": str,
    "to": str,
    "visits": [
        {
            "date": str,
            "discipline": str,
            "payer": str,
            "signed": bool,
            "timed_minutes": int,
            "total_minutes": int,
            "units": int,
            "segments": int,
            "signatures": int,
            "former_versions": int,
            "changes": int,
        }
    ],
    "pages": int,
    "file": str,
}
PROOF = {
    "date": str,
    "clinician": str,
    "first": str,
    "last": str,
    "holds": bool,
    "verdict": str,
    "minutes_at_work": int,
    "one_on_one_minutes": int,
    "times": [{"patient": str, "code": str, "kind": str, "start": str, "end": str}],
    "twice": [],
    "shared": [],
    "groups": [],
}
IN_THE_PACKET = ("audit-packet", "--patient", "P-1", "--from", "2026-11-01")


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def page_count(content):
    assert content.startswith(b"%PDF-")
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", content))


def test_a_packet_is_written_and_told(signed, tmp_path):
    file = tmp_path / "here" / "packet.pdf"
    told = signed(*IN_THE_PACKET, "-o", "packet.pdf")

    pages = page_count(file.read_bytes())
    assert told.out == f"1 visit on {pages} pages written to packet.pdf\n"
    assert b"P-1" not in file.read_bytes(), "the file's properties name no patient"


def test_a_packets_json_counts_its_visits(signed):
    values = signed(*IN_THE_PACKET, "--to", "2026-11-23", "-o", "a.pdf", "--json").json

    assert not list(misfits(PACKET, values))
    (visit,) = values["visits"]
    assert (visit["signed"], visit["as_signed"], visit["timed_minutes"]) == (True, True, 30)


def test_making_a_packet_changes_nothing_in_the_record(signed):
    before = signed.recorded()
    signed(*IN_THE_PACKET, "-o", "a.pdf")

    assert signed.recorded() == before


def test_a_packet_goes_to_stdout_where_that_is_wanted(signed):
    process = subprocess.run(
        [sys.executable, "-m", "ptimer", "--data-dir", signed.folder, *IN_THE_PACKET, "-o", "-"],
        env={k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")},
        capture_output=True,
        check=True,
    )

    assert page_count(process.stdout) > 1, "and without a screen"
    assert process.stderr == b""


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--patient P-9 --from 2026-11-01 -o a.pdf", "P-9 has no recorded visit"),
        ("--patient P-1 --from 2026-11-24 -o a.pdf", "2026-11-24 is in the future"),
        ("--patient P-1 --from 2026-11-01 --to 2026-11-24 -o a.pdf", "is in the future"),
        ("--patient P-1 --from 2026-11-20 --to 2026-11-19 -o a.pdf", "lies before the first"),
        ("--patient P-1 --from noon -o a.pdf", "noon"),
        ("--patient P-1 --from 2026-11-01 --discipline XT -o a.pdf", "XT"),
        ("--patient P-1 --from 2026-11-01 --discipline SLP -o a.pdf", "no recorded SLP visit"),
        ("--patient P-1 --from 2026-11-01 -o no/where.pdf", "There is no folder no"),
        ("--patient P-1 --from 2026-11-01 -o .", "is a folder"),
        ("--patient P-1 --from 2026-11-01 -o - --json", "--json needs -o FILE"),
        ("--patient P-1 --from 2026-11-01", "-o"),
        ("--from 2026-11-01 -o a.pdf", "--patient"),
    ],
)
def test_what_makes_no_packet_is_told_and_nothing_is_written(signed, tmp_path, words, says):
    result = signed("audit-packet", *words.split())

    assert result.exit == 2
    assert says in (result.err or result.out)
    assert list((tmp_path / "here").iterdir()) == []


def test_a_packet_never_takes_the_records_place(signed):
    result = signed(*IN_THE_PACKET, "-o", str(signed.database))

    assert result.exit == 2
    assert signed("check").exit == 0


def test_a_file_that_stands_is_kept_where_the_packet_fails(signed, tmp_path):
    kept = tmp_path / "here" / "a.pdf"
    kept.write_text("older")
    signed("audit-packet", "--patient", "P-9", "--from", "2026-11-01", "-o", "a.pdf")

    assert kept.read_text() == "older"


def test_a_day_is_proven_in_words(signed):
    told = signed("day-proof").out

    assert told.startswith("2026-11-23 Ana\n08:00 to 09:20: 1 h 20 min at work, 50 min one-on-one")
    assert "no minute twice" in told
    assert "0:50:00 added up over all patients, 0:50:00 on the clock: 0:00:00 twice" in told
    assert "09:00:00–09:20:00  97140 of P-2" in told  # noqa: RUF001


def test_a_day_is_proven_in_values_and_on_pages(signed, tmp_path):
    values = signed("day-proof", "--clinician", "Ana", "-o", "day.pdf", "--json").json

    assert not list(misfits(PROOF, values))
    assert (values["minutes_at_work"], values["one_on_one_minutes"]) == (80, 50)
    assert values["file"] == "day.pdf"
    assert page_count((tmp_path / "here" / "day.pdf").read_bytes()) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--date 2026-11-24", "is in the future"),
        ("--clinician Nobody", "knows no clinician Nobody"),
        ("--date 2026-11-20 -o a.pdf", "there is no page to write"),
        ("-o no/where.pdf", "There is no folder no"),
        ("-o - --json", "--json needs -o FILE"),
    ],
)
def test_what_can_not_be_proven_is_told(signed, tmp_path, words, says):
    result = signed("day-proof", *words.split())

    assert result.exit == 2
    assert says in result.err
    assert list((tmp_path / "here").iterdir()) == []


def test_a_day_on_which_nothing_was_timed_is_told(signed):
    assert "no time is recorded" in signed("day-proof", "--date", "2026-11-20").out
    assert signed("day-proof", "--date", "2026-11-20", "--json").json["times"] == []


def test_minutes_that_are_there_twice_end_with_4_and_are_named(signed):
    with closing(sqlite3.connect(signed.database)) as connection:
        triggers = connection.execute("select name from sqlite_schema where type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.execute(f"drop trigger {name}")
        connection.execute(
            "update segments set started_at = started_at - 2700000 where patient = 'P-2'"
        )
        connection.commit()

    error = signed("day-proof", "--json").error
    assert error["exit"] == 4
    assert "08:15:00–08:30:00: 97110 of P-1 and 97140 of P-2" in error["reason"]  # noqa: RUF001


def test_the_clinics_zone_says_which_day_it_is(tmp_path, half_signed):
    """A packet of the evening in a zone behind UTC is of that evening's day."""
    from shutil import copy
    from zoneinfo import ZoneInfo

    folder = tmp_path / "elsewhere"
    folder.mkdir()
    copy(half_signed, folder)
    ptimer = Ptimer(folder, at("2026-11-23T20:00:00", ZoneInfo("America/New_York")))
    ptimer.do("start 97110 --patient P-5 --discipline PT --clinician Ana --at 19:00", "stop")
    values = ptimer(
        *("audit-packet", "--patient", "P-5", "--from", "2026-11-23", "-o", "a.pdf", "--json")
    ).json

    assert values["visits"][0]["date"] == "2026-11-23"
