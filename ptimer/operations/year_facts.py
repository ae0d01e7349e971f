"""What did each patient's year come to before a visit? Read only where somebody typed a fee."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ptimer.billing.codebook import Discipline
from ptimer.billing.thresholds import POOLS, charges
from ptimer.operations.clinic import Clinic
from ptimer.operations.visit_grounds import YearFacts
from ptimer.storage import charges as charged
from ptimer.storage.visits import VisitRow

_Fees = Mapping[str, Mapping[str, int]]
"""By payer and code, in cents."""


def of_visits(clinic: Clinic, rows: Iterable[VisitRow]) -> dict[str, YearFacts]:
    """Return, by visit, what is known of the year; of payers without a threshold nothing."""
    with_threshold = [row for row in rows if clinic.rulebook.payers[row.payer].kx_threshold]
    if not with_threshold or not charged.any_fees(clinic.connection):
        return {}
    fees = {year: _fees(clinic, year) for year in {_year(row) for row in with_threshold}}
    return {row.id: _facts(clinic, row, fees[_year(row)]) for row in with_threshold}


def _facts(clinic: Clinic, row: VisitRow, fees: _Fees) -> YearFacts:
    pool = POOLS[Discipline(row.discipline)]
    together = [each.value for each, name in POOLS.items() if name == pool]
    connection = clinic.connection
    facts = YearFacts(
        elsewhere=charged.elsewhere(connection, row.patient, _year(row), pool),
        fees=fees.get(row.payer, {}),
        typed=charged.threshold(connection, _year(row)),
    )
    here, unknown = 0, list[str]()
    for payer, code, units in charged.signed_units(
        connection, row.patient, together, row.service_date, but_not=row.id
    ):
        if clinic.rulebook.payers[payer].kx_threshold:
            cents, gaps = charges({code: units}, fees.get(payer, {}))
            here += cents
            unknown += gaps
    return replace(facts, here=here, without_fee=tuple(dict.fromkeys(unknown)))


def _fees(clinic: Clinic, year: int) -> _Fees:
    found: dict[str, dict[str, int]] = {}
    for row in charged.fees(clinic.connection, year):
        if row.cents is not None:
            found.setdefault(row.payer, {})[row.code] = row.cents
    return found


def _year(row: VisitRow) -> int:
    return row.service_date.year
