"""Files that are none, or not what they should be: told, nothing lost, and never a hang."""

import os
import sys

import pytest

from tests.cli.command_line import COLUMNS

GOOD = "P-1,Medicare,PT,Ana,therapist,97110,2026-11-23T08:00,2026-11-23T08:30,{note},,"
FILE = f"{COLUMNS}\r\n{GOOD.format(note='')}\r\n"


@pytest.fixture
def bring_in(ptimer, tmp_path):
    """Import a file that holds these bytes, or this text."""

    def bring_in(content):
        path = tmp_path / "in.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return ptimer("import", str(path), "--json")

    return bring_in


TAKEN = {
    "with a byte-order mark": FILE.encode("utf-8-sig"),
    "with line feeds": FILE.replace("\r\n", "\n"),
    "with carriage returns": FILE.replace("\r\n", "\r"),
    "without an end of line": FILE.rstrip(),
    "with semicolons": FILE.replace(",", ";"),
    "with tabs": FILE.replace(",", "\t"),
    "with bars": FILE.replace(",", "|"),
    "with a header in capitals": FILE.replace(COLUMNS, COLUMNS.upper()),
    "with a quoted header": FILE.replace("patient,payer", '"patient", payer'),
    "with blank lines": FILE.replace("\r\nP-1", "\r\n\r\n   \r\n,,,,,,,,,,\r\nP-1"),
    "with quoted cells": FILE.replace("Medicare", '"Medicare"'),
    "with blanks around cells": FILE.replace("Medicare", "  medicare  "),
    "with a quoted comma": f"{COLUMNS}\n{GOOD}\n".format(note='"balance, gait"'),
    "with one more empty cell": FILE.replace(",,\r\n", ",,,,\r\n"),
}


@pytest.mark.parametrize("content", TAKEN.values(), ids=TAKEN)
def test_a_file_may_be(bring_in, content):
    result = bring_in(content)

    assert result.exit == 0, result.err
    assert result.json["segments"] == 1


HEADER_ONLY = {"header": COLUMNS, "and its end": COLUMNS + "\r\n", "and blanks": COLUMNS + "\n\n\n"}


@pytest.mark.parametrize("content", HEADER_ONLY.values(), ids=HEADER_ONLY)
def test_a_header_alone_brings_in_nothing(bring_in, content):
    assert bring_in(content).json == {"segments": 0, "visits": 0, "dry_run": False, "warnings": []}


REFUSED = {
    "empty": (b"", 1, "line 1: it is empty. A file starts with a header: patient,payer,"),
    "a blank line": (b"\n", 1, "line 1: it is empty"),
    "a line without header": (FILE.split("\r\n")[1], 1, "the header lacks patient, payer, "),
    "header lacks one": (FILE.replace("payer,", ""), 1, "the header lacks payer. It must be pa"),
    "header has one twice": (FILE.replace("note", "code"), 1, "lacks note and has code twice"),
    "UTF-16": (FILE.encode("utf-16"), 1, "it is not UTF-8 text: save the file as CSV UTF-8"),
    "UTF-16 without mark": (FILE.encode("utf-16-le"), 1, "this is not a CSV file"),
    "Latin-1": (FILE.replace("Ana", "Zoë").encode("latin-1"), 2, "it is not UTF-8 text"),
    "Latin-1, far down": (
        FILE.encode() + b"\r\n" * 5000 + GOOD.format(note="é").encode("latin-1"),
        5003,
        "it is not UTF-8 text",
    ),
    "binary": (bytes(range(256)), 1, "this is not a CSV file"),
    "a database": (b"SQLite format 3\0" + b"\0" * 4000, 1, "this is not a CSV file"),
    "null character": (FILE.replace("Ana", "A\0a"), 2, "this is not a CSV file"),
    "unclosed quotation mark": (FILE.replace("Ana", '"Ana'), 2, "is opened in it and never closed"),
    "unclosed in the header": (FILE.replace("payer", '"payer', 1), 1, "and never closed"),
    "text behind a quotation": (FILE.replace("Ana", '"A"na'), 2, "text follows the closing quotat"),
    "a very long cell": (FILE.replace("Ana", "a" * 200_000), 2, "a cell is too long"),
    "a very long line": (FILE.replace("Ana", "a" * 2_000_000), 2, "it is too long"),
    "one line without end": ("a" * 2_000_000, 1, "it is too long"),
    "unclosed, far from the end": (
        FILE.replace("Ana", '"Ana') + (GOOD.format(note="") + "\n") * 5000,
        2,
        "a quotation mark is opened and never closed",
    ),
}


@pytest.mark.parametrize(("content", "line", "says"), REFUSED.values(), ids=REFUSED)
def test_a_file_may_not_be(bring_in, ptimer, content, line, says):
    before = ptimer.recorded()

    result = bring_in(content)

    assert (result.exit, result.error["lines"]) == (4, [line])
    assert says in result.error["reason"]
    assert len(result.error["reason"]) < 600
    assert ptimer.recorded() == before


def test_what_is_wrong_before_an_unreadable_line_is_named_with_it(bring_in):
    bad, good = (GOOD.format(note=note).encode("latin-1") for note in ("n" * 2001, "é"))

    result = bring_in(b"\n".join([COLUMNS.encode(), bad, good, bad]))

    assert (result.exit, result.error["lines"]) == (4, [2, 3]), "behind it nothing was read"


def test_a_bad_row_over_several_lines_is_named_by_where_it_begins(bring_in):
    result = bring_in(f"{COLUMNS}\n{GOOD}\n{GOOD}\n".format(note='"a\nb\nc"'))

    assert result.error["lines"] == [2, 5]


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes and devices are other there")
@pytest.mark.parametrize("what", ["folder", "pipe", "zeros", "nothing", "terminal"])
def test_what_is_no_plain_file_is_refused_and_not_read(ptimer, tmp_path, what):
    os.mkfifo(tmp_path / "pipe")
    place = {
        "folder": tmp_path,
        "pipe": tmp_path / "pipe",
        "zeros": "/dev/zero",
        "nothing": "/dev/null",
        "terminal": "/dev/tty",
    }[what]

    result = ptimer("import", str(place), "--json")

    assert result.exit == 2
    assert result.error["reason"] in {
        f"{place} is a folder: name a file in it",
        f"{place} is not a plain file: name one that is",
        f"There is no file {place}",
    }


def test_the_same_holds_for_a_copy_to_restore(ptimer, tmp_path):
    assert ptimer("restore", str(tmp_path), "--json").exit == 2


def test_many_lines_with_one_conflict_near_the_end_end_with_its_number(ptimer, tmp_path):
    lines = [COLUMNS]
    for number in range(4_000):
        day, minute = divmod(number, 600)
        hour, minute = divmod(minute, 60)
        start = f"2026-10-{day + 1:02d}T{hour:02d}:{minute:02d}"
        lines.append(f"P-{number % 300},Medicare,PT,Ana,therapist,97110,{start}:00,{start}:59,,,")
    lines.insert(3_999, lines[3_998].replace("97110", "97140"))
    path = tmp_path / "many.csv"
    path.write_text("\n".join(lines), "utf-8")

    refused = ptimer("import", str(path), "--json")
    del lines[3_999]
    path.write_text("\n".join(lines), "utf-8")

    assert (refused.exit, refused.error["lines"]) == (3, [4_000])
    assert ptimer("import", str(path), "--json").json["segments"] == 4_000
