"""How is a version of a visit read, line by line, and what differs between two of them?

Pure. Each version becomes the same kinds of lines in the same order; two versions are laid beside
each other line by line, a time beside the one that replaced it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from enum import StrEnum

from ptimer.operations.history_words import TimeWords, plain
from ptimer.operations.versions import Version
from ptimer.wording import Sentence, say, strung

Values = Mapping[str, object]
Key = tuple[str, ...]


class Standing(StrEnum):
    """How a line of the later version stands to the earlier one's."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Line:
    """One fact of a version: in which section, what it is, and how it reads."""

    section: Sentence
    key: Key
    what: Sentence
    text: Sentence


@dataclass(frozen=True)
class Row:
    """A fact of two versions; None: the version has no such fact."""

    section: Sentence
    what: Sentence
    before: Sentence | None
    after: Sentence | None

    @property
    def standing(self) -> Standing:
        """Whether it changed, and how."""
        if self.before is None:
            return Standing.ADDED
        if self.after is None:
            return Standing.REMOVED
        same = str(self.before) == str(self.after)
        return Standing.SAME if same else Standing.CHANGED


@dataclass(frozen=True)
class Reading:
    """What is needed to read a version: the clinic's zone, the visit's date, who replaced whom."""

    zone: tzinfo | None
    day: date
    roots: Mapping[str, str]


SIGNATURES = say("Signatures")
VISIT = say("Visit")
TIMES = say("Times")
BILLED = say("What is billed")
SETTLED = say("Settled by the clinician")
COUNTED = say("How it was counted")


def compare(before: Version | None, after: Version, reading: Reading) -> tuple[Row, ...]:
    """Return both versions side by side, in the order in which they are read."""
    old = {} if before is None else {line.key: line for line in lines_of(before, reading)}
    new = {line.key: line for line in lines_of(after, reading)}
    if before is None:
        return tuple(Row(line.section, line.what, line.text, line.text) for line in new.values())
    return tuple(_row(old.get(key), new.get(key)) for key in _merged(list(old), list(new)))


def lines_of(version: Version, reading: Reading) -> list[Line]:
    """Return a version as lines."""
    facts, counted = _values(version.content, "facts"), _values(version.content, "counted")
    words = TimeWords(reading.zone, reading.day)
    return [
        *_signatures(version, words),
        *_visit(facts, words),
        *_times(facts, words, reading.roots),
        *_billed(counted),
        *_settled(facts, _goals(counted)),
        *_steps(counted),
    ]


def _row(old: Line | None, new: Line | None) -> Row:
    line = next(each for each in (new, old) if each is not None)
    return Row(line.section, line.what, old.text if old else None, new.text if new else None)


def _merged(old: Sequence[Key], new: Sequence[Key]) -> list[Key]:
    """Return all keys in the order of the new; what is gone stands where it stood."""
    merged = list(new)
    before: Key | None = None
    for key in old:
        if key not in merged:
            merged.insert(merged.index(before) + 1 if before else 0, key)
        before = key
    return sorted(merged, key=lambda key: _ORDER.index(key[0]))


_ORDER = ("signature", "visit", "time", "total", "line", "settled", "step")


def _signatures(version: Version, words: TimeWords) -> Iterable[Line]:
    stood_under = version.signatures[-1].get("sha256") if version.signatures else None
    for each in version.signatures:
        at = words.time(each.get("signed_at")) or plain("")
        parts = [plain(f"{each.get('name')}, {each.get('credentials')}"), at]
        if each.get("sha256") != stood_under:
            parts.append(say("under what was recorded then"))
        clinician = str(each.get("clinician"))
        yield Line(SIGNATURES, ("signature", clinician), plain(clinician), _beside(parts))


def _visit(facts: Values, words: TimeWords) -> Iterable[Line]:
    visit = _values(facts, "visit")
    for key, what in _OF_A_VISIT.items():
        if key in visit:
            yield Line(VISIT, ("visit", key), what, plain(str(visit[key])))
    for key, what in _INSTANTS_OF_A_VISIT.items():
        at = words.time(visit.get(key))
        if at is not None:
            yield Line(VISIT, ("visit", key), what, at)


_OF_A_VISIT = {"payer": say("payer"), "discipline": say("discipline")}
_INSTANTS_OF_A_VISIT = {
    "planned_at": say("planned"),
    "arrived_at": say("arrived"),
    "departed_at": say("left"),
}


def _times(facts: Values, words: TimeWords, roots: Mapping[str, str]) -> Iterable[Line]:
    parts: Counter[str] = Counter()
    for segment in _each(facts.get("segments")):
        root = roots.get(str(segment.get("id")), str(segment.get("id")))
        parts[root] += 1
        code = plain(str(segment.get("code", "")))
        yield Line(TIMES, ("time", root, str(parts[root])), code, _time(segment, words))


def _time(segment: Values, words: TimeWords) -> Sentence:
    role = ROLES.get(str(segment.get("role"))) or plain(str(segment.get("role", "")))
    parts = [
        plain(str(segment.get("code", ""))),
        plain(words.span(segment)),
        say("{name}, {role}", name=segment.get("clinician", ""), role=role),
    ]
    if segment.get("supervisor"):
        parts.append(say("with {name}", name=segment["supervisor"]))
    if segment.get("assisted_by"):
        parts.append(say("assisted by {name}", name=segment["assisted_by"]))
    if "typed_units" in segment:
        parts.append(say("{units:plural:unit,units}", units=segment["typed_units"]))
    if segment.get("note"):
        parts.append(plain(f"“{segment['note']}”"))
    return _beside(parts)


ROLES = {
    "therapist": say("therapist"),
    "assistant": say("assistant"),
    "student": say("student"),
    "aide": say("aide"),
}


def _billed(counted: Values) -> Iterable[Line]:
    for key, what in _TOTALS.items():
        if key in counted:
            text = _RULES.get(str(counted[key])) or plain(str(counted[key]))
            yield Line(BILLED, ("total", key), what, text)
    seen: Counter[str] = Counter()
    for line in _each(counted.get("lines")):
        code = str(line.get("code", ""))
        seen[code] += 1
        modifiers = line.get("modifiers")
        shown = [str(each) for each in modifiers] if isinstance(modifiers, list) else []
        parts = [
            say("{minutes} min", minutes=line.get("minutes", 0)),
            say("{units:plural:unit,units}", units=line.get("units", 0)),
            *([plain(" ".join(shown))] if shown else []),
        ]
        yield Line(BILLED, ("line", code, str(seen[code])), plain(code), _beside(parts))


_RULES = {"cms": say("8-minute rule (CMS)"), "midpoint": say("midpoint, each code alone")}
_TOTALS = {
    "rule": say("unit rule"),
    "timed_minutes": say("timed minutes"),
    "total_minutes": say("treatment minutes"),
    "units": say("all units"),
}


def _goals(counted: Values) -> dict[str, str]:
    """Return the patient's goals of then by their ids, which the skilled parts name."""
    return {str(g.get("id")): str(g.get("goal", "")) for g in _each(counted.get("goals"))}


def _settled(facts: Values, goals: Mapping[str, str]) -> Iterable[Line]:
    """Yield all other facts, whatever the record holds of them, each by its place in it."""
    for name, value in facts.items():
        if name not in ("visit", "segments"):
            what = _SETTLED.get(name) or plain(name.replace("_", " "))
            for path, text in _leaves(value, goals=goals):
                said = [what, *(plain(each) for each in path)]
                yield Line(SETTLED, ("settled", name, *path), _beside(said), plain(text))


_SETTLED = {
    "choice": say("units chosen"),
    "long_reasons": say("why it took longer"),
    "mark": say("mark"),
    "plan": say("minutes planned"),
    "supervisors": say("supervised by"),
    "attestations": say("attested"),
    "necessity": say("medical necessity"),
    "skilled": say("skilled parts"),
    "chart": say("in the chart"),
}


def _leaves(
    value: object, path: Key = (), *, goals: Mapping[str, str]
) -> Iterable[tuple[Key, str]]:
    if isinstance(value, Mapping):
        for key in value:
            step = () if key in _PASSED else (str(key).replace("_", " "),)
            if key not in _UNSEEN:
                yield from _leaves(value[key], (*path, *step), goals=goals)
    elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        for number, each in enumerate(value, start=1):
            yield from _leaves(each, (*path, str(number)), goals=goals)
    elif isinstance(value, list):
        yield path, ", ".join(goals.get(str(each), str(each)) for each in value)
    else:
        yield path, str(value)


_PASSED = {"values"}
"""Keys that only hold together what a person reads as one thing."""

_UNSEEN = {"visit_id", "id", "at", "written_at", "marked_at"}
"""Keys that tell a program, and not a person, what a value is."""


def _steps(counted: Values) -> Iterable[Line]:
    steps = counted.get("steps")
    for step in steps if isinstance(steps, list) else ():
        yield Line(COUNTED, ("step", str(step)), plain(""), plain(str(step)))


def _beside(parts: Sequence[Sentence]) -> Sentence:
    return strung([part for part in parts if str(part)], " · ")


def _values(content: Values, key: str) -> Values:
    found = content.get(key)
    return found if isinstance(found, Mapping) else {}


def _each(value: object) -> Iterable[Values]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
