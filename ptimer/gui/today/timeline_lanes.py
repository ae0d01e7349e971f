"""Which pieces does the timeline of a visit draw, in which lanes and colours?"""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ptimer.gui.texts import core
from ptimer.operations.visit_record import Segment
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import MINUTE, Instant


@dataclass(frozen=True)
class Piece:
    """One segment as it is drawn; `tone` names its colour."""

    segment: Segment
    start: Instant
    end: Instant
    name: str
    minutes: int
    text: str
    tone: str


@dataclass(frozen=True)
class Lane:
    """One row of pieces that do not overlap by kind."""

    name: str
    pieces: tuple[Piece, ...]


def lanes_of(view: VisitView) -> tuple[Lane, ...]:
    """Return the lanes of a visit: timed, untimed, and rest where there is any."""
    timed: list[Piece] = []
    untimed: list[Piece] = []
    apart: list[Piece] = []
    tones = _tones(view)
    for segment in view.record.segments:
        code = view.code(segment.code)
        end = view.now if segment.ended_at is None else segment.ended_at
        minutes = segment.stretch.milliseconds(view.now) // MINUTE
        name = core(code.label) if code.apart else code.code
        text = _tr("{0} · {1} min").format(name, minutes)
        tone = "apart" if code.apart else tones[code.code]
        lane = apart if code.apart else timed if code.timed else untimed
        lane.append(Piece(segment, segment.started_at, end, name, minutes, text, tone))
    lanes = [Lane(_tr("timed"), tuple(timed)), Lane(_tr("untimed"), tuple(untimed))]
    if apart:
        lanes.append(Lane(_tr("apart"), tuple(apart)))
    return tuple(lanes)


def _tones(view: VisitView) -> dict[str, str]:
    """Return the colour of each code: what runs or ran last is the accent."""
    codes = [code for code in view.record.codes if not view.code(code).apart]
    timed = [code for code in codes if view.code(code).timed]
    main = next(iter(view.running_codes), timed[-1] if timed else "")
    tones = dict.fromkeys(codes, "third")
    tones.update(dict.fromkeys(timed, "second"))
    if main in tones and view.code(main).timed:
        tones[main] = "accent"
    return tones


def _tr(text: str) -> str:
    return QCoreApplication.translate("timeline", text)
