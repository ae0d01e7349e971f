"""Make a payer of the clinic's own, change it, end it; the shipped ones are read-only.

What signed visits were counted by stays: a change is a new version, which counts for visits
that are open or yet to come. What may run beside what is kept with a visit from its making.
"""

from dataclasses import replace
from datetime import date

from ptimer.billing import own_payers as rules
from ptimer.billing.own_codes import EARLIEST, LATEST
from ptimer.billing.payers import Payer
from ptimer.operations import defaults, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.storage import audit_log, rule_tables, rulebook
from ptimer.timing.clock import Instant
from ptimer.wording import say

OWN_SOURCE = "added by this clinic"


def make(clinic: Clinic, payer: Payer, why: str) -> Payer:
    """Add a payer and return it as kept.

    Raises:
        Misused: no reason, the name is empty or taken, a limit or modifier can't be used, or
            supervised modalities are let beside 97112 without a reason.
    """
    reason = typed_text.reason(why)
    name = typed_text.payer_name(payer.name)
    with clinic.writing() as now:
        if clinic.rulebook.payers.find(name) is not None:
            raise Misused(say("There is a payer {name} already", name=shown(name)))
        kept = _checked(clinic, replace(payer, name=name, in_force_to=None))
        _save(clinic, "payer-made", None, kept, reason, now)
    clinic.reload_rulebook()
    return kept


def change(clinic: Clinic, payer: Payer, why: str) -> Payer:
    """Let a payer say something else from now on, and return it as kept.

    Visits that are signed keep what it said when they were.

    Raises:
        Misused: as for a new one; or the payer is shipped, or nothing is changed.
    """
    reason = typed_text.reason(why)
    with clinic.writing() as now:
        before = _own(clinic, payer.name)
        kept = _checked(clinic, replace(payer, name=before.name, in_force_to=before.in_force_to))
        if kept == before:
            raise Misused(say("{name} says so already: nothing is changed", name=shown(kept.name)))
        _save(clinic, "payer-changed", before, kept, reason, now)
    clinic.reload_rulebook()
    return kept


def end(clinic: Clinic, name: str, last: date, why: str) -> Payer:
    """End a payer after its last day: new visits are not offered it, those that have it keep it.

    Raises:
        Misused: no reason, the payer is shipped, or the year can't be meant.
    """
    reason = typed_text.reason(why)
    with clinic.writing() as now:
        before = defaults.payer_named(clinic, name)
        if before.shipped:
            raise Misused(
                say("{name} ships with ptimer and can't be ended", name=shown(before.name))
            )
        if not EARLIEST <= last <= LATEST:
            raise Misused(say("Type dates from {first} to {last}", first=EARLIEST, last=LATEST))
        kept = replace(before, in_force_to=last)
        _save(clinic, "payer-ended", before, kept, reason, now)
    clinic.reload_rulebook()
    return kept


def _own(clinic: Clinic, name: str) -> Payer:
    payer = defaults.payer_named(clinic, name)
    if payer.shipped:
        raise Misused(
            say("{name} ships with ptimer and is read-only: copy it instead", name=payer.name)
        )
    return payer


def _checked(clinic: Clinic, payer: Payer) -> Payer:
    """Return the payer as it is kept, with its codes as the book writes them."""
    book = clinic.rulebook.codes
    kept = replace(
        rules.as_the_book_writes(payer, book),
        relaxed_because=payer.relaxed_because.strip(),
        shipped=False,
        source=OWN_SOURCE,
    )
    wrong = rules.complaint(kept, book, clinic.rulebook.rules)
    if wrong is not None:
        raise Misused(wrong)
    return kept


def _save(
    clinic: Clinic, action: str, before: Payer | None, kept: Payer, reason: str, now: Instant
) -> None:
    rulebook.save_payer(clinic.connection, kept, at=now)
    audit_log.add(
        clinic.connection,
        audit_log.Entry(
            now,
            defaults.who(clinic),
            action,
            before=rule_tables.payer_table(before) if before else None,
            after=rule_tables.payer_table(kept),
            reason=reason,
        ),
    )
