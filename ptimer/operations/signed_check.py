"""Does each signed visit still hold what was signed? What was changed around the program is named.

Three things hold each other: a signature names the hash of its content, a version the hashes of
content and signatures, and the audit log, whose rows cover each other, the hash of each version.
"""

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Any

from ptimer.operations import signed_content, snapshots
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import shown
from ptimer.operations.signed_content import hash_of
from ptimer.operations.version_lines import Reading, Row, Standing, compare
from ptimer.operations.versions import Kept, Version
from ptimer.operations.visit_view import VisitView
from ptimer.storage import signed_versions, visits
from ptimer.storage.signed_versions import VersionRow
from ptimer.wording import Sentence, say, strung

_AT_ONCE = 200
_MOST_NAMED = 3


def broken(clinic: Clinic) -> list[Sentence]:
    """Return which versions and signatures are no longer what they were.

    Call it inside `clinic.reading()`.
    """
    changed = {
        sha256
        for sha256, content in signed_versions.every_content(clinic.connection)
        if hash_of(content) != sha256
    }
    return [
        *_bad_versions(clinic, changed),
        *_lost_versions(clinic),
        *_bad_signatures(clinic, changed),
    ]


def changed(clinic: Clinic, ids: Sequence[str]) -> Iterator[tuple[str, Sentence]]:
    """Yield the visits that are no longer what was signed, each with what differs.

    Of visits that are open, or that an earlier ptimer closed and kept no version of, nothing is
    told. Call it inside `clinic.reading()`.
    """
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        yield from _changed_visits(clinic, signed_versions.last_of(clinic.connection, some))


def _bad_versions(clinic: Clinic, changed: Set[str]) -> Iterator[Sentence]:
    every = signed_versions.every_hashed(clinic.connection)
    for visit_id, number, sha256, content, text in every:
        if content not in changed and hash_of(text) == sha256:
            continue
        row = signed_versions.one(clinic.connection, visit_id, number)
        if content in changed or signed_versions.version_hash(row) != sha256:
            yield say(
                "version {number} of {patient}'s visit of {day} is not what was signed: its text "
                "or its signatures were changed",
                number=number,
                **_whose(clinic, visit_id),
            )


def _lost_versions(clinic: Clinic) -> Iterator[Sentence]:
    for visit_id, number in signed_versions.lost(clinic.connection):
        yield say(
            "version {number} of {patient}'s visit of {day} is not the one that the audit log "
            "tells of",
            number=number,
            **_whose(clinic, visit_id),
        )


def _bad_signatures(clinic: Clinic, changed: Set[str]) -> Iterator[Sentence]:
    if not changed:
        return
    for visit_id in signed_versions.signed_over(clinic.connection, changed):
        yield say(
            "a signature under {patient}'s visit of {day} stands under another text",
            **_whose(clinic, visit_id),
        )


def _changed_visits(
    clinic: Clinic, of_visit: Mapping[str, VersionRow]
) -> Iterator[tuple[str, Sentence]]:
    """Yield the visits whose recorded facts or signatures are not those of their version."""
    texts = signed_versions.contents(
        clinic.connection, {row.content_sha256 for row in of_visit.values()}
    )
    found = [each for each in visits.many(clinic.connection, of_visit) if each.signed]
    for view in snapshots.view_all(clinic, found, clinic.clock.now()):
        row = of_visit[view.visit.id]
        text = texts.get(row.content_sha256, "")
        content = _read(text)
        if content.get("form") != signed_content.FORM:
            continue
        signatures = signed_content.text_of(signed_content.signatures_of(view.record.signatures))
        facts = signed_content.facts_of(view.record)
        if facts == content.get("facts") and signatures == row.signatures:
            continue
        then = Version(row.number, Kept.SIGNED, content, tuple(json.loads(row.signatures)))
        yield view.visit.id, _told(view, then, facts)


def _read(text: str) -> Mapping[str, Any]:
    """Return a content; nothing of one that was garbled, as its version is told to be."""
    try:
        content = json.loads(text) if text else {}
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _told(view: VisitView, then: Version, facts: dict[str, object]) -> Sentence:
    content = {"facts": facts, "counted": then.content.get("counted", {})}
    signed = tuple(signed_content.signatures_of(view.record.signatures))
    now = Version(0, Kept.NOW, content, signed)
    rows = compare(then, now, Reading(view.zone, view.visit.service_date, {}))
    differing = [row for row in rows if row.standing is not Standing.SAME]
    return say(
        "{patient}'s signed visit of {day} is not what was signed: {what}",
        patient=shown(view.visit.patient),
        day=view.visit.service_date,
        what=strung([_difference(row) for row in differing[:_MOST_NAMED]], ", ")
        if differing
        else say("what is recorded about it was changed"),
    )


def _difference(row: Row) -> Sentence:
    if row.before is None:
        return say("{what}: {after} was added", what=row.what, after=row.after)
    if row.after is None:
        return say("{what}: {before} is gone", what=row.what, before=row.before)
    return say(
        "{what}: {before} was signed, {after} is recorded",
        what=row.what,
        before=row.before,
        after=row.after,
    )


def _whose(clinic: Clinic, visit_id: str) -> dict[str, object]:
    found = visits.many(clinic.connection, [visit_id])
    patient, day = (found[0].patient, found[0].service_date) if found else (visit_id, date.min)
    return {"patient": shown(patient), "day": day}
