"""How is a sentence said, so that it can be said in another language too?

A rule or an operation says `say("{code} is billed alone", code="97112")`. The command line prints
the English; the window hands the template to its translator first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any


class _Plurals(Formatter):
    """Adds `{units:plural:unit,units}`: the number, then the word that fits it."""

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401  (Formatter's)
        if not format_spec.startswith("plural:"):
            return str(super().format_field(value, format_spec))
        one, many = format_spec.removeprefix("plural:").split(",")
        return f"{value} {one if value == 1 else many}"


_FORMATTER = _Plurals()


@dataclass(frozen=True)
class Sentence:
    """A sentence in plain words: a template and the values that go into it."""

    template: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.in_words(str)

    def in_words(
        self, translate: Callable[[str], str], write: Callable[[date], str] = date.isoformat
    ) -> str:
        """Return the sentence with its template put through `translate` first.

        A value that is a sentence itself is translated, too; `write` says how a date is written.
        """

        def told(value: object) -> object:
            if isinstance(value, Sentence):
                return value.in_words(translate, write)
            return write(value) if isinstance(value, date) else value

        values = {name: told(value) for name, value in self.values.items()}
        return _FORMATTER.vformat(translate(self.template), (), values)


def say(template: str, **values: object) -> Sentence:
    """Make a sentence; `template` is the key under which a translation is found."""
    return Sentence(template, values)


def listed(words: Sequence[object], *, last: str = "and") -> Sentence:
    """Join words as one says them: `a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return strung(words)
    template = say("{words} or {last}") if last == "or" else say("{words} and {last}")
    return Sentence(template.template, {"words": strung(words[:-1]), "last": words[-1]})


def quoted(text: str) -> Sentence:
    """Return what the system said as a sentence, for which a language may have words."""
    return Sentence(text.replace("{", "{{").replace("}", "}}"), {})


def strung(words: Sequence[object], between: str = ", ") -> Sentence:
    """Put words or sentences beside each other."""
    values = {f"word{place}": word for place, word in enumerate(words)}
    return Sentence(between.join(f"{{{name}}}" for name in values), values)
