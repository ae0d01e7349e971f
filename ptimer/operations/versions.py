"""Which versions of a visit were signed, what did each hold, and which one is it now?

A version is kept when the visit closes. What an earlier ptimer closed has none: while the visit is
signed nothing can have changed it, so its record is the version, and it is kept as such before the
visit is reopened. What was signed and reopened before that is told as far as the audit log tells
it: payer, rule, minutes and units.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import count

from ptimer.operations import defaults, signed_content, snapshots
from ptimer.operations.clinic import Clinic
from ptimer.operations.signed_content import Content
from ptimer.operations.visit_view import VisitView
from ptimer.storage import audit_log, seals, segments, signed_versions
from ptimer.storage.audit_log import Entry
from ptimer.storage.signed_versions import Reopening, VersionRow
from ptimer.timing.clock import Instant


class Kept(StrEnum):
    """How a version is known."""

    SIGNED = "signed"
    """Kept when it was signed."""
    LATER = "later"
    """An earlier ptimer closed it; kept from the record before it was reopened, or read from it."""
    LOG = "log"
    """Told by the audit log alone."""
    NOW = "now"
    """Not signed: the visit as it is recorded now."""


@dataclass(frozen=True)
class Version:
    """A visit as it was signed; with `Kept.NOW`, as it is.

    `signatures` as `signed_content.signatures_of` gives them; `number` is 0 of what is not signed.
    """

    number: int
    kept: Kept
    content: Content = field(default_factory=dict)
    signatures: tuple[Mapping[str, object], ...] = ()
    sha256: str = ""
    closed_at: Instant | None = None
    reopened_at: Instant | None = None
    reopened_by: str = ""
    why: str = ""


@dataclass(frozen=True)
class Versions:
    """All versions of a visit, the oldest first; the last one is as it is now."""

    view: VisitView
    every: tuple[Version, ...]
    roots: Mapping[str, str]
    """By segment: the first of those that it replaces, one after the other."""

    @property
    def pair(self) -> tuple[Version | None, Version]:
        """The last two, which are looked at first."""
        return (self.every[-2] if len(self.every) > 1 else None), self.every[-1]

    def numbered(self, number: int) -> Version | None:
        """Return a version by its number; 0 is the visit as it is now, if that is not signed."""
        return next((each for each in self.every if each.number == number), None)


def of_visit(clinic: Clinic, visit_id: str) -> Versions:
    """Return every version of a visit."""
    with clinic.reading() as now:
        view = snapshots.view_of(clinic, visit_id, now)
        rows = segments.history_of(clinic.connection, visit_id)
        found = _signed(clinic, view)
    if not view.visit.signed:
        found.append(Version(0, Kept.NOW, signed_content.content_of(view), _signatures(view)))
    return Versions(view, tuple(found), _roots({row.id: row.replaces for row in rows}))


def count_of(clinic: Clinic, visit_id: str) -> int:
    """Return how many times a visit was signed."""
    with clinic.reading():
        entries = audit_log.of_visit(clinic.connection, visit_id)
        kept = signed_versions.of_visits(clinic.connection, [visit_id]).get(visit_id, [])
    return max(len(_told_by_the_log(entries)), len(kept))


def close(clinic: Clinic, view: VisitView, content_sha256: str, now: Instant) -> VersionRow:
    """Keep the version that the last signature closes, after all else that signing writes.

    `view` is the visit with all signatures, before it was closed.
    """
    return _keep(clinic, view, content_sha256, closed_at=now, kept_at=now)


def reopen(clinic: Clinic, view: VisitView, why: str, now: Instant) -> None:
    """Note that a signed visit is reopened; one that has no version yet is given its one first."""
    known = signed_versions.of_visits(clinic.connection, [view.visit.id]).get(view.visit.id, [])
    if all(version.reopened_at is not None for version in known):
        content = signed_content.text_of(signed_content.content_of(view))
        sha256 = signed_content.hash_of(content)
        signed_versions.keep_content(clinic.connection, sha256, content)
        signed = [signature.signed_at for signature in view.record.signatures]
        _keep(clinic, view, sha256, closed_at=max(signed, default=now), kept_at=now)
    reopening = Reopening(now, defaults.who(clinic), why)
    signed_versions.reopen(clinic.connection, view.visit.id, reopening)


def _keep(
    clinic: Clinic, view: VisitView, content_sha256: str, *, closed_at: Instant, kept_at: Instant
) -> VersionRow:
    visit_id = view.visit.id
    number = _next_number(clinic, visit_id, signed_already=view.visit.signed)
    signatures = signed_content.text_of(signed_content.signatures_of(view.record.signatures))
    version = VersionRow(
        visit_id,
        number,
        content_sha256,
        signatures,
        "",
        closed_at,
        kept_at,
        rows_sha256=seals.rows_hash(clinic.connection, visit_id),
    )
    version = replace(version, sha256=signed_versions.version_hash(version))
    signed_versions.add(clinic.connection, version)
    return version


def _next_number(clinic: Clinic, visit_id: str, *, signed_already: bool) -> int:
    """Return which closing this is, by the audit log: earlier ones may have kept no version."""
    closed = len(_told_by_the_log(audit_log.of_visit(clinic.connection, visit_id)))
    rows = signed_versions.of_visits(clinic.connection, [visit_id]).get(visit_id, [])
    kept = max((row.number for row in rows), default=0)
    return max(closed, kept + 1) if signed_already else max(closed, kept) + 1


def _signed(clinic: Clinic, view: VisitView) -> list[Version]:
    visit_id = view.visit.id
    told = {v.number: v for v in _told_by_the_log(audit_log.of_visit(clinic.connection, visit_id))}
    rows = signed_versions.of_visits(clinic.connection, [visit_id]).get(visit_id, [])
    texts = signed_versions.contents(clinic.connection, {row.content_sha256 for row in rows})
    for row in rows:
        told[row.number] = _version(row, texts.get(row.content_sha256, "{}"))
    found = [told[number] for number in sorted(told)]
    if view.visit.signed and not (found and found[-1].kept is Kept.SIGNED):
        last = found.pop() if found else Version(1, Kept.LATER)
        content = signed_content.content_of(view)
        found.append(replace(last, kept=Kept.LATER, content=content, signatures=_signatures(view)))
    return found


def _version(row: VersionRow, text: str) -> Version:
    return Version(
        row.number,
        Kept.SIGNED if row.kept_at == row.closed_at else Kept.LATER,
        json.loads(text),
        tuple(json.loads(row.signatures)),
        row.sha256,
        row.closed_at,
        row.reopened_at,
        row.reopened_by,
        row.why,
    )


def _told_by_the_log(entries: Iterable[Entry]) -> list[Version]:
    """Return the closings that an audit log tells of, each with its reopening."""
    found: list[Version] = []
    signed: list[dict[str, object]] = []
    numbers = count(1)
    for entry in entries:
        after = dict(entry.after or {})
        if entry.action == "sign":
            credentials = after.pop("credentials", "")
            signed.append(
                {
                    **{"clinician": entry.who, "name": entry.who},
                    **{"credentials": credentials, "signed_at": entry.at},
                }
            )
            if after.pop("closed", False):
                # Who signed anew after a change stands once, with the last signature.
                by_name = {str(each["clinician"]): each for each in signed}
                found.append(_from_log(next(numbers), entry, after, tuple(by_name.values())))
                signed = []
        elif entry.action == "amend" and found:
            found[-1] = replace(
                found[-1], reopened_at=entry.at, reopened_by=entry.who, why=entry.reason
            )
    return found


def _from_log(
    number: int,
    entry: Entry,
    after: dict[str, object],
    signatures: tuple[Mapping[str, object], ...],
) -> Version:
    payer = after.pop("payer", "")
    content = {"facts": {"visit": {"payer": payer}}, "counted": after}
    return Version(number, Kept.LOG, content, signatures, closed_at=entry.at)


def _signatures(view: VisitView) -> tuple[Mapping[str, object], ...]:
    return tuple(signed_content.signatures_of(view.record.signatures))


def _roots(replaced: Mapping[str, str | None]) -> dict[str, str]:
    roots: dict[str, str] = {}
    for each in replaced:
        root, before = each, replaced[each]
        while before is not None:
            root, before = before, replaced.get(before)
        roots[each] = root
    return roots
