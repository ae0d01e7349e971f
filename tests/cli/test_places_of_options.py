"""`--json` and `--data-dir` may stand before or after the command word; help and version."""

import json

import pytest

from ptimer import __version__
from ptimer.app import wants_window
from ptimer.cli.main import COMMANDS
from tests.cli.command_line import at


@pytest.fixture
def there(ptimer):
    """The data folder's name."""
    ptimer.do("start 97112 --patient P-1 --discipline PT --clinician Ana --at 09:00")
    return str(ptimer.folder)


PLACES = [
    ["--data-dir", "DIR", "--json", "status"],
    ["--data-dir=DIR", "status", "--json"],
    ["--json", "status", "--data-dir", "DIR"],
    ["status", "--json", "--data-dir=DIR"],
    ["--json", "--data-dir=DIR", "status", "--clinician", "Ana"],
    ["status", "--clinician", "Ana", "--data-dir", "DIR", "--json"],
    ["--json", "status", "--json", "--data-dir", "DIR"],
]


@pytest.mark.parametrize("words", PLACES, ids=" ".join)
def test_both_options_may_stand_before_or_after_the_word(words, ptimer, there):
    result = ptimer.bare(*(word.replace("DIR", there) for word in words))

    assert [each["patient"] for each in result.json["running"]] == ["P-1"]


def test_the_folder_that_is_named_last_counts(ptimer, there, tmp_path):
    words = ("--data-dir", str(tmp_path / "other"), "status", "--data-dir", there, "--json")

    assert ptimer.bare(*words).json["running"]


def test_the_environment_names_the_folder_and_the_option_overrules_it(
    ptimer, there, tmp_path, monkeypatch
):
    monkeypatch.setenv("PTIMER_DATA_DIR", there)
    assert ptimer.bare("status", "--json").json["running"]

    other = str(tmp_path / "other")
    assert not ptimer.bare("status", "--json", "--data-dir", other).json["running"]


@pytest.mark.parametrize("nothing", ["", "  "])
def test_a_folder_without_a_name_is_a_slip_and_not_this_folder(nothing, ptimer):
    result = ptimer.bare("--data-dir", nothing, "status", "--json")

    assert result.exit == 2
    assert "names no folder" in result.error["reason"]


def test_json_behind_what_is_wrong_still_counts(ptimer):
    for words in (
        ["units", "97112=x", "--json"],
        ["frob", "--json"],
        ["units", "--frob", "--json"],
    ):
        assert ptimer.bare(*words).error["exit"] == 2


def test_json_as_the_value_of_another_option_does_not_count(ptimer):
    ptimer.do("start 97112 --patient P-1 --discipline PT --clinician Ana --at 09:00", "stop")

    words = ("sign", "--patient", "P-1", "--credentials", "PT", "--over-60", "--json")
    result = ptimer(*words, as_json=False)

    assert result.out.startswith("P-1: Ana signed")


@pytest.mark.parametrize("word", COMMANDS)
def test_each_command_has_a_help_text_that_names_its_options(word, first):
    text = first.bare(word, "--help").out

    assert text.startswith(f"Usage: ptimer {word}")
    assert "--json" in text
    assert "--data-dir DIR" in text
    assert first.bare(word, "-h").out == text
    assert first.bare(word, "--help", "--json").json["help"] == text.rstrip("\n")


def test_the_help_lists_every_command_with_a_whole_sentence(first):
    text = first.bare("--help").out

    listed = text.split("Commands:\n")[1].splitlines()
    assert [line.split()[0] for line in listed] == list(COMMANDS)
    assert not [line for line in listed if line.endswith("...")], "cut short"


def test_the_version(first):
    assert first.bare("--version").out == f"ptimer {__version__}\n"
    assert first.bare("--version", "--json").json == {"version": __version__}
    assert first.bare("--json", "--version").json == {"version": __version__}


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], True),
        (["--data-dir", "x"], True),
        (["--data-dir=x"], True),
        (["--data-dir"], False),
        (["--data-dir", ""], False),
        (["--data-dir="], False),
        (["--json"], False),
        (["--help"], False),
        (["status"], False),
        (["--data-dir", "x", "status"], False),
        (["--data-dir", "status"], True),
    ],
)
def test_only_ptimer_alone_or_with_a_folder_opens_the_window(words, window):
    assert wants_window(words) is window


def test_a_word_that_is_no_command_is_quoted_in_a_line_and_not_wholly(first):
    result = first.bare("x" * 1000 + "\n\x1b[31m\udcff", "--json")

    assert result.exit == 2
    assert len(result.err.splitlines()) == 2
    assert "\x1b" not in result.err
    assert len(result.err) < 400


def test_an_error_is_one_document_and_one_sentence(ptimer):
    result = ptimer("start", "97110", "--patient", "P-1", "--role", "aide", "--json")

    assert json.loads(result.out) == {
        "error": {
            "exit": 3,
            "rule": "qualified-only",
            "reason": "An aide's minutes never count: 97110 needs a therapist",
            "source": "Medicare Benefit Policy Manual, chapter 15; Noridian, Rehabilitation "
            "Delivery Methods",
        }
    }
    assert result.err.startswith("An aide's minutes never count: 97110 needs a therapist [")


def test_a_clock_can_be_handed_in(first):
    first.clock = at("2025-01-02T03:04:00")

    assert first("summary", "--json").json["date"] == "2025-01-02"
