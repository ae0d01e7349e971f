"""What does a payer allow for a unit, what were others paid, and what is a year's threshold?

Amounts are typed as dollars, `48.10` or `$1,250`, and kept as whole cents.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ptimer.billing.thresholds import POOLS
from ptimer.operations import defaults, known_codes, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.storage import audit_log, charges
from ptimer.storage.charges import FeeRow, ThresholdRow, Told
from ptimer.timing.service_date import service_date
from ptimer.wording import listed, say

Fee = FeeRow
"""What a payer allows for one unit of a code in a year, as screens and commands have it."""

POOL_NAMES = tuple(dict.fromkeys(POOLS.values()))
FIRST_YEAR, LAST_YEAR = 2000, 2200
MOST_CENTS = 100_000_000

_AMOUNT = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(\d{1,2}))?")


@dataclass(frozen=True)
class TypedFee:
    """A fee as it was typed: `97112=36.50`; an empty amount takes the fee away."""

    code: str
    amount: str


def cents_of(text: str) -> int:
    """Return an amount in whole cents.

    Raises:
        Misused: it is no amount of dollars and cents, or too large to be meant.
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None or not text.strip().isascii():
        raise Misused(
            say("{amount} is no amount: type dollars, such as 36.50", amount=shown(text, 20) or "-")
        )
    whole, part = found.groups()
    cents = int(Decimal(whole.replace(",", "") + "." + (part or "0")) * 100)
    if cents > MOST_CENTS:
        raise Misused(say("{amount} is too much to be meant", amount=shown(text, 20)))
    return cents


def year_of(clinic: Clinic, text: str = "") -> int:
    """Return a year that was typed; nothing is this year.

    Raises:
        Misused: it is no year from 2000 to 2200.
    """
    if not text.strip():
        return service_date(clinic.clock.now(), clinic.clock.zone).year
    digits = text.strip()
    whole = digits.isascii() and digits.isdigit() and len(digits) == 4
    if not whole or not FIRST_YEAR <= int(digits) <= LAST_YEAR:
        raise Misused(
            say(
                "{year} is no year from {first} to {last}",
                year=shown(text, 20),
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
        )
    return int(digits)


def known(clinic: Clinic, year: int | None = None) -> list[Fee]:
    """Return the fees that count, of a year or of all."""
    with clinic.reading():
        return charges.fees(clinic.connection, year)


def save(
    clinic: Clinic, payer: str, year: int, typed: Iterable[TypedFee], source: str = ""
) -> list[Fee]:
    """Keep what a payer allows for a unit of some codes, all or none of them.

    `source` says where they are written.

    Raises:
        Misused: an unknown payer or code, a code twice, or no amount.
    """
    name = defaults.payer_named(clinic, payer).name
    rows = [_fee(clinic, name, year, each) for each in typed]
    if not rows:
        raise Misused(say("Name a code and its fee, such as 97112=36.50"))
    twice = next((r.code for r in rows if sum(o.code == r.code for o in rows) > 1), None)
    if twice is not None:
        raise Misused(say("{code} has two fees here: keep one of them", code=twice))
    with clinic.writing() as now:
        who = defaults.who(clinic)
        before = {(r.payer, r.code): r.cents for r in charges.fees(clinic.connection, year)}
        charges.add_fees(clinic.connection, rows, Told(who, now))
        audit_log.add(
            clinic.connection,
            audit_log.Entry(
                now,
                who,
                "fees",
                before={row.code: before.get((name, row.code)) for row in rows},
                after={"payer": name, "year": year, "fees": {r.code: r.cents for r in rows}},
                reason=typed_text.note(source),
            ),
        )
    return rows


def save_elsewhere(clinic: Clinic, patient: str, pool: str, year: int, amount: str) -> int:
    """Keep what all other providers were allowed for a patient, and return it in cents.

    Raises:
        Misused: the patient's id, the pool or the amount can't be used.
    """
    whose, cents, wanted = typed_text.patient_id(patient), cents_of(amount), pool_named(pool)
    with clinic.writing() as now:
        who = defaults.who(clinic)
        before = charges.elsewhere(clinic.connection, whose, year, wanted)
        charges.add_elsewhere(clinic.connection, whose, year, wanted, cents, Told(who, now))
        audit_log.add(
            clinic.connection,
            audit_log.Entry(
                now,
                who,
                "charges-elsewhere",
                before=None if before is None else {"cents": before},
                after={"patient": whose, "year": year, "pool": wanted, "cents": cents},
            ),
        )
    return cents


def save_threshold(clinic: Clinic, year: int, amount: str, source: str) -> ThresholdRow:
    """Keep a year's threshold that ptimer does not know, or knows otherwise.

    Raises:
        Misused: no amount, or nothing was said of where it is written.
    """
    if not source.strip():
        raise Misused(say("Say where the threshold of {year} is written", year=year))
    row = ThresholdRow(year, cents_of(amount), typed_text.note(source))
    if row.cents == 0:
        raise Misused(say("A threshold of nothing can't be meant"))
    with clinic.writing() as now:
        who = defaults.who(clinic)
        before = charges.threshold(clinic.connection, year)
        charges.add_threshold(clinic.connection, row, Told(who, now))
        audit_log.add(
            clinic.connection,
            audit_log.Entry(
                now,
                who,
                "year-threshold",
                before=None if before is None else {"cents": before.cents},
                after={"year": year, "cents": row.cents, "source": row.source},
            ),
        )
    return row


def pool_named(text: str) -> str:
    """Return whose charges are counted together: `PT` and `SLP` are one.

    Raises:
        Misused: it is none of the disciplines.
    """
    wanted = text.strip().upper()
    for discipline, name in POOLS.items():
        if wanted in (discipline.value, name.upper()):
            return name
    raise Misused(
        say(
            "{pool} is no discipline: {known}",
            pool=shown(text, 20) or "-",
            known=listed([each.value for each in POOLS], last="or"),
        )
    )


def _fee(clinic: Clinic, payer: str, year: int, typed: TypedFee) -> FeeRow:
    code = known_codes.known(clinic.rulebook.codes, typed.code)
    cents = cents_of(typed.amount) if typed.amount.strip() else None
    return FeeRow(payer, code.code, year, cents)
