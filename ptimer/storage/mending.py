"""What has to be made anew, so that what was salvaged of a record holds together?

A time whose visit is lost keeps its minutes: the visit is made anew of what else is known of the
patient, and each such thing is told.
"""

import sqlite3
from collections import Counter
from collections.abc import Mapping, MutableMapping
from datetime import tzinfo

from ptimer.storage.damaged_rows import Value
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import service_date
from ptimer.wording import Sentence, say

Values = dict[str, Value]
Rows = list[tuple[int, Values]]
Tables = MutableMapping[str, Rows]


_TOLD_OTHERWISE = """
with told as (
    select segment_id, action, after from audit_log
    where action in ('start', 'stop') and segment_id is not null and json_valid(after)
)
select distinct s.patient, s.code, v.service_date
from told a join segments s on s.id = a.segment_id join visits v on v.id = s.visit_id
where (a.action = 'start' and (json_extract(a.after, '$.started_at') <> s.started_at
        or json_extract(a.after, '$.code') <> s.code))
    or (a.action = 'stop' and json_extract(a.after, '$.ended_at') <> s.ended_at)
order by v.service_date, s.patient
"""


def mend(tables: Tables, zone: tzinfo | None) -> list[Sentence]:
    """Add to the rows what others refer to and can be made anew; return what was done."""
    return [*_visits(tables, zone), *_clinicians(tables), *_links(tables)]


def told_otherwise(connection: sqlite3.Connection) -> list[Sentence]:
    """Return the times of which the history tells another code, start or end: one was damaged."""
    rows = connection.execute(_TOLD_OTHERWISE)
    return [
        say(
            "{code} of {patient} on {day}: the history tells another time or code; check it",
            code=code,
            patient=patient,
            day=day,
        )
        for patient, code, day in rows.fetchall()
    ]


def _visits(tables: Tables, zone: tzinfo | None) -> list[Sentence]:
    """Make lost visits anew of their times and of the patient's and the clinic's other visits."""
    visits = tables.setdefault("visits", [])
    known = {values["id"] for _, values in visits}
    taken = {(v["patient"], v["discipline"], v["service_date"]) for _, v in visits}
    lost: dict[Value, list[Values]] = {}
    for _, values in tables.get("segments", []):
        if values["visit_id"] not in known:
            lost.setdefault(values["visit_id"], []).append(values)
    done, number = [], max((rowid for rowid, _ in visits), default=0)
    for visit_id, segments in lost.items():
        first = min(segments, key=_started)
        like = _like(visits, first)
        if like is None:
            continue  # its times are listed as left over
        day = service_date(Instant(_started(first)), zone).isoformat()
        if (first["patient"], like["discipline"], day) in taken:
            continue
        taken.add((first["patient"], like["discipline"], day))
        number += 1
        visits.append((number, _made_anew(visit_id, first, like, day)))
        done.append(
            say(
                "the visit of {patient} on {day} was lost and is made anew of its times: check "
                "its discipline ({discipline}) and payer ({payer})",
                patient=str(first["patient"]),
                day=day,
                discipline=str(like["discipline"]),
                payer=str(like["payer"]),
            )
        )
    return done


def _like(visits: Rows, segment: Values) -> Values | None:
    """Return a visit to take discipline and payer from: the patient's own, else the commonest."""
    own = [values for _, values in visits if values["patient"] == segment["patient"]]
    if own:
        return own[-1]
    kinds = Counter((values["discipline"], values["payer"]) for _, values in visits)
    if not kinds:
        return None
    commonest = kinds.most_common(1)[0][0]
    return next(v for _, v in visits if (v["discipline"], v["payer"]) == commonest)


def _made_anew(visit_id: Value, first: Values, like: Mapping[str, Value], day: str) -> Values:
    return {
        **dict.fromkeys(like),
        "id": visit_id,
        "patient": first["patient"],
        "discipline": like["discipline"],
        "service_date": day,
        "payer": like["payer"],
        "relaxed": like["relaxed"],
        "assistants_barred": like["assistants_barred"],
        "status": "open",
        "created_at": first["recorded_at"],
    }


def _clinicians(tables: Tables) -> list[Sentence]:
    """Make lost clinicians anew by their names alone."""
    clinicians = tables.setdefault("clinicians", [])
    known = {values["name"] for _, values in clinicians}
    number, done = max((rowid for rowid, _ in clinicians), default=0), []
    for _, values in tables.get("segments", []):
        for name in (values["clinician"], values["supervisor"]):
            if isinstance(name, str) and name.strip() and name not in known:
                known.add(name)
                number += 1
                clinicians.append((number, _clinician(name, values)))
                done.append(
                    say("{name} was lost from the clinicians and is made anew by name", name=name)
                )
    return done


def _clinician(name: str, segment: Values) -> Values:
    return {
        "name": name,
        "credentials": "",
        "discipline": "",
        "role": "therapist",
        "npi": "",
        "supervisor": "",
        "last_used_at": segment["recorded_at"],
    }


def _links(tables: Tables) -> list[Sentence]:
    """Let a corrected time stand although the one that it replaced is lost."""
    segments = tables.get("segments", [])
    known = {values["id"] for _, values in segments}
    cut = 0
    for _, values in segments:
        if values["replaces"] is not None and values["replaces"] not in known:
            values["replaces"] = None
            cut += 1
    if not cut:
        return []
    return [
        say(
            "{times:plural:corrected time,corrected times}: what stood there before the "
            "correction is lost",
            times=cut,
        )
    ]


def _started(values: Values) -> int:
    return int(values["started_at"] or 0) if isinstance(values["started_at"], int) else 0
