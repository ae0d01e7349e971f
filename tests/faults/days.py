"""What does a clinic press and type on a day? Anything, but for one seed always the same."""

from dataclasses import dataclass
from random import Random

from tests.faults.steady import NOW, clock_at

PATIENTS = ("P-1", "P-2", "P-3", "P-4")
CODES = ("97110", "97112", "97140", "97530", "G0283", "97116", "97161", "97150", "REST")
CLINICIANS = ("Ana", "Ben")
LOOKS = 5
"""Visits and cards are chosen by number, more than there are: the rest is taken from the front."""


@dataclass(frozen=True)
class Step:
    """One press in the window, or one command, so many seconds after the one before."""

    seconds: int
    word: str
    given: str = ""


def dice(*seed):
    """Return what chooses: for the same seed always the same."""
    return Random("/".join(map(str, seed)))  # noqa: S311  (tests need no secrets)


def new_clock():
    """Return a clock that stands at the day's beginning."""
    return clock_at(NOW)


def command_day(seed, presses):
    """Return the commands of a day, each as it is typed."""
    chance = dice("commands", seed)
    return [Step(chance.randint(1, 900), "command", _command(chance)) for _ in range(presses)]


def _command(chance):
    patient = f"--patient {chance.choice(PATIENTS)}"
    who = f"--clinician {chance.choice(CLINICIANS)}"
    switch = chance.choice(("", "--switch"))
    start = f"start {chance.choice(CODES)} {patient} {who} --discipline OT {switch}"
    kinds = {
        start: 12,
        "stop": 3,
        f"stop {patient}": 3,
        f"sign {patient} {who} --credentials OTR/L": 3,
        f"amend {patient} --why 'ten minutes were forgotten'": 2,
        f"goals {patient} --add 'stairs without a rail'": 1,
    }
    return chance.choices(list(kinds), list(kinds.values()))[0]


def window_day(seed, presses):
    """Return the presses of a day in the window; it begins with a patient."""
    chance = dice("window", seed)
    steps = [Step(5, "visit", PATIENTS[0])]
    for _ in range(presses - 1):
        word = chance.choices(_WORDS, _OFTEN)[0]
        given = chance.choice(PATIENTS) if word == "visit" else str(chance.randrange(LOOKS))
        steps.append(Step(chance.randint(1, 25), word, given))
    return steps


_PRESSED = {"card": 10, "space": 4, "undo": 2, "look": 3, "bar": 3, "visit": 2, "ticks": 3}
_WORDS, _OFTEN = list(_PRESSED), list(_PRESSED.values())
