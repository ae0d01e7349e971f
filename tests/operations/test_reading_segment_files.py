"""What a segments file says, and every way in which a line of it can be wrong."""

from zoneinfo import ZoneInfo

import pytest

from ptimer.operations import importing
from ptimer.operations.errors import BadData, Misused
from tests.operations.files import HEADER, line


@pytest.fixture
def bring_in(clinic, tmp_path):
    """Import lines, or bytes as they are."""

    def bring_in(*lines, header=HEADER, **more):
        file = tmp_path / "times.csv"
        if lines and isinstance(lines[0], bytes):
            file.write_bytes(lines[0])
        else:
            file.write_text("\n".join([header, *lines]), encoding="utf-8")
        return importing.import_file(clinic, file, **more)

    return bring_in


@pytest.fixture
def recorded(clinic):
    """Return what is recorded of all segments, in the order of their starts."""
    columns = "patient, clinician, role, code, note, supervisor, typed_units"
    return lambda: clinic.connection.execute(
        f"select {columns} from segments order by started_at"  # noqa: S608
    ).fetchall()


WRONG = [
    ("an unknown code", line("00000"), "00000 is not in the code book"),
    ("an add-on", line("97130"), "97130 is an add-on .* time 97129"),
    ("a monthly code", line("98975"), "98975 is billed by the month"),
    (
        "a code not in force",
        line("97550", "2023-11-23T09:00", "2023-11-23T09:10"),
        "97550 is in force only from 2024-01-01",
    ),
    ("no start", line(start=""), "it has no start: a file holds finished times only"),
    ("no end", line(end=""), "it has no end"),
    ("a bad start", line(start="T9 o'clock"), "is not a time such as"),
    ("a bad end", line(end="2026-13-01T09:00"), "is not a time such as"),
    ("an end at its start", line(end="09:00"), "it ends at .*, not after its start"),
    ("an end before its start", line(end="08:00"), "it ends at .*, not after its start"),
    ("a time to come", line(end="10:01"), "is in the future"),
    ("a time too long ago", line(start="1999-11-23T09:00"), "is too long ago"),
    ("no patient", line(patient=" "), "The patient id is empty"),
    ("too long a patient", line(patient="P" * 101), "use at most 100"),
    ("too long a clinician", line(clinician="K" * 101), "use at most 100"),
    ("too long a note", line(note="n" * 2001), "use at most 2000"),
    ("an unprintable patient", line(patient="A\x07nn"), "can't be printed"),
    ("an unknown payer", line(payer="Acme"), "There is no payer Acme"),
    ("an unknown discipline", line(discipline="MD"), "MD is not a discipline"),
    ("an unknown role", line(role="doctor"), "doctor is not a role: therapist, assistant"),
    ("too few cells", "Ann,Medicare,PT", "it has 3 cells, the header 9"),
    ("too many cells", line(note="walks, slowly"), "it has 10 cells, the header 9"),
]


@pytest.mark.parametrize(("wrong", "words"), [p[1:] for p in WRONG], ids=[p[0] for p in WRONG])
def test_a_bad_line_is_named_and_nothing_comes_in(bring_in, dump, wrong, words):
    before = dump()

    with pytest.raises(BadData, match=rf"from times\.csv\. line 3: .*{words}") as told:
        bring_in(line(), wrong, line("97140", "09:20", "09:30"))
    assert told.value.lines == (3,)
    assert told.value.exit_status == 4
    assert dump() == before


@pytest.mark.parametrize(
    ("code", "units", "words"),
    [
        ("97110", "2", "97110 is counted by ptimer"),
        ("97597", "two", "two is no number of units"),
        ("97597", "-1", "-1 is no number of units"),
        ("97597", "1.5", "is no number of units"),
        ("97597", "99999", "is no number of units"),
    ],
)
def test_a_bad_number_of_units_is_named(bring_in, code, units, words):
    with pytest.raises(BadData, match=f"line 2: .*{words}"):
        bring_in(line(code, units=units), header=f"{HEADER},units")


def test_every_bad_line_is_named_with_what_is_wrong(bring_in):
    bad = [line("00000"), line(end="08:00"), line(), line(patient="")]
    with pytest.raises(BadData) as told:
        bring_in(*bad)

    assert told.value.lines == (2, 3, 5)
    first, *rest = str(told.value).splitlines()
    assert first == "Nothing came in from times.csv: 3 lines are wrong"
    assert [each.split(":")[0] for each in rest] == ["line 2", "line 3", "line 5"]


def test_of_very_many_bad_lines_each_is_still_named(bring_in):
    with pytest.raises(BadData) as told:
        bring_in(*[line("00000")] * 1500)

    assert told.value.lines == tuple(range(2, 1502))
    assert "line 1001: " in str(told.value)
    assert str(told.value).endswith("and in the same way lines 1002-1501")


def test_a_cell_of_several_lines_keeps_the_numbers_right(bring_in):
    remark = '"first\nsecond\nthird"'
    with pytest.raises(BadData) as told:
        bring_in(
            f"{line()},{remark}", f"{line('00000')},", f"{line()},{remark}", f"{line('00001')},x",
            header=f"{HEADER},remark",
        )  # fmt: skip

    assert told.value.lines == (5, 9)


def test_empty_lines_are_passed_over_and_counted(bring_in, recorded):
    with pytest.raises(BadData) as told:
        bring_in("", ",,,,,,,,", line("00000"))
    assert told.value.lines == (4,)

    assert bring_in("", line(), " ", "").segments == 1
    assert len(recorded()) == 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["", "with a byte-order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_a_spreadsheets_form_of_the_file_is_read(bring_in, recorded, delimiter, bom, end):
    lines = [HEADER, line(note="Zoë walks")]
    text = end.join(each.replace(",", delimiter).encode() for each in lines) + end

    assert bring_in(bom + text).warnings == ()
    assert recorded() == [("Ann", "Kim", "therapist", "97110", "Zoë walks", None, None)]


def test_columns_stand_in_any_order_and_more_of_them_are_passed_over_with_a_word(
    bring_in, recorded
):
    done = bring_in(
        "Kim,x,97597,Ann,2026-11-23T09:00,2026-11-23T09:15,2,,,student,,Lee",
        header="Clinician,Room,CODE,patient,start,end,units,payer,discipline,role,note,supervisor",
    )

    assert [str(each) for each in done.warnings] == ["Columns that are not read: room"]
    assert recorded() == [("Ann", "Kim", "student", "97597", "", "Lee", 2)]


def test_cells_are_taken_without_blanks_and_without_the_apostrophe_of_an_export(bring_in, recorded):
    bring_in(line(" 97110 ", patient="'=P-1 ", role=" Therapist ", note="'-- walks"))

    assert recorded()[0][:5] == ("=P-1", "Kim", "therapist", "97110", "-- walks")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("patient,code,start,end", "lacks payer, discipline, clinician, role and note"),
        (f"{HEADER},start", "has start twice"),
        ("Dear Kim", "lacks patient, payer"),
    ],
)
def test_a_wrong_header_is_told(bring_in, header, words):
    with pytest.raises(BadData, match=f"line 1: the header {words}") as told:
        bring_in(line(), header=header)
    assert told.value.lines == (1,)


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(bring_in, content):
    with pytest.raises(BadData, match="line 1: it is empty"):
        bring_in(content)


def test_a_header_alone_brings_nothing_in_and_is_no_problem(bring_in, dump):
    before = dump()["audit_log"]

    assert bring_in().segments == 0
    assert dump()["audit_log"] == before


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (b"Zo\xeb", "it is not UTF-8 text: save the file as CSV UTF-8"),
        (b"Zo\x00", "it holds no text: this is not a CSV file"),
        (b'"Zoe', "a quotation mark is opened in it and never closed"),
        (b'"Zoe"s', "text follows the closing quotation mark"),
    ],
)
def test_a_line_that_is_no_text_is_named(bring_in, cell, words):
    good = line().encode()
    with pytest.raises(BadData, match=f"line 3: .*{words}") as told:
        bring_in(b"\n".join([HEADER.encode(), good, good[:-1] + b"," + cell]))
    assert told.value.lines == (3,)


def test_a_file_that_is_not_there_is_a_slip(clinic, tmp_path):
    with pytest.raises(Misused, match="can't be read: No such file"):
        importing.import_file(clinic, tmp_path / "nowhere.csv")
    with pytest.raises(Misused):
        importing.import_file(clinic, tmp_path)


def test_a_time_that_came_twice_in_a_night_is_the_first_and_says_so(clinic, bring_in, at):
    clinic.clock.zone = ZoneInfo("Europe/Berlin")
    done = bring_in(line(start="2026-10-25T02:30", end="2026-10-25T03:10"))

    assert [str(each) for each in done.warnings] == [
        "line 2: 2026-10-25T02:30 came twice that night: the first one is meant"
    ]
    (length,) = clinic.connection.execute("select ended_at - started_at from segments").fetchone()
    assert length == 100 * 60_000


def test_a_time_that_never_was_is_a_bad_one(clinic, bring_in):
    clinic.clock.zone = ZoneInfo("Europe/Berlin")

    with pytest.raises(BadData, match="line 2: 2026-03-29T02:30 never was"):
        bring_in(line(start="2026-03-29T02:30", end="2026-03-29T03:10"))
