"""What was changed around the program? Each visit, patient and table that no longer fits its seal.

What is signed is held against what was signed, where its rows are not proven to be the same: that
tells what differs. Of what is open, the history tells which times it knows otherwise.
"""

from collections.abc import Iterator, Sequence

from ptimer.operations import signed_check, told_otherwise
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import shown
from ptimer.storage import broken_seals, seals, visits
from ptimer.storage.broken_seals import Doubtful
from ptimer.storage.seals import Sealed, Subject
from ptimer.storage.visits import VisitRow
from ptimer.wording import Sentence, say, strung

_MOST_NAMED = 3
_MOST_VISITS = 100


def broken(clinic: Clinic) -> list[Sentence]:
    """Return what was changed around the program; call it inside `clinic.reading()`."""
    doubtful = list(broken_seals.visits(clinic.connection))
    differing = dict(signed_check.changed(clinic, [each.visit_id for each in doubtful]))
    noted = seals.noted(clinic.connection)
    unsealed = _unsealed(doubtful, noted)
    told = [each for each in unsealed if each not in differing][:_MOST_VISITS]
    found = [*differing.values(), *_changed_visits(clinic, told)]
    beside = {each for each in noted if each.subject is not Subject.VISIT}
    beside |= set(broken_seals.beside_the_visits(clinic.connection))
    found += [_told(each) for each in sorted(beside, key=lambda each: (each.subject, each.key))]
    return found


def _unsealed(doubtful: Sequence[Doubtful], noted: frozenset[Sealed]) -> list[str]:
    """Return the visits that another program changed, whether it left the triggers or not."""
    ids = [each.visit_id for each in doubtful if not each.as_sealed]
    ids += sorted(each.key for each in noted if each.subject is Subject.VISIT)
    return list(dict.fromkeys(ids))


def _changed_visits(clinic: Clinic, ids: Sequence[str]) -> Iterator[Sentence]:
    known = {each.id: each for each in visits.many(clinic.connection, ids)}
    for visit_id in ids:
        visit = known.get(visit_id)
        if visit is None:
            yield say("visit {visit} was taken away around the program", visit=shown(visit_id))
        else:
            yield _told_of_visit(visit, told_otherwise.differences(clinic, visit))


def _told_of_visit(visit: VisitRow, differences: Sequence[Sentence]) -> Sentence:
    patient, day = shown(visit.patient), visit.service_date
    if not differences:
        return say(
            "{patient}'s visit of {day} was changed around the program", patient=patient, day=day
        )
    return say(
        "{patient}'s visit of {day} was changed around the program: {what}",
        patient=patient,
        day=day,
        what=strung(differences[:_MOST_NAMED], ", "),
    )


def _told(sealed: Sealed) -> Sentence:
    if sealed.subject is Subject.PATIENT:
        return say(
            "{patient}'s goals or charges elsewhere were changed around the program",
            patient=shown(sealed.key),
        )
    return say("table {table} was changed around the program", table=shown(sealed.key))
