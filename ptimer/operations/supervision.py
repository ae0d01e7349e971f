"""What follows when a patient goes over from skilled work to supervision level?"""

from collections.abc import Sequence
from dataclasses import dataclass

from ptimer.billing.codebook import NOT_BILLABLE, ONE_PATIENT, Attendance, Discipline
from ptimer.operations.clinic import Clinic
from ptimer.operations.recording import Pressed, end_of, record_end
from ptimer.storage import segments, visits
from ptimer.storage.ids import new_id
from ptimer.storage.segments import SegmentRow


@dataclass(frozen=True)
class Supervised:
    """What was ended when a patient went over to supervision level, and what may follow.

    `offers` are code numbers, in the order in which they should be thought of.
    """

    pressed: Pressed
    offers: tuple[str, ...]


def supervise(clinic: Clinic, visit_id: str, clinician: str) -> Supervised:
    """End the one-on-one code of a visit, since the patient now works under supervision.

    Offered then: not-billable time, a supervised or group code if one truly applies, and another
    one-on-one code if skilled contact goes on (rules.md, Before signing).
    """
    with clinic.writing() as now:
        press_id = new_id(now)
        ended = [
            record_end(clinic, segment, end_of(clinic, segment, None, now), now, press_id, None)
            for segment in segments.running(clinic.connection)
            if segment.visit_id == visit_id
            and segment.clinician == clinician
            and Attendance(segment.attendance) in ONE_PATIENT
        ]
        pressed = Pressed(press_id, now, ended=tuple(ended))
        return Supervised(pressed, _offers(clinic, visit_id, ended))


def _offers(clinic: Clinic, visit_id: str, ended: Sequence[SegmentRow]) -> tuple[str, ...]:
    visit = visits.get(clinic.connection, visit_id)
    discipline = Discipline(visit.discipline)
    codes = clinic.rulebook.codes.on(visit.service_date)
    cards = clinic.rulebook.rules.disciplines[discipline].cards
    over = {segment.code for segment in ended}
    usual = [codes[number] for number in cards]
    supervised = [code for code in usual if code.attendance is Attendance.SUPERVISED]
    groups = [
        code
        for code in codes
        if code.attendance is Attendance.GROUP
        and discipline in code.disciplines
        and code.in_force(visit.service_date)
    ]
    skilled = [c for c in usual if c.attendance in ONE_PATIENT and c.code not in over]
    chosen = [*supervised[:1], *groups[:1], *skilled[:2]]
    return (NOT_BILLABLE, *(code.code for code in chosen))
