"""Make a payer of the clinic's own; the shipped ones are read-only."""

from ptimer.billing.payers import Payer
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
    for limit in payer.own_limits:
        if clinic.rulebook.codes.find(limit.code) is None:
            raise Misused(
                say("{code} is not in the code book: limit a code of it", code=shown(limit.code))
            )
    if payer.relaxes_billed_alone and not payer.relaxed_because.strip():
        raise Misused(
            say("Say why {name} lets supervised modalities run beside 97112", name=shown(name))
        )
    kept = _named(payer, name)
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


def _named(payer: Payer, name: str) -> Payer:
    return Payer(
        name=name,
        unit_rule=payer.unit_rule,
        follows_mue=payer.follows_mue,
        pays_slp_assistants=payer.pays_slp_assistants,
        relaxes_billed_alone=payer.relaxes_billed_alone,
        relaxed_because=payer.relaxed_because.strip(),
        zero_unit_lines=payer.zero_unit_lines,
        own_limits=payer.own_limits,
        source="added by this clinic",
    )
