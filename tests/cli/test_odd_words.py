"""Odd words in every place: a clear sentence, nothing lost, nothing run, no traceback."""

import sqlite3
from contextlib import closing

import pytest

TAKEN_AS_THEY_ARE = {
    "quotes": "O'Brien \"the\" 'one'",
    "sql": "'; drop table visits; --",
    "markup": "<b>bold</b>",
    "emoji": "🙂👩‍⚕️",
    "accents": "Zoë Ångström",
    "arabic": "محمد",
    "formula": "=1+1",
    "percent": "100% %s {x} {}",
    "path": "../../etc/passwd",
    "option": "--json?",
    "blank inside": "room  7",
}
REFUSED = {
    "empty": "",
    "blanks": " \t ",
    "line feed": "P\n1",
    "carriage return": "P\r1",
    "null": "P\x001",
    "escape": "\x1b[31mred",
    "lone surrogate": "P\udcff1",
    "right to left override": "P\u202e1",
    "zero width blank": "P\u200b1",
    "byte-order mark": "P\ufeff1",
    "line separator": "P\u20281",
    "300 characters": "P" * 300,
}
SOME_REFUSED = ["", "P\n1", "P\x001", "P\udcff1", "P\u202e1", "P" * 300]
COMMANDS_WITH_A_PATIENT = [
    ["start", "97112", "--patient", "WORD"],
    ["stop", "--patient", "WORD"],
    ["sign", "--patient", "WORD", "--credentials", "PT"],
    ["amend", "--patient", "WORD", "--why", "slip"],
]
COMMANDS_WITH_A_NAME = [
    ["start", "97112", "--patient", "P-9", "--clinician", "WORD"],
    ["stop", "--clinician", "WORD"],
    ["status", "--clinician", "WORD"],
    ["summary", "--clinician", "WORD"],
    ["export", "--clinician", "WORD", "-o", "lines.csv"],
    ["sign", "--patient", "P-2", "--clinician", "WORD", "--credentials", "PT"],
]
LOOKED_UP = {
    "units": (["units", "WORD=10"], "WORD=10"),
    "conflict": (["conflict", "97112", "WORD"], "WORD"),
    "start": (["start", "WORD", "--patient", "P-9"], "WORD"),
    "stop": (["stop", "WORD"], "WORD"),
    "payer": (["start", "97112", "--patient", "P-9", "--payer", "WORD"], "WORD"),
    "payer of units": (["units", "97112=10", "--payer", "WORD"], "WORD"),
    "payer of conflict": (["conflict", "97112", "97110", "--payer", "WORD"], "WORD"),
    "discipline": (["start", "97112", "--patient", "P-9", "--discipline", "WORD"], "WORD"),
    "role": (["start", "97112", "--patient", "P-9", "--role", "WORD"], "WORD"),
    "time": (["start", "97112", "--patient", "P-9", "--at", "WORD"], "WORD"),
    "date": (["summary", "--date", "WORD"], "WORD"),
    "choice": (["sign", "--patient", "P-2", "--choose", "WORD"], "WORD"),
    "choice of units": (["sign", "--patient", "P-2", "--choose", "97112=WORD"], "97112=WORD"),
    "minutes": (["units", "97112=WORD"], "97112=WORD"),
    "area": (["units", "97597=1", "--area", "97597=WORD"], "97597=WORD"),
    "rule": (["units", "97112=1", "--rule", "WORD"], "WORD"),
    "layout": (["export", "--layout", "WORD", "-o", "lines.csv"], "WORD"),
    "delimiter": (["export", "--delimiter", "WORD", "-o", "lines.csv"], "WORD"),
    "import": (["import", "WORD"], "WORD"),
    "restore": (["restore", "WORD"], "WORD"),
    "command": (["WORD"], "WORD"),
}


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("word", TAKEN_AS_THEY_ARE.values(), ids=TAKEN_AS_THEY_ARE)
def test_a_printable_id_and_name_come_back_as_they_were_typed(word, ptimer):
    words = ("--patient", f" {word} ", "--clinician", f" {word} ", "--at", "09:00")
    assert ptimer("start", "97112", *words).exit == 0
    assert ptimer("stop", "--patient", word, "--clinician", word, "--at", "09:20").exit == 0
    assert ptimer("sign", "--patient", word, "--credentials", word, "--over-60", word).exit == 0
    assert ptimer("amend", "--patient", word, "--why", word).exit == 0

    (visit,) = ptimer.summary()["visits"]
    assert (visit["patient"], visit["clinicians"]) == (word, [word])
    assert word in ptimer("summary").out
    assert ptimer("check").exit == 0


def test_an_accent_typed_as_a_character_of_its_own_makes_no_second_patient(ptimer):
    one, same = "Zo\u00eb", "Zoe\u0308"
    ptimer.do(f"start 97112 --patient {one} --clinician {same} --at 09:00")

    again = ptimer("start", "97112", "--patient", same, "--clinician", one, "--json")

    assert (again.exit, again.json["already"]) == (0, True)
    assert ptimer("stop", "--patient", same, "--at", "09:20", "--json").json["stopped"]
    (visit,) = ptimer.summary()["visits"]
    assert (visit["patient"], visit["clinicians"]) == (one, [one])


@pytest.mark.parametrize(
    "words", COMMANDS_WITH_A_PATIENT + COMMANDS_WITH_A_NAME, ids=lambda words: " ".join(words)
)
def test_an_id_or_name_that_cannot_be_read_is_refused_by_its_name(words, signed):
    before = signed.recorded()
    for what, odd in REFUSED.items():
        result = signed(*(odd if word == "WORD" else word for word in words), "--json")

        said = result.error["reason"]
        assert result.exit == 2, what
        assert said.startswith(("The patient id ", "The clinician's name ")), what
        assert said.endswith(("type one", "leave it out", "use at most 100")), what
        assert said.isprintable(), what
        assert len(said) < 200, what
    assert signed.recorded() == before


@pytest.mark.parametrize("odd", [odd for odd in REFUSED.values() if odd.strip()], ids=ascii)
def test_a_supervisor_has_a_readable_name_too(odd, ptimer):
    words = ("start", "97112", "--patient", "P-9", "--role", "student", "--supervisor", odd)

    assert ptimer(*words, "--json").exit == 2


@pytest.mark.parametrize(
    "odd",
    ['O\'Brien ""', "'; drop table visits; --", "<b>", "🙂", "{x} %s", *SOME_REFUSED],
    ids=ascii,
)
def test_what_is_looked_up_and_not_found_is_quoted_in_one_line(odd, signed):
    before = signed.recorded()
    for place, (words, quoted) in LOOKED_UP.items():
        typed = [word.replace("WORD", odd) for word in words]
        result = signed(*typed, "--json")

        assert result.exit == 2, f"{place}: {result.err}"
        assert result.error["reason"].isprintable(), place
        assert len(result.error["reason"]) < 500, place
        if odd.isascii() and odd.isalnum() and len(odd) < 20:
            assert quoted.replace("WORD", odd) in result.err, place
    assert signed.recorded() == before


@pytest.mark.parametrize("odd", ["", " ", "a\nb", "a\x00b", "a\udcffb", "a\x1bb", "x" * 2001])
def test_a_reason_that_cannot_be_kept_is_refused(odd, signed):
    assert signed("amend", "--patient", "P-1", "--why", odd).exit == 2
    assert signed.summary()["visits"][0]["status"] == "signed"


def test_a_search_for_anything_ends_with_0(first):
    for word in [*TAKEN_AS_THEY_ARE.values(), *REFUSED.values()]:
        assert first("codes", "--", word).exit == 0


def test_nothing_that_was_typed_ran_as_sql(ptimer):
    word = TAKEN_AS_THEY_ARE["sql"]
    ptimer("start", "97112", "--patient", word, "--clinician", word)

    with closing(sqlite3.connect(ptimer.database)) as connection:
        assert connection.execute("select patient from visits").fetchall() == [(word,)]


@pytest.mark.parametrize("minutes", ["-1", "1441", "1e3", "", " 5", "5 ", "٣", "0x10", "+5", "1_0"])
def test_minutes_are_whole_numbers_from_0_to_1440(first, minutes):
    result = first("units", f"97112={minutes}", "--json")

    assert result.exit == 2
    assert "such as 97112=24 (0 to 1440)" in result.error["reason"]


def test_minutes_may_be_0_and_1440_and_have_zeros_in_front(first):
    assert first("units", "97112=0", "--json").json["total_minutes"] == 0
    assert first("units", "97112=1440", "--json").json["total_minutes"] == 1440
    assert first("units", "97112=0024", "--json").json["total_minutes"] == 24


@pytest.mark.parametrize("name", ["a\0b", "\ud800"], ids=ascii)
def test_a_name_that_no_file_can_have_is_told(signed, name):
    for words in (["import"], ["restore"], ["backup"], ["export", "-o"]):
        result = signed(*words, name, "--json")
        assert result.exit == 2
        assert "No file can be named" in result.error["reason"]
