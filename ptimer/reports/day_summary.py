"""The end of the day as text and as plain values: visits, minutes, units, what is to fix."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class SummaryLine:
    """One code of a visit; `segments` are local starts and ends, None while it runs."""

    code: str
    label: str
    minutes: int
    units: int
    timed: bool
    modifiers: tuple[str, ...]
    segments: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class SummaryVisit:
    """One visit of the day."""

    patient: str
    payer: str
    discipline: str
    rule: str
    status: str
    clinicians: tuple[str, ...]
    timed_minutes: int
    pooled_minutes: int
    total_minutes: int
    timed_units: int
    units: int
    lines: tuple[SummaryLine, ...]
    to_fix: tuple[tuple[str, str], ...]
    """Rule id and sentence."""
    warnings: tuple[tuple[str, str], ...]
    not_treatment: tuple[tuple[str, int], ...] = ()
    """Rest and not-billable time: code and whole minutes."""
    stopped_early: str = ""
    """Why it was stopped early, where it was."""


@dataclass(frozen=True)
class SummaryAway:
    """A visit that was cancelled, or to which nobody came."""

    patient: str
    payer: str
    discipline: str
    kind: str
    reason: str


@dataclass(frozen=True)
class Summary:
    """A day; `clinician` None is everyone's."""

    date: str
    clinician: str | None
    visits: tuple[SummaryVisit, ...]
    hidden: int = 0
    away: tuple[SummaryAway, ...] = ()

    def total(self, field: str) -> int:
        """Return a field of the visits added up."""
        return sum(int(getattr(visit, field)) for visit in self.visits)


def as_values(summary: Summary) -> dict[str, object]:
    """Return the summary as JSON has it (cli.md, JSON shapes)."""
    return {
        "date": summary.date,
        "clinician": summary.clinician,
        "totals": {
            "visits": len(summary.visits),
            "timed_minutes": summary.total("timed_minutes"),
            "total_minutes": summary.total("total_minutes"),
            "timed_units": summary.total("timed_units"),
            "units": summary.total("units"),
        },
        "hidden": summary.hidden,
        "visits": [visit_values(visit) for visit in summary.visits],
        "not_held": [asdict(each) for each in summary.away],
    }


def visit_values(visit: SummaryVisit) -> dict[str, object]:
    """Return one visit as JSON has it."""
    return {
        "patient": visit.patient,
        "payer": visit.payer,
        "discipline": visit.discipline,
        "rule": visit.rule,
        "status": visit.status,
        "clinicians": list(visit.clinicians),
        "timed_minutes": visit.timed_minutes,
        "pooled_minutes": visit.pooled_minutes,
        "total_minutes": visit.total_minutes,
        "timed_units": visit.timed_units,
        "units": visit.units,
        "lines": [
            {
                "code": line.code,
                "minutes": line.minutes,
                "units": line.units,
                "timed": line.timed,
                "modifiers": list(line.modifiers),
                "segments": [list(times) for times in line.segments],
            }
            for line in visit.lines
        ],
        "to_fix": [{"rule": rule, "text": text} for rule, text in visit.to_fix],
        "warnings": [{"rule": rule, "text": text} for rule, text in visit.warnings],
        "not_treatment": [
            {"code": code, "minutes": minutes} for code, minutes in visit.not_treatment
        ],
        "stopped_early": visit.stopped_early,
    }


def as_text(summary: Summary) -> str:
    """Return the summary as a person reads it, two totals first, then each visit's codes."""
    whose = f" · {summary.clinician}" if summary.clinician else ""
    away = [
        f"{each.patient}  {each.discipline} · {each.payer} · {each.kind}: {each.reason}"
        for each in summary.away
    ]
    if not summary.visits:
        hidden = f" ({_hidden(summary)})" if summary.hidden else ""
        return "\n".join((f"{summary.date}{whose}: no visits{hidden}", *away)) + "\n"
    head = (
        f"{summary.date}{whose}: {_many(len(summary.visits), 'visit')}, "
        f"{summary.total('timed_minutes')} timed min, "
        f"{summary.total('total_minutes')} min treated, "
        f"{_units(summary.total('timed_units'), summary.total('units'))}"
    )
    parts = [head, *(_visit_text(visit) for visit in summary.visits)]
    if away:
        parts.append("\n".join(away))
    if summary.hidden:
        parts.append(_hidden(summary))
    return "\n\n".join(parts) + "\n"


def _hidden(summary: Summary) -> str:
    return f"{_many(summary.hidden, 'visit')} of others not shown"


def _visit_text(visit: SummaryVisit) -> str:
    lines = [
        f"{visit.patient}  {visit.discipline} · {visit.payer} · {visit.rule} rule · {visit.status}",
        f"  timed {visit.timed_minutes} min, treated {visit.total_minutes} min, "
        f"{_units(visit.timed_units, visit.units)}",
        *(_line_text(line) for line in visit.lines),
        *(f"  {code:<6} {minutes:>4} min  not treatment" for code, minutes in visit.not_treatment),
        *(f"  ! {text}" for rule, text in visit.warnings if (rule, text) not in visit.to_fix),
        *([f"  stopped early: {visit.stopped_early}"] if visit.stopped_early else []),
        *(f"  to fix: {text}" for _, text in visit.to_fix),
    ]
    return "\n".join(lines)


def _line_text(line: SummaryLine) -> str:
    times = ", ".join(f"{start}-{end or 'now'}" for start, end in line.segments)
    modifiers = " ".join(line.modifiers)
    return (
        f"  {line.code:<6} {line.minutes:>4} min  {line.units:>2} u  {modifiers:<5}"
        f"  {times}  {line.label}"
    )


def _units(timed: int, units: int) -> str:
    if timed == units:
        return _many(units, "unit")
    return f"{timed} timed + {units - timed} other units"


def _many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
