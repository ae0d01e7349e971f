"""`clinicians` and `education`: recorded, listed, voided, and written for an auditor."""

import csv
import shlex

import pytest

ADD = "education --clinician Ana --add"


@pytest.fixture
def known(ptimer):
    """Ana, with a course, a certificate that was renewed, and a licence."""
    ptimer.do(
        "start 97110 --patient P-1 --discipline PT --clinician Ana --at 08:00",
        "stop --at 08:20",
        "sign --patient P-1 --credentials PT",
        f"{ADD} 'Gait training' --on 2026-03-02 --hours 6.5 --file gait.pdf --note 'Dr. Roe'",
        f"{ADD} CPR --on 2024-11-30 --kind certificate --expires 2026-11-30",
        f"{ADD} cpr --on 2026-11-20 --kind certificate --expires 2028-11-30",
        f"{ADD} 'PT licence' --on 2025-01-10 --kind licence --expires 2027-01-09",
    )
    return ptimer


def test_the_clinicians_are_listed_with_what_expires_next(known):
    told = known("clinicians").out
    assert told.split(None, 1) == [
        "Ana",
        "PT, NPI missing, 4 entries, 6.5 hours, PT licence expires 2027-01-09\n",
    ]
    (ana,) = known("clinicians", "--json").json["clinicians"]
    assert (ana["name"], ana["credentials"], ana["npi"]) == ("Ana", "PT", "")
    assert (ana["entries"], ana["hours"]) == (4, 6.5)
    assert ana["expires_next"] == {"title": "PT licence", "expires_on": "2027-01-09"}


def test_entries_are_listed_the_newest_first(known):
    found = known("education", "--clinician", "Ana", "--json").json

    assert [each["title"] for each in found["entries"]] == [
        *("cpr", "Gait training", "PT licence", "CPR")
    ]
    gait = found["entries"][1]
    assert (gait["kind"], gait["hours"], gait["file_name"]) == ("training", 6.5, "gait.pdf")
    text = known("education", "--clinician", "Ana").out
    assert "2026-03-02  training     Gait training, 6.5 hours, gait.pdf, Dr. Roe\n" in text
    assert text.endswith("6.5 hours in all\n")


def test_a_wrong_entry_is_voided_by_the_end_of_its_id_and_stays_readable(known):
    wanted = known("education", "--clinician", "Ana", "--json").json["entries"][1]["id"]
    words = ("education", "--clinician", "Ana", "--void", wanted[-8:])

    assert known(*words).exit == 2, "without a reason nothing is voided"
    assert "VOIDED by Ana: wrong person" in known(*words, "--why", "wrong person").out
    assert known(*words, "--why", "once more").exit == 2
    after = known("education", "--clinician", "Ana", "--json").json
    assert (after["hours"], len(after["entries"])) == (0, 4)
    assert after["entries"][1]["void_reason"] == "wrong person"


def test_the_file_for_an_audit_holds_every_entry(known, tmp_path):
    known.do(
        "start 97110 --patient P-2 --clinician Bo --at 09:00",
        "stop",
        f"{ADD} =HYPERLINK --on 2026-01-01",
    )
    file = tmp_path / "clinicians.csv"

    assert known("clinicians", "--export", str(file)).out == f"{file}: 6 rows\n"
    content = file.read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") == 7
    rows = list(csv.DictReader(content.decode().splitlines()))
    assert [row["clinician"] for row in rows] == ["Ana"] * 5 + ["Bo"]
    assert [row["title"] for row in rows][:2] == ["CPR", "PT licence"]
    assert (rows[2]["title"], rows[5]["title"]) == ("'=HYPERLINK", "")
    assert (rows[3]["hours"], rows[3]["file_name"]) == ("6.5", "gait.pdf")
    assert rows[3]["recorded_at"] == "2026-11-23T10:00:00+00:00"
    assert known("clinicians", "--export", str(file), "--bom", "--json").json["rows"] == 6
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (f"{ADD} Gait", "--add needs --on DATE"),
        (f"{ADD} Gait --on yesterday", "yesterday"),
        (f"{ADD} Gait --on 2026-11-24", "2026-11-24 is in the future"),
        (f"{ADD} ' ' --on 2026-11-20", "Say what it is"),
        (f"{ADD} Gait --on 2026-11-20 --kind hobby", "hobby is no kind of entry"),
        (f"{ADD} Gait --on 2026-11-20 --hours many", "many is no number of hours"),
        (f"{ADD} Gait --on 2026-11-20 --hours 0", "0 is no number of hours"),
        (f"{ADD} Gait --on 2026-11-20 --hours 1.234", "1.234 is no number of hours"),
        (f"{ADD} Gait --on 2026-11-20 --hours nan", "nan is no number of hours"),
        (f"{ADD} Gait --on 2026-11-20 --expires 2026-11-19", "It can't expire before"),
        (f"{ADD} Gait --on 2026-11-20 --void 1", "do not go together"),
        ("education --clinician Ana --hours 2", "these options need --add TITLE"),
        ("education --clinician Ana --void 123 --why x", "123 names no entry"),
        ("education --clinician ' '", "clinician's name"),
        ("clinicians --bom", "--bom goes with --export"),
    ],
)
def test_what_can_not_be_recorded_is_told_and_nothing_changed(known, words, reason):
    before = known.recorded()
    result = known(*shlex.split(words), "--json")

    assert result.exit == 2
    assert reason in result.error["reason"]
    assert known.recorded() == before


def test_the_first_entry_makes_its_clinician(first):
    first.do(f"{ADD} 'MSc Physiotherapy' --on 2019-06-30 --kind education")

    (ana,) = first("clinicians", "--json").json["clinicians"]
    assert (ana["name"], ana["entries"]) == ("Ana", 1)
