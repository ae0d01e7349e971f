"""Does what was picked or typed fit its field? Pure: words in, the value that is recorded out."""

from collections.abc import Mapping, Sequence

from ptimer.billing.skilled_fields import BRIEF, FieldKind, SkilledField
from ptimer.billing.skilled_parts import MOST_PAIN
from ptimer.operations import typed_text
from ptimer.operations.errors import Misused, shown
from ptimer.wording import listed, say

MOST_CHARACTERS = 300
"""Of one field: short fields, not a note system."""
MOST_WORDS = 20


def fitting(
    field: SkilledField, code: str, value: Sequence[str], goals: Mapping[str, str]
) -> tuple[str, ...]:
    """Return a value as the record holds it: its offered words, one line, two numbers, a goal.

    `goals` are the ids of the patient's goals by themselves and by their numbers.

    Raises:
        Misused: it does not fit the field.
    """
    given = [text.strip() for text in value]
    if not any(given):
        return ()
    if field.kind is FieldKind.PAIN:
        return _pain(given)
    filled = [text for text in given if text]
    if field.kind in (FieldKind.SEVERAL, FieldKind.ONE):
        return _words(field, code, filled)
    if len(filled) != 1:
        raise Misused(say("{field}: one text, not several", field=say(BRIEF[field.part])))
    if field.kind is FieldKind.GOAL:
        if filled[0] not in goals:
            raise Misused(say("{goal} is none of the patient's open goals", goal=shown(filled[0])))
        return (goals[filled[0]],)
    return (typed_text.short_line(filled[0], say(BRIEF[field.part]), MOST_CHARACTERS),)


def _pain(given: list[str]) -> tuple[str, ...]:
    for text in given:
        if text and not (text.isascii() and text.isdigit() and int(text[:4]) <= MOST_PAIN):
            raise Misused(
                say("{text} is no pain from 0 to {most}", text=shown(text), most=MOST_PAIN)
            )
    before, after = (*given, "", "")[:2]
    return tuple(str(int(text)) if text else "" for text in (before, after))


def _words(field: SkilledField, code: str, given: list[str]) -> tuple[str, ...]:
    offered = {word.casefold(): word for word in field.offered(code)}
    name = say(BRIEF[field.part])
    found = dict.fromkeys(offered.get(" ".join(text.split()).casefold(), text) for text in given)
    strange = [word for word in found if word not in offered.values()]
    if strange and not field.other:
        raise Misused(
            say(
                "{field}: {word} is not offered; there is {offered}",
                field=name,
                word=shown(strange[0]),
                offered=listed([say(word) for word in field.offered(code)], last="or"),
            )
        )
    if (field.kind is FieldKind.ONE or field.alone in found) and len(found) > 1:
        raise Misused(
            say(
                "{field}: {word} goes with nothing else",
                field=name,
                word=shown(field.alone or next(iter(found))),
            )
        )
    if len(found) > MOST_WORDS:
        raise Misused(say("{field}: at most {most} words", field=name, most=MOST_WORDS))
    own = {w: typed_text.short_line(w, name, typed_text.MOST_CHARACTERS) for w in strange}
    order = [word for word in field.offered(code) if word in found]
    return (*order, *own.values())
