"""What do a clinician's credentials tell of who that is: name, discipline and role?"""

import re
from dataclasses import dataclass

from ptimer.billing.codebook import Discipline
from ptimer.billing.conflicts import Role

_DISCIPLINES = {
    Discipline.OT: {"OT", "OTR", "OTD", "MOT", "MSOT", "COTA", "OTA"},
    Discipline.PT: {"PT", "DPT", "MPT", "MSPT", "PTA"},
    Discipline.SLP: {"SLP", "CCC", "SLPD", "SLPA"},
}
_ASSISTANTS = {"COTA", "OTA", "PTA", "SLPA"}


@dataclass(frozen=True)
class Told:
    """A name as it was typed with its credentials; what they do not tell is None."""

    name: str
    credentials: str
    discipline: Discipline | None
    role: Role


def read(text: str) -> Told:
    """Return who is meant by `Demo Clinician, OTR/L`: the name ends at the first comma."""
    name, _, credentials = (part.strip() for part in text.partition(","))
    return Told(name, credentials, discipline_of(credentials), role_of(credentials))


def discipline_of(credentials: str) -> Discipline | None:
    """Return the discipline that the first telling abbreviation names."""
    for word in _words(credentials):
        for discipline, abbreviations in _DISCIPLINES.items():
            if word in abbreviations:
                return discipline
    return None


def role_of(credentials: str) -> Role:
    """Return an assistant's role where the credentials are an assistant's."""
    return Role.ASSISTANT if _ASSISTANTS.intersection(_words(credentials)) else Role.THERAPIST


def _words(credentials: str) -> list[str]:
    return re.findall(r"[A-Z]+", credentials.upper().replace(".", ""))
