"""What the README says is so: its files, commands, keys, columns and examples."""

import re

import pytest

from ptimer.cli.main import COMMANDS, run
from ptimer.gui.frame import keys
from ptimer.operations.clinic_settings import SETTINGS
from ptimer.reports import biller_csv, segments_csv
from tests.packaging.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
IN_BACKTICKS = re.findall(r"`([^`\n]+)`", README)


def _cells(heading):
    """Return the first cells of the table below a heading."""
    below = README.partition(heading)[2].partition("\n## ")[0]
    return [row.split("|")[1] for row in below.splitlines() if row.startswith("| `")]


def test_every_picture_is_there_and_is_described():
    shown = re.findall(r"!\[(.*?)\]\((.*?)\)", README)

    assert shown
    for words, path in shown:
        assert len(words) > 20, path
        assert (ROOT / path).is_file(), path


def test_every_picture_that_is_taken_is_kept_and_no_other():
    import pictures

    kept = {path.stem for path in (ROOT / "packaging" / "screenshots").iterdir()}

    assert kept == {picture.name for picture in pictures.ALL}


@pytest.mark.parametrize(
    "path",
    sorted({w for w in IN_BACKTICKS if re.fullmatch(r"(ptimer|resources|tests|packaging)/\S+", w)}),
)
def test_every_path_is_there(path):
    assert (ROOT / path).exists()


def test_the_columns_of_the_billers_csv_are_all_there_in_their_order():
    named = " ".join(_cells("## For billers"))
    spelled_out = named.replace(
        "`modifier_1` … `modifier_4`", "`modifier_1` `modifier_2` `modifier_3` `modifier_4`"
    )

    assert re.findall(r"`(\w+)`", spelled_out) == list(biller_csv.COLUMNS)


def test_the_columns_of_a_segments_file_are_all_there_in_their_order():
    assert ",".join(segments_csv.COLUMNS) in IN_BACKTICKS


def test_every_command_is_named_and_no_other():
    named = {m for words in IN_BACKTICKS for m in re.findall(r"^ptimer ([a-z][a-z-]*)", words)}

    assert named == set(COMMANDS)


def test_every_key_is_one_that_the_window_knows():
    known = {key.sequence for key in keys.KEYS} | {str(digit) for digit in range(1, 10)}
    named = {w for w in IN_BACKTICKS if re.fullmatch(r"(Ctrl\+\w|F\d+|Space|[A-Z]|\d)", w)}

    assert {"Ctrl+N", "Space", "R", "F1"} <= named
    assert named - {"Y", "N"} <= known


def test_the_example_prints_what_the_readme_shows(capsys):
    command, _, shown = re.search(r"^\$ ptimer (.*?)(\n)(.*)$", README, re.MULTILINE).groups()

    run(command.split())

    assert capsys.readouterr().err.strip() == shown


def test_every_setting_is_told_in_the_words_of_the_page():
    for setting in SETTINGS:
        assert f"| {setting.section.value} | {setting.words} | {setting.about} |" in README


def test_the_two_commands_are_named():
    assert "python3 packaging/dev.py run" in README
    assert "python3 packaging/dev.py test" in README
