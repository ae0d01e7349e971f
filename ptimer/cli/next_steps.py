"""What can be typed next, where something was refused?"""

from collections.abc import Sequence

from ptimer.operations.errors import Damaged, Problem, Refused
from ptimer.timing.clock import SystemClock

_AMEND = "ptimer amend --patient ID --why TEXT opens it again"
_A_TIME_THAT_IS_OVER = (
    "a start goes on until it is stopped: a time that is over comes in with ptimer import FILE.csv"
)
_FOR_WHAT_LACKS = {
    "credentials": "--credentials TEXT",
    "choose": "--choose CODE=N,CODE=N",
    "say why": "--over-60 TEXT",
    "supervising therapist": "--supervisor NAME",
    "stop it": "ptimer stop",
}
"""By words of the sentence that says what a signature lacks."""


def next_step(problem: Problem, typed: Sequence[str]) -> str:
    """Return what to type next; nothing where the sentence says it all."""
    if isinstance(problem, Damaged):
        from ptimer.operations import backups  # seldom

        found = backups.advice(problem.file, SystemClock())
        return "" if found is None else str(found)
    if not isinstance(problem, Refused) or problem.lines:
        return ""
    if problem.rule == "visit-signed":
        return _AMEND
    if problem.missing:
        lacking = [sentence.template for sentence in problem.missing]
        steps = [
            step
            for words, step in _FOR_WHAT_LACKS.items()
            if any(words in template for template in lacking)
        ]
        return f"to settle it: {', '.join(steps)}" if steps else ""
    if not problem.blockers:
        return ""
    if not all(blocker.running for blocker in problem.blockers):
        return _A_TIME_THAT_IS_OVER
    if "--switch" not in typed:
        names = ", ".join(f"{blocker.code} of {blocker.patient}" for blocker in problem.blockers)
        return f"--switch ends {names} and starts this at the same instant"
    return ""
