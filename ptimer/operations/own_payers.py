"""Make a payer of the clinic's own, and end it; the shipped ones are read-only."""

from dataclasses import replace
from datetime import date

from ptimer.billing.own_codes import EARLIEST, LATEST
from ptimer.billing.payers import OwnLimit, Payer
from ptimer.operations import defaults, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.storage import audit_log, rulebook
from ptimer.wording import say


def make(clinic: Clinic, payer: Payer, why: str) -> Payer:
    """Add a payer and return it as kept.

    Raises:
        Misused: no reason, the name is empty or taken, a limit names an unknown code, or
            supervised modalities are let beside 97112 without a reason.
    """
    reason = typed_text.reason(why)
    name = typed_text.payer_name(payer.name)
    if clinic.rulebook.payers.find(name) is not None:
        raise Misused(say("There is a payer {name} already", name=shown(name)))
    limits = tuple(_of_the_book(clinic, limit) for limit in payer.own_limits)
    if payer.relaxes_billed_alone and not payer.relaxed_because.strip():
        raise Misused(
            say("Say why {name} lets supervised modalities run beside 97112", name=shown(name))
        )
    kept = replace(
        payer,
        name=name,
        own_limits=limits,
        relaxed_because=payer.relaxed_because.strip(),
        shipped=False,
        in_force_to=None,
        source="added by this clinic",
    )
    with clinic.writing() as now:
        rulebook.save_payer(clinic.connection, kept, at=now)
        audit_log.add(
            clinic.connection,
            audit_log.Entry(
                now,
                defaults.who(clinic),
                "payer-made",
                after=rulebook.payer_table(kept),
                reason=reason,
            ),
        )
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
        rulebook.save_payer(clinic.connection, kept, at=now)
        audit_log.add(
            clinic.connection,
            audit_log.Entry(
                now,
                defaults.who(clinic),
                "payer-ended",
                before=rulebook.payer_table(before),
                after=rulebook.payer_table(kept),
                reason=reason,
            ),
        )
    clinic.reload_rulebook()
    return kept


def _of_the_book(clinic: Clinic, limit: OwnLimit) -> OwnLimit:
    """Return the limit with its code as the book writes it."""
    code = clinic.rulebook.codes.find(limit.code)
    if code is None:
        raise Misused(
            say("{code} is not in the code book: limit a code of it", code=shown(limit.code))
        )
    return replace(limit, code=code.code)
