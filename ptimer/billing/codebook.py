"""Which codes are there, how is each counted, and what does each ask of the clinician?"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ptimer.billing.editions import MueRow
from ptimer.billing.payers import Effect
from ptimer.wording import Sentence, listed, say


class Count(StrEnum):
    """How a code's minutes become units (rules.md, Units)."""

    POOLED = "pooled"
    OWN_COUNT = "own-count"
    UNTIMED = "untimed"
    AREA = "area"
    MONTHLY = "monthly"
    APART = "apart"
    """Rest and not-billable time: in the clinic, and in no count."""


class Attendance(StrEnum):
    """What the code asks of the clinician while it is delivered."""

    ONE_ON_ONE = "one-on-one"
    CONSTANT = "constant"
    SUPERVISED = "supervised"
    GROUP = "group"
    EVALUATION = "evaluation"
    NONE = "none"


class Discipline(StrEnum):
    """Whose plan of care a visit belongs to."""

    PT = "PT"
    OT = "OT"
    SLP = "SLP"


TIMED = (Count.POOLED, Count.OWN_COUNT)
ONE_PATIENT = (Attendance.ONE_ON_ONE, Attendance.CONSTANT)
ATTENDED = (*ONE_PATIENT, Attendance.GROUP, Attendance.EVALUATION)

REST = "REST"
NOT_BILLABLE = "NB"


@dataclass(frozen=True)
class Code:
    """One code of the book; `label` and `detail` are our own words, never the AMA's."""

    code: str
    label: str
    count: Count
    attendance: Attendance
    disciplines: tuple[Discipline, ...]
    detail: str = ""
    step_minutes: int | None = None
    add_on_to: str | None = None
    evaluation: str = ""
    exclusive: bool = False
    mue: int | None = None
    mue_indicator: int | None = None
    """CMS's adjudication indicator; None where no source of ours names it."""
    instead: str | None = None
    """What to use where Medicare does not pay this one."""
    offers: tuple[str, ...] = ()
    """What its set-up may be timed as instead, since setting up is not billable."""
    in_force_from: date | None = None
    in_force_to: date | None = None
    notes: str = ""
    source: str = ""
    confirmed: bool = True
    """False where count or attendance are not yet checked against a source."""
    own: bool = False
    """Whether the clinic made it; a shipped code is read-only."""
    daily_limit: int | None = None
    """Units a day that the clinic lets itself bill, for every payer."""
    daily_effect: Effect = Effect.WARN

    @property
    def timed(self) -> bool:
        """Whether minutes are billed (pooled or by its own steps), not the visit."""
        return self.count in TIMED

    @property
    def attended(self) -> bool:
        """Whether it takes a clinician's attention: one-on-one, constant, group, evaluation."""
        return self.attendance in ATTENDED

    @property
    def apart(self) -> bool:
        """Whether it is rest or not-billable time."""
        return self.count is Count.APART

    def in_force(self, on: date) -> bool:
        """Return whether the code may be billed for a service of that date."""
        return (self.in_force_from is None or self.in_force_from <= on) and (
            self.in_force_to is None or on <= self.in_force_to
        )


class CodeBook:
    """All codes, in the order of the resource files, then the clinic's own.

    A changed code of the clinic's own is there more than once; `on` tells which counts on a date.
    """

    def __init__(self, codes: Iterable[Code]) -> None:
        """Take the codes; a later one of the same number replaces an earlier one."""
        self._versions: dict[str, list[Code]] = {}
        for code in codes:
            self._versions.setdefault(code.code, []).append(code)
        self._codes = {number: each[-1] for number, each in self._versions.items()}
        self._add_ons = _by_base(self._codes.values())
        self._dated = [
            number
            for number, each in self._versions.items()
            if len(each) > 1 or (each[-1].own and each[-1].add_on_to is not None)
        ]
        self._of_days: dict[tuple[Code, ...], CodeBook] = {}
        self._limited: dict[int, tuple[Mapping[str, MueRow], CodeBook]] = {}

    def on(self, day: date) -> "CodeBook":
        """Return the book as it counts for a service of that date."""
        if not self._dated:
            return self
        chosen = tuple(_version_on(self._versions[number], day) for number in self._dated)
        in_force = tuple(code for code in chosen if code.in_force(day))
        key = (*chosen, *in_force)
        if key not in self._of_days:
            self._of_days[key] = self._with(chosen, in_force)
        return self._of_days[key]

    def limited(self, limits: Mapping[str, MueRow]) -> "CodeBook":
        """Return the book with CMS's units a day of another table: what it lacks has no limit."""
        if id(limits) not in self._limited:  # kept beside, so that no other can take its id
            self._limited[id(limits)] = (limits, self._with_limits(limits))
        return self._limited[id(limits)][1]

    def _with_limits(self, limits: Mapping[str, MueRow]) -> "CodeBook":
        codes = {number: _limited(code, limits.get(number)) for number, code in self._codes.items()}
        book = CodeBook(codes.values())
        book._add_ons = {base: codes[add_on.code] for base, add_on in self._add_ons.items()}
        book._dated = []
        return book

    def _with(self, chosen: tuple[Code, ...], in_force: tuple[Code, ...]) -> "CodeBook":
        """Return a book of these versions, in which an add-on that is over adds nothing."""
        codes = {**self._codes, **{code.code: code for code in chosen}}
        book = CodeBook(codes.values())
        over = {code.code for code in chosen} - {code.code for code in in_force}
        book._add_ons = _by_base(
            code for code in codes.values() if not (code.own and code.code in over)
        )
        book._dated = []
        return book

    def __iter__(self) -> Iterator[Code]:
        return iter(self._codes.values())

    def __len__(self) -> int:
        return len(self._codes)

    def find(self, number: str) -> Code | None:
        """Return the code of that number, however its letters are written."""
        return self._codes.get(number) or self._codes.get(number.strip().upper())

    def __getitem__(self, number: str) -> Code:
        """Return the code of a number that is known to be in the book."""
        return self._codes[number]

    def add_on_of(self, base: str) -> Code | None:
        """Return the code in which minutes beyond the base code's step are billed."""
        return self._add_ons.get(base)

    def search(self, words: str, said: Callable[[str], str] = str) -> list[Code]:
        """Return the codes whose number or plain words hold every one of `words`.

        `said` says the words in another language: they are looked for in both.
        """
        wanted = _plain(words).split()

        def holds_all(code: Code) -> bool:
            texts = (code.code, code.label, code.detail, said(code.label), said(code.detail))
            found = _plain(" ".join(texts))
            return all(word in found for word in wanted)

        return [code for code in self if holds_all(code)]

    def why_not_startable(self, code: Code, on: date) -> Sentence | None:
        """Return why `code` can't be timed on that date, or None if it can.

        An add-on is timed on its base; a monthly code is not a visit's (rules.md, Units).
        """
        if code.add_on_to is not None:
            return say(
                "{code} is an add-on and is not timed by itself: time {base}, and ptimer "
                "prints {code} for what goes beyond it",
                code=code.code,
                base=code.add_on_to,
            )
        if code.count is Count.MONTHLY:
            return say(
                "{code} is billed by the month, not by the visit: it can't be timed here",
                code=code.code,
            )
        if not code.in_force(on):
            return self._out_of_force(code, on)
        return None

    @staticmethod
    def _out_of_force(code: Code, on: date) -> Sentence:
        if code.in_force_from is not None and on < code.in_force_from:
            return say(
                "{code} is in force only from {day}", code=code.code, day=str(code.in_force_from)
            )
        return say(
            "{code} was in force until {day} and can't be timed on {on}",
            code=code.code,
            day=code.in_force_to,
            on=on,
        )


def _plain(words: str) -> str:
    """Return words as they are compared: in small letters, without accents."""
    apart = unicodedata.normalize("NFD", words.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _by_base(codes: Iterable[Code]) -> dict[str, Code]:
    return {code.add_on_to: code for code in codes if code.add_on_to is not None}


def _limited(code: Code, row: MueRow | None) -> Code:
    units, indicator = (row.units, row.indicator) if row else (None, None)
    if (code.mue, code.mue_indicator) == (units, indicator):
        return code
    return replace(code, mue=units, mue_indicator=indicator)


def _version_on(versions: list[Code], day: date) -> Code:
    """Return what was made last of what had begun on a date, else what was made first."""
    begun = [each for each in versions if each.in_force_from is None or each.in_force_from <= day]
    return begun[-1] if begun else versions[0]


def outside_discipline(code: Code, discipline: Discipline) -> Sentence | None:
    """Return a warning where the book does not list `code` for the discipline."""
    if discipline in code.disciplines:
        return None
    return say(
        "{code} is not a code that {discipline} usually bills: the book lists it for {others}",
        code=code.code,
        discipline=discipline.value,
        others=listed([each.value for each in code.disciplines]),
    )
