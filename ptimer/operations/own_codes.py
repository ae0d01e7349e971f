"""Make a code of the clinic's own, change it, end it; the shipped ones are read-only.

What visits were counted by stays: a change begins on a day after the last that holds the code.
"""

from dataclasses import replace
from datetime import date

from ptimer.billing import own_codes as rules
from ptimer.billing.codebook import Code
from ptimer.operations import defaults, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.operations.known_codes import known
from ptimer.storage import audit_log, code_use, rule_tables, rulebook
from ptimer.timing.clock import Instant
from ptimer.wording import Sentence, say


def make(clinic: Clinic, code: Code, why: str) -> Code:
    """Add a code and return it as kept.

    Raises:
        Misused: no reason, the number is taken, or it can't be counted.
    """
    reason = typed_text.reason(why)
    with clinic.writing() as now:
        taken = clinic.rulebook.codes.find(code.code)
        if taken is not None:
            raise Misused(_taken(taken))
        kept = _checked(clinic, code)
        _check_begins_after_use(clinic, kept)
        _save(clinic, "code-made", None, kept, reason, now)
    clinic.reload_rulebook()
    return kept


def change(clinic: Clinic, code: Code, why: str) -> Code:
    """Let another version of a code count from its first day on, and return it as kept.

    Raises:
        Misused: no reason, the code is not the clinic's, or visits of that time hold it.
    """
    reason = typed_text.reason(why)
    with clinic.writing() as now:
        before = own(clinic, code.code)
        kept = _checked(clinic, code)
        if not rules.counts_alike(before, kept):
            _check_begins_after_use(clinic, kept, before)
        _check_ends_after_use(clinic, kept)
        _save(clinic, "code-changed", before, kept, reason, now)
    clinic.reload_rulebook()
    return kept


def end(clinic: Clinic, number: str, last: date, why: str) -> Code:
    """End a code after its last day; visits that hold it keep it.

    Raises:
        Misused: no reason, the code is not the clinic's, or was timed after that day.
    """
    reason = typed_text.reason(why)
    with clinic.writing() as now:
        before = own(clinic, number)
        kept = _checked(clinic, replace(before, in_force_to=last))
        _check_ends_after_use(clinic, kept)
        _save(clinic, "code-ended", before, kept, reason, now)
    clinic.reload_rulebook()
    return kept


def first_free_day(clinic: Clinic, number: str, today: date) -> date | None:
    """Return the day from which a change may count; None where no time of the code is recorded."""
    with clinic.reading():
        code = own(clinic, number)
        last = code_use.last_day(clinic.connection, rules.used(code))
    return None if last is None else max(today, date.fromordinal(last.toordinal() + 1))


def own(clinic: Clinic, number: str) -> Code:
    """Return a code of the clinic's own.

    Raises:
        Misused: no book holds it, or it is shipped.
    """
    code = known(clinic.rulebook.codes, number)
    if not code.own:
        raise Misused(
            say("{code} ships with ptimer and is read-only: copy it instead", code=code.code)
        )
    return code


def _checked(clinic: Clinic, code: Code) -> Code:
    """Return the code as it is kept, with its base as the book writes it."""
    book = clinic.rulebook.codes
    base = book.find(code.add_on_to) if code.add_on_to is not None else None
    kept = replace(code, own=True, add_on_to=base.code if base else code.add_on_to)
    wrong = rules.complaint(kept, book)
    if wrong is not None:
        raise Misused(wrong)
    return kept


def _taken(code: Code) -> Sentence:
    if code.own:
        return say("There is a code {code} of your own already: change that one", code=code.code)
    return say(
        "{code} ships with ptimer and is read-only: give yours another number",
        code=shown(code.code),
    )


def _check_begins_after_use(clinic: Clinic, code: Code, before: Code | None = None) -> None:
    numbers = {*rules.used(code), *(rules.used(before) if before else ())}
    last = code_use.last_day(clinic.connection, numbers)
    if last is None or (code.in_force_from is not None and code.in_force_from > last):
        return
    timed = code.add_on_to if before is None else code.code
    raise Misused(
        say(
            "{timed} was timed on {day}, and such visits stay as they are counted: let it be in "
            "force from a later day",
            timed=timed,
            day=last,
        )
    )


def _check_ends_after_use(clinic: Clinic, code: Code) -> None:
    last = code_use.last_day(clinic.connection, rules.used(code))
    if last is None or code.in_force_to is None or code.in_force_to >= last:
        return
    raise Misused(
        say("{code} was timed on {day}: end it on that day or later", code=code.code, day=last)
    )


def _save(
    clinic: Clinic, action: str, before: Code | None, kept: Code, reason: str, now: Instant
) -> None:
    rulebook.save_code(clinic.connection, kept, at=now)
    audit_log.add(
        clinic.connection,
        audit_log.Entry(
            now,
            defaults.who(clinic),
            action,
            before=rule_tables.code_table(before) if before else None,
            after=rule_tables.code_table(kept),
            reason=reason,
        ),
    )
