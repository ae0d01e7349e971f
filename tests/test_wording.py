from datetime import date

import pytest

from ptimer.wording import Sentence, listed, quoted, say, strung

GERMAN = {
    "{code} is billed alone": "{code} wird allein abgerechnet",
    "{who}: {why}": "{why} ({who})",
    "{units:plural:unit,units} of {code}": "{code}: {units:plural:Einheit,Einheiten}",
}


def _german(template):
    return GERMAN[template]


def test_a_sentence_says_its_values():
    assert str(say("{code} is billed alone", code="97112")) == "97112 is billed alone"


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 units"), (1, "1 unit"), (2, "2 units"), (21, "21 units")]
)
def test_a_number_takes_the_word_that_fits_it(number, said):
    assert str(say("{n:plural:unit,units}", n=number)) == said


def test_a_plural_may_be_more_than_one_word():
    tie = "{n:plural:unit is,units are} left"

    assert [str(say(tie, n=n)) for n in (1, 2)] == ["1 unit is left", "2 units are left"]


def test_other_formats_are_pythons():
    assert str(say("{part:.1f} of {name:>5}", part=0.25, name="Ann")) == "0.2 of   Ann"


def test_a_sentence_is_said_in_another_language_by_its_template():
    sentence = say("{code} is billed alone", code="97112")

    assert sentence.in_words(_german) == "97112 wird allein abgerechnet"


def test_a_translation_has_plurals_of_its_own():
    sentence = say("{units:plural:unit,units} of {code}", units=2, code="97112")

    assert str(sentence) == "2 units of 97112"
    assert sentence.in_words(_german) == "97112: 2 Einheiten"


def test_a_sentence_within_a_sentence_is_translated_too():
    inner = say("{code} is billed alone", code="97112")
    outer = say("{who}: {why}", who="Kim", why=inner)

    assert str(outer) == "Kim: 97112 is billed alone"
    assert outer.in_words(_german) == "97112 wird allein abgerechnet (Kim)"
    assert say("{who}: {why}", who="Lee", why=outer).in_words(_german) == (
        "97112 wird allein abgerechnet (Kim) (Lee)"
    )


def test_a_name_with_braces_is_a_name_and_no_template():
    assert str(say("{patient} rests", patient="{code} {0} {")) == "{code} {0} { rests"


def test_the_same_words_are_the_same_sentence():
    assert say("{code} rests", code="97112") == say("{code} rests", code="97112")
    assert say("{code} rests", code="97112") != say("{code} rests", code="97110")
    assert say("{code} rests", code="97112") == Sentence("{code} rests", {"code": "97112"})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], ""),
        (["PT"], "PT"),
        (["PT", "OT"], "PT and OT"),
        (["PT", "OT", "SLP"], "PT, OT and SLP"),
        (("PT", "OT", "SLP"), "PT, OT and SLP"),
    ],
)
def test_words_are_listed_as_one_says_them(words, said):
    assert str(listed(words)) == said


def test_words_to_choose_from_are_listed_with_or():
    assert str(listed(["PT", "OT", "SLP"], last="or")) == "PT, OT or SLP"


def test_a_list_is_said_in_another_language_with_the_sentences_in_it():
    german = {
        "{words} and {last}": "{words} und {last}",
        "{words} or {last}": "{words} oder {last}",
    }
    inner = say("{code} is billed alone", code="97112")

    def translated(template):
        return german.get(template) or GERMAN.get(template, template)

    assert listed(["PT", "OT"]).in_words(translated) == "PT und OT"
    assert listed(["a", "b", "c"], last="or").in_words(translated) == "a, b oder c"
    assert strung([inner, "x"], "; ").in_words(translated) == "97112 wird allein abgerechnet; x"


def test_a_date_is_written_as_the_window_writes_it_and_else_as_it_is_typed():
    sentence = say("in force until {day}", day=date(2026, 11, 23))

    assert str(sentence) == "in force until 2026-11-23"
    assert sentence.in_words(str, lambda day: f"{day:%d.%m.%Y}") == "in force until 23.11.2026"


def test_what_the_system_said_is_kept_as_it_is_and_can_be_translated():
    odd = quoted("no room on {drive}")

    assert str(odd) == "no room on {drive}"
    assert quoted("disk full").in_words({"disk full": "Platte voll"}.get) == "Platte voll"
