"""What exactly does a signature stand under? A visit's facts and what they came to, as one text.

Pure. The text is JSON in one form only: keys sorted, nothing between them, instants as whole
milliseconds, dates as ISO 8601, and what is empty (nothing, no, an empty text or list) left out,
so that a fact which a later ptimer learns to record leaves every earlier text as it is. Its
SHA-256 is what a signature keeps.

Under `facts` stands all that is recorded of the visit, whatever a record holds: `NO_FACTS` names
what is left out, and why. Under `counted` stands what that came to when it was signed, which other
rules may count differently later: it is kept to be read, and never counted again.
"""

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

from ptimer.billing.payers import UnitRule
from ptimer.operations.visit_record import VisitRecord
from ptimer.operations.visit_view import VisitView
from ptimer.storage.signatures import SignatureRow
from ptimer.wording import Sentence

FORM = 1
"""Counts up when a text of another form means the same; of the former form only hashes compare."""

NO_FACTS = {
    "signatures": "they stand under it",
    "doubts": "none is open when a visit is signed",
    "cards": "how a screen is laid out",
    "lone_groups": "follows from other patients' visits, which may be amended",
    "year": "follows from the patient's other visits, and from fees",
    "supervisor_required": "a setting of the clinic",
    "required_fields": "a setting of the clinic",
    "goals": "the patient's, who goes on to get others: those of then stand under `counted`",
}
"""Fields of a visit's record that are not signed."""

_NO_FACTS_OF_A_VISIT = ("status",)
"""Signing itself changes it."""

_RULE_IDS = {UnitRule.CMS: "cms-8-minute", UnitRule.MIDPOINT: "midpoint"}

Value = object
Content = Mapping[str, Value]


def content_of(view: VisitView) -> dict[str, Value]:
    """Return what whoever signs the visit now signs."""
    return {"form": FORM, "facts": facts_of(view.record), "counted": counted_of(view)}


def facts_of(record: VisitRecord) -> dict[str, Value]:
    """Return all that is recorded of a visit, as plain values."""
    found = {
        each.name: _plain(getattr(record, each.name))
        for each in fields(record)
        if each.name not in NO_FACTS
    }
    visit = found["visit"]
    if isinstance(visit, dict):
        found["visit"] = {k: v for k, v in visit.items() if k not in _NO_FACTS_OF_A_VISIT}
    # Of two that began at one instant, a file that was copied may name the other first.
    segments = sorted(record.segments, key=lambda segment: (segment.started_at, segment.id))
    found["segments"] = [_plain(segment) for segment in segments]
    return _without_empty(found)


def counted_of(view: VisitView) -> dict[str, Value]:
    """Return what the facts come to by the rules that judge them."""
    reckoning = view.reckoning
    return _without_empty(
        {
            "rule": reckoning.rule.value,
            "timed_minutes": view.timed_minutes,
            "pooled_minutes": reckoning.pooled_minutes,
            "total_minutes": view.total_minutes,
            "timed_units": reckoning.timed_units,
            "units": reckoning.total_units,
            "lines": [
                _without_empty(
                    {
                        "code": billed.line.code.code,
                        "label": billed.line.code.label,
                        "minutes": billed.minutes,
                        "units": billed.units,
                        "modifiers": list(billed.modifiers),
                    }
                )
                for billed in view.billed_lines
            ],
            "steps": [str(step) for step in view.steps],
            "warnings": [str(warning.text) for warning in reckoning.warnings],
            "goals": _plain(view.record.goals),
            "sources": _sources(view),
            "editions": _editions(view),
        }
    )


def signatures_of(signatures: Iterable[SignatureRow]) -> list[dict[str, Value]]:
    """Return signatures as a version keeps them."""
    return [
        _without_empty(
            {
                "clinician": each.clinician,
                "name": each.name,
                "credentials": each.credentials,
                "signed_at": each.signed_at,
                "sha256": each.sha256,
            }
        )
        for each in signatures
    ]


def text_of(value: Value) -> str:
    """Return plain values in their one form."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    from hashlib import sha256  # slow to load for a window that opens

    return sha256(text.encode()).hexdigest()


def _sources(view: VisitView) -> dict[str, Value]:
    """Return the rules that counted, each with its source."""
    ids = [_RULE_IDS[view.reckoning.rule], *(w.rule for w in view.reckoning.warnings)]
    return _without_empty({rule: view.rules.source(rule) for rule in ids})


def _editions(view: VisitView) -> list[Value]:
    """Return the editions of CMS's tables in force on the date of service."""
    signed = [signature.signed_at for signature in view.record.signatures]
    known = max(signed, default=None) if view.visit.signed else None
    day = view.visit.service_date
    tables = (view.rulebook.editions.ptp_on(day, known), view.rulebook.editions.mue_on(day, known))
    return [
        {
            "kind": table.edition.kind.value,
            "name": table.edition.name,
            "in_force_from": table.edition.in_force_from.isoformat(),
            "source": table.edition.source,
        }
        for table in tables
        if table is not None
    ]


def _plain(value: object) -> Value:
    """Return a value as JSON can hold it."""
    if value is None or isinstance(value, str | int | float | date | Enum | Sentence):
        return _single(value)
    if is_dataclass(value):
        named = {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        return _without_empty(named)
    if isinstance(value, Mapping):
        return _without_empty({_key(key): _plain(each) for key, each in value.items()})
    if isinstance(value, Set):
        return sorted((_plain(each) for each in value), key=text_of)
    if isinstance(value, Sequence):
        return [_plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} has no form in what is signed")


def _single(value: object) -> Value:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Sentence) else value


def _key(key: object) -> str:
    return "/".join(map(_key, key)) if isinstance(key, tuple) else str(key)


def _without_empty(values: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in values.items() if not _empty(value)}


def _empty(value: Value) -> bool:
    return value is None or value is False or (isinstance(value, str | list | dict) and not value)
