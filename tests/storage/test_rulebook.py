"""The rule files are read once; a record keeps what they say until one of them changes."""

import os
from shutil import copytree

import pytest

from ptimer import resources
from ptimer.billing.payers import (
    CombinedLimit,
    Effect,
    OwnLimit,
    Payer,
    RequiredModifier,
    UnitRule,
)
from ptimer.storage import database, rulebook
from ptimer.storage.errors import DamagedFile
from ptimer.timing.clock import Instant

ACME = Payer(
    "Acme",
    UnitRule.MIDPOINT,
    follows_mue=True,
    pays_slp_assistants=False,
    relaxes_billed_alone=True,
    relaxed_because="their letter of May",
    zero_unit_lines=True,
    own_limits=(OwnLimit("97110", 3, Effect.WARN, "their manual"),),
    combined_limits=(CombinedLimit(("97110", "97140"), 4, Effect.CUT, "their contract"),),
    required_modifiers=(RequiredModifier("U1", ("97110",), "their portal"),),
    assistant_modifiers=False,
    kx_threshold=True,
    source="added by this clinic",
)


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A copy of the resource files that a test may change."""
    folder = tmp_path / "resources"
    copytree(resources.folder(), folder)
    monkeypatch.setattr(resources, "folder", lambda: folder)
    return folder


@pytest.fixture
def kept(files, connection):
    """A record that keeps the rule book."""
    with database.transaction(connection):
        rulebook.keep(connection)
    return connection


def test_a_kept_book_says_what_the_files_say(kept):
    book, shipped = rulebook.load(kept), rulebook.shipped()

    assert rulebook.is_kept(kept)
    assert list(book.codes) == list(shipped.codes)
    assert list(book.payers) == list(shipped.payers)
    assert book.rules == shipped.rules
    assert book.edition == shipped.edition


def test_a_record_without_a_kept_book_reads_the_files(connection):
    assert not rulebook.is_kept(connection)
    assert list(rulebook.load(connection).codes) == list(rulebook.shipped().codes)


def test_a_kept_book_is_read_and_not_the_files(kept):
    (content,) = kept.execute("select content from rulebook_cache").fetchone()
    other = rulebook.sealed(content[8:].replace('"97110"', '"KEPT"'))
    kept.execute("update rulebook_cache set content = ?", (other,))

    assert rulebook.load(kept).codes.find("KEPT")


def test_a_kept_book_in_which_a_bit_has_flipped_is_told_and_never_counted_with(kept):
    kept.execute("update rulebook_cache set content = replace(content, '\"97110\"', '\"97111\"')")

    with pytest.raises(DamagedFile, match="the rule book in it can't be read"):
        rulebook.load(kept)


def _shorten_the_over_60(files):
    path = files / "rules" / "long_treatment.toml"
    path.write_text(path.read_text().replace("minutes = 60", "minutes = 45"))


def _touch(files):
    path = files / "rules" / "long_treatment.toml"
    os.utime(path, ns=(1, 1))


def _add_a_file(files):
    (files / "codes" / "own.toml").write_text(
        '[[code]]\ncode = "X1"\nlabel = "Own"\ncount = "untimed"\n'
        'attendance = "supervised"\ndisciplines = ["PT"]\n'
    )


@pytest.mark.parametrize("change", [_shorten_the_over_60, _touch, _add_a_file])
def test_a_changed_file_makes_the_kept_book_stale(kept, files, change):
    change(files)

    assert not rulebook.is_kept(kept)
    with database.transaction(kept):
        rulebook.keep(kept)
    assert rulebook.is_kept(kept)


def test_another_version_of_the_program_reads_the_files_anew(kept, monkeypatch):
    monkeypatch.setattr(rulebook, "__version__", "99.0")

    assert not rulebook.is_kept(kept)


def test_what_a_changed_file_says_counts_at_once(kept, files):
    _shorten_the_over_60(files)
    assert rulebook.load(kept).rules.long_treatment("97112").minutes == 45

    _add_a_file(files)
    assert rulebook.load(kept).codes.find("X1").label == "Own"


def test_the_clinics_own_payers_come_back_as_they_were_made(kept, files):
    with database.transaction(kept):
        rulebook.save_payer(kept, ACME, at=Instant(0))
        rulebook.save_payer(kept, Payer("Zenith", UnitRule.CMS), at=Instant(1))
    _touch(files)

    payers = rulebook.load(kept).payers
    assert payers.find("acme") == ACME
    assert payers.names() == ["Medicare", "Commercial (midpoint)", "Acme", "Zenith"]
    assert [payer.shipped for payer in payers] == [True, True, False, False]


def test_a_kept_book_that_cannot_be_read_is_damage(kept):
    kept.execute("update rulebook_cache set content = substr(content, 1, 100)")

    with pytest.raises(DamagedFile, match="the rule book in it can't be read"):
        rulebook.load(kept)
