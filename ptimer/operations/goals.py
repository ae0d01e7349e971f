"""The goals that a patient's visits serve: list them, add one, end one. None is ever deleted."""

from ptimer.operations import defaults, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.storage import audit_log, goals, visits
from ptimer.storage.goals import GoalRow
from ptimer.timing.clock import Instant
from ptimer.wording import say

MOST_CHARACTERS = 200

Goal = GoalRow
"""A goal, as screens and commands are given it."""


def of_patient(clinic: Clinic, patient: str) -> list[GoalRow]:
    """Return a patient's goals, ended ones included, in the order of their numbers."""
    with clinic.reading():
        return goals.of_patient(clinic.connection, patient)


def add(clinic: Clinic, patient: str, text: str) -> GoalRow:
    """Add a goal to a patient's list; one of the same words that is open is returned instead.

    Raises:
        Misused: nothing was typed, it is too long, or the patient has no visit.
    """
    wanted = typed_text.short_line(" ".join(text.split()), say("goal"), MOST_CHARACTERS)
    with clinic.writing() as now:
        if visits.last_of_patient(clinic.connection, patient) is None:
            raise Misused(say("{patient} has no visit yet", patient=shown(patient)))
        for goal in goals.of_patient(clinic.connection, patient):
            if not goal.ended and goal.goal.casefold() == wanted.casefold():
                return goal
        who = defaults.who(clinic)
        added = goals.add(clinic.connection, patient, wanted, by=who, at=now)
        _log(clinic, "goal-added", added, now)
        return added


def end(clinic: Clinic, patient: str, number: int) -> GoalRow:
    """End a goal: it is offered no longer, and stays on record.

    Raises:
        Misused: the patient has no such goal, or it is ended already.
    """
    with clinic.writing() as now:
        of_patient = goals.of_patient(clinic.connection, patient)
        found = next((goal for goal in of_patient if goal.number == number), None)
        if found is None:
            raise Misused(
                say("{patient} has no goal {number}", patient=shown(patient), number=number)
            )
        if found.ended:
            raise Misused(
                say("Goal {number} of {patient} is ended", number=number, patient=shown(patient))
            )
        goals.end(clinic.connection, found.id, by=defaults.who(clinic), at=now)
        _log(clinic, "goal-ended", found, now)
        return found


def _log(clinic: Clinic, action: str, goal: GoalRow, now: Instant) -> None:
    told = {"patient": goal.patient, "number": goal.number, "goal": goal.goal}
    ended = action == "goal-ended"
    audit_log.add(
        clinic.connection,
        audit_log.Entry(
            now,
            defaults.who(clinic),
            action,
            before=told if ended else None,
            after=None if ended else told,
        ),
    )
