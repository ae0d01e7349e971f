"""Visits to count and services to time, said in few words."""

from datetime import date

import pytest

from ptimer.billing.conflicts import Role, Service
from ptimer.billing.payers import Payer, UnitRule
from ptimer.billing.visit_units import Entry, Terms, reckon
from tests.billing.units_oracle import Timed, Visit

DAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def rules(rulebook):
    """The rules of the day on which all these visits are."""
    return rulebook.rules.on(DAY)


@pytest.fixture(scope="session")
def payer_named(rulebook):
    def payer_named(payer):
        return rulebook.payers[payer] if isinstance(payer, str) else payer

    return payer_named


@pytest.fixture(scope="session")
def count(rulebook, rules, payer_named):
    """Count a visit: `count({"97112": 24, "97110": 23})`, as `ptimer units` does."""

    def count(minutes, *, rule="cms", payer=None, typed=None, choice=None):
        entries = [
            Entry(rulebook.codes[code], each, (typed or {}).get(code, 0))
            for code, each in minutes.items()
        ]
        terms = Terms(rulebook.codes, rules, payer_named(payer))
        return reckon(entries, terms, rule=UnitRule(rule), choice=choice)

    return count


@pytest.fixture(scope="session")
def both_ways(rulebook, rules, payer_named):
    """Count a visit with the engine, and by the written rule."""

    def both_ways(visit, payer, rule):
        book, payer = rulebook.codes, payer_named(payer)
        timed = [Timed(book[code], *figures) for code, *figures in visit]
        entries = [Entry(t.code, t.minutes, t.typed) for t in timed]
        counted = reckon(entries, Terms(book, rules, payer), rule=UnitRule(rule))
        return counted, Visit(timed, book, payer, rule)

    return both_ways


@pytest.fixture
def own_payer():
    """A payer of the clinic's own: `own_payer(own_limits=(...))`."""

    def own_payer(**settings):
        return Payer("Acme", UnitRule.CMS, **settings)

    return own_payer


@pytest.fixture(scope="session")
def service(rulebook):
    """Someone's service: Ann's, by Kim, a therapist, unless told otherwise."""

    def service(code, *, patient="Ann", clinician="Kim", role="therapist", **more):
        known = rulebook.codes[code]
        return Service(
            code=code,
            attendance=known.attendance,
            exclusive=known.exclusive,
            patient=patient,
            clinician=clinician,
            role=Role(role),
            **{"visit": f"{patient}'s PT visit", **more},
        )

    return service
