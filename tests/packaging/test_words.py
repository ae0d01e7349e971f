"""Which texts are said, and does each language have words for all of them?"""

from functools import cache

import pytest
import words

from ptimer.gui import languages

MODULE = """
_WORDS = {"a": "Table", "b": "Tree"}
_ORDER = (*("first", "second"), "third")


def shown(self, many):
    template = "Many {n}" if many else "One"
    self.tr("Said")
    say(template, n=2)
    _tr(_WORDS["a"])
    say(_ORDER[0])
    title = {1: "Title"}
    texts.core(title.get(1, ""))
    QCoreApplication.translate("place", "Placed")
    print("never shown")
"""


@cache
def _all_texts():
    return words.all_texts()


def texts_in(tmp_path, source):
    path = tmp_path / "module.py"
    path.write_text(source, encoding="utf-8")
    return set(words.texts_of(path))


def test_texts_are_found_where_they_are_said_and_behind_names(tmp_path):
    assert texts_in(tmp_path, MODULE) == {
        *("Said", "Many {n}", "One", "Table", "Tree"),
        *("first", "second", "third", "Title", "Placed"),
    }


def test_a_text_that_is_put_together_where_it_is_said_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"module\.py:1: put together"):
        texts_in(tmp_path, 'say(f"{code} runs")')


def test_numbers_and_what_is_only_put_in_need_no_words():
    texts = _all_texts()

    assert not {"09:40", "100 %", "{0} · {1}", "{problem}"} & texts
    assert {"Settings", "{0} min", "Massage", "therapist", "97112: 4 units a day"} <= texts


@pytest.mark.parametrize("language", languages.SHIPPED)
def test_every_text_has_words(language):
    lacks = sorted(_all_texts() - {t for t, w in words.translations(language).items() if w})

    assert not lacks, (
        f"resources/translations/{language}.toml has no words for {len(lacks)} texts "
        f"(packaging/words.py {language} prints them as lines for it):\n" + "\n".join(lacks)
    )


@pytest.mark.parametrize("language", languages.SHIPPED)
def test_no_words_are_kept_for_a_text_that_nobody_says(language):
    kept = set(words.translations(language)).union(*words.of_places(language).values())
    forgotten = sorted(kept - _all_texts())

    assert not forgotten, f"nobody says these any more: {forgotten}"
