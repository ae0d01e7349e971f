"""Whatever is typed, whatever a file holds: one of five exit statuses, no traceback, no harm."""

from shutil import copy

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from ptimer.cli.main import COMMANDS
from tests.cli.command_line import COLUMNS, NOW, Ptimer, at

NUMBERS = ["0", "7", "24", "-1", "1e3", "٣", "99999999999999999999"]
CODES = ["97112", "97110", "97130", "98975", "G0283", "97150", "97597", "REST", "NB", "x", ""]
WORDS = ["P-1", "P-2", "Ana", "Bo", "Medicare", "PT", "OT", "student", "aide", "cms", "slip", "=1"]
TIMES = ["09:00", "08:10", "2026-11-22T23:50", "23:59", "2026-11-23", "noon", "1999-01-01T00:00"]
FILES = ["in.csv", "out.csv", "kept.db", ".", "no/where.csv", "record/ptimer.db", "/dev/null", "-"]
OPTIONS = [
    "--patient",
    "--payer",
    "--discipline",
    "--clinician",
    "--role",
    "--supervisor",
    "--at",
    "--switch",
    "--units",
    "--date",
    "--from",
    "--to",
    "--credentials",
    "--choose",
    "--over-60",
    "--why",
    "--layout",
    "-o",
    "--include-unsigned",
    "--bom",
    "--delimiter",
    "--dry-run",
    "--area",
    "--rule",
    "--other-patient",
    "--",
    "--help",
]
VALUES = st.one_of(
    st.sampled_from([*NUMBERS, *CODES, *WORDS, *TIMES, *FILES]),
    st.builds("{}={}".format, st.sampled_from(CODES), st.sampled_from(NUMBERS)),
    st.text(max_size=20),
    st.text(st.characters(categories=["Cc", "Cf", "Cs"]), max_size=5),
)


@pytest.fixture(scope="module")
def new_record(tmp_path_factory, half_signed):
    """Make the command line of another record with a signed visit and one that is not."""

    def make():
        here = tmp_path_factory.mktemp("here")
        (here / "record").mkdir()
        copy(half_signed, here / "record")
        return Ptimer(here / "record", at(NOW))

    return make


@examples(max_examples=60)
@given(
    word=st.one_of(st.sampled_from(sorted(set(COMMANDS) - {"demo"})), VALUES),
    rest=st.lists(st.one_of(st.sampled_from(OPTIONS), VALUES), max_size=8),
    as_json=st.booleans(),
)
def test_any_words_end_in_an_exit_status(new_record, word, rest, as_json):
    ptimer = new_record()
    before = ptimer.recorded()
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(ptimer.folder.parent)
        result = ptimer(*(["--json"] if as_json else []), word, *rest, as_json=as_json)

    if result.exit:
        assert ptimer.recorded() == before, "what is refused changes nothing"
    assert ptimer("check").exit == 0


@examples(max_examples=25)
@given(
    words=st.lists(
        st.builds(
            lambda code, patient, options: ["start", code, "--patient", patient, *options],
            st.sampled_from(CODES),
            st.sampled_from(["P-1", "P-2", "P-3"]),
            st.sampled_from(
                [
                    [],
                    ["--switch"],
                    ["--at", "09:30"],
                    ["--clinician", "Bo"],
                    ["--role", "assistant", "--clinician", "Cy"],
                    ["--role", "student", "--supervisor", "Ana", "--clinician", "Di"],
                    ["--discipline", "OT", "--switch"],
                ]
            ),
        )
        | st.sampled_from(
            [
                ["stop"],
                ["stop", "--patient", "P-2"],
                ["stop", "--at", "09:45"],
                ["sign", "--patient", "P-2", "--credentials", "PT", "--over-60", "pain"],
                ["amend", "--patient", "P-1", "--why", "slip"],
            ]
        ),
        max_size=6,
    )
)
def test_any_day_of_presses_keeps_the_records_promises(new_record, words):
    ptimer = new_record()
    for each in words:
        before = ptimer.recorded()
        if ptimer(*each).exit:
            assert ptimer.recorded() == before
        ptimer.clock.advance(seconds=40)

    assert ptimer("check").exit == 0
    assert ptimer("status", "--json").exit == 0
    assert ptimer("export", "--include-unsigned").exit == 0


CELLS = st.one_of(
    st.sampled_from(["", *CODES, *WORDS, *TIMES, *NUMBERS]),
    st.text(st.characters(exclude_characters="\r\n"), max_size=12),
)
LIKELY = st.tuples(
    st.sampled_from(["P-1", "P-3", "P-4"]),
    st.sampled_from(["Medicare", "", "Nobody"]),
    st.sampled_from(["PT", "OT", ""]),
    st.sampled_from(["Ana", "Bo", ""]),
    st.sampled_from(["therapist", "assistant", "student", ""]),
    st.sampled_from(CODES[:-2]),
    st.sampled_from(["07:00", "07:10", "2026-11-22T07:00"]),
    st.sampled_from(["07:05", "07:20", "2026-11-22T07:30", ""]),
    st.sampled_from(["", "'=1", "sat"]),
    st.sampled_from(["", "Bo"]),
    st.sampled_from(["", "2"]),
)
LINES = st.one_of(
    st.lists(CELLS, max_size=13).map(",".join),
    LIKELY.map(",".join),
    LIKELY.map(",".join),
    st.text(max_size=40),
)


@examples(max_examples=50)
@given(
    header=st.one_of(st.just(COLUMNS), st.just(COLUMNS), LINES),
    lines=st.lists(LINES, max_size=6),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1"]),
)
def test_any_file_comes_in_whole_or_not_at_all(new_record, header, lines, end, encoding):
    ptimer = new_record()
    file = ptimer.folder.parent / "in.csv"
    file.write_bytes(end.join([header, *lines]).encode(encoding, "replace"))
    before = ptimer.recorded()

    result = ptimer("import", str(file), "--json")

    assert result.exit in (0, 3, 4)
    if result.exit:
        assert ptimer.recorded() == before
        assert result.error["lines"], "each bad line is named"
    else:
        came_in = len(ptimer.recorded()) > len(before)
        assert came_in is (result.json["segments"] > 0)
    assert ptimer("check").exit == 0


@examples(max_examples=30)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_no_traceback(new_record, content):
    ptimer = new_record()
    file = ptimer.folder.parent / "in.csv"
    file.write_bytes(content)

    assert ptimer("import", str(file)).exit == 4
    assert ptimer("restore", str(file)).exit == 4
