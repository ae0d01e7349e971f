"""A clinician's day proof in words, in plain values, and drawn as lanes of time."""

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from ptimer.billing.day_proof import DayProof, Kind, Shared, Timed, group_words
from ptimer.reports.lanes import Bar, Lane, Lanes, Shade
from ptimer.timing.clock import HOUR, MINUTE, SECOND, Instant
from ptimer.timing.segment import Stretch, whole_minutes
from ptimer.timing.service_date import clock_text, iso, local
from ptimer.wording import Sentence, say

NAMES = {
    Kind.ONE_ON_ONE: say("One-on-one"),
    Kind.GROUP: say("Group"),
    Kind.SUPERVISED: say("Unattended"),
    Kind.NOT_BILLED: say("Not billed"),
}

_SHADES = {
    Kind.ONE_ON_ONE: Shade.SOLID,
    Kind.GROUP: Shade.SOFT,
    Kind.SUPERVISED: Shade.HATCHED,
    Kind.NOT_BILLED: Shade.EMPTY,
}

_MOST_TICKS = 12


def verdict(proof: DayProof, zone: tzinfo | None) -> Sentence:
    """Return what the day comes to, in one sentence."""
    span = proof.span
    hours, minutes = divmod(_minutes(_length(span)), 60)
    values = {
        "first": clock_text(span.start, zone, seconds=False),
        "last": clock_text(_end(span), zone, seconds=False),
        "hours": hours,
        "minutes": minutes,
        "one_on_one": _minutes(proof.on_the_clock(Kind.ONE_ON_ONE)),
    }
    if proof.holds:
        return say(
            "{first} to {last}: {hours} h {minutes} min at work, {one_on_one} min one-on-one, "
            "no minute twice",
            **values,
        )
    return say(
        "{first} to {last}: {hours} h {minutes} min at work, {one_on_one} min one-on-one, and "
        "{count:plural:time is,times are} recorded that no rule allows beside another",
        count=len(proof.twice),
        **values,
    )


def arithmetic(proof: DayProof) -> tuple[tuple[Sentence, Sentence], ...]:
    """Return what each kind adds up to, and what the clock showed of it."""
    added, clock = proof.added_up(Kind.ONE_ON_ONE), proof.on_the_clock(Kind.ONE_ON_ONE)
    found = [
        (
            NAMES[Kind.ONE_ON_ONE],
            say(
                "{added} added up over all patients, {clock} on the clock: {twice} twice",
                added=running_clock(added),
                clock=running_clock(clock),
                twice=running_clock(added - clock),
            ),
        )
    ]
    if proof.of(Kind.GROUP):
        words = say(
            "{clock} on the clock, however many patients were in it",
            clock=running_clock(proof.on_the_clock(Kind.GROUP)),
        )
        found.append((NAMES[Kind.GROUP], words))
    if proof.of(Kind.SUPERVISED):
        words = say(
            "{clock} on the clock, {beside} of it beside a patient who was treated",
            clock=running_clock(proof.on_the_clock(Kind.SUPERVISED)),
            beside=running_clock(proof.supervised_beside),
        )
        found.append((NAMES[Kind.SUPERVISED], words))
    if proof.of(Kind.NOT_BILLED):
        words = say(
            "{clock} on the clock: rest and not-billable time",
            clock=running_clock(proof.on_the_clock(Kind.NOT_BILLED)),
        )
        found.append((NAMES[Kind.NOT_BILLED], words))
    return tuple(found)


def notes(proof: DayProof, zone: tzinfo | None) -> tuple[tuple[str, Sentence], ...]:
    """Return, each with its time: what is recorded twice, what is shared rightly, and groups."""
    found = [(each.time, _told(each)) for each in proof.shared]
    found += [(group.time, group_words(group)) for group in proof.groups]
    found.sort(key=lambda each: each[0].start)
    return tuple((span_text(time, zone), words) for time, words in found)


def as_text(proof: DayProof, zone: tzinfo | None) -> str:
    """Return the proof for a terminal."""
    lines = [str(verdict(proof, zone))]
    if proof.running:
        lines.append(str(still_running()))
    lines += ["", *(f"{name!s:<12}{words}" for name, words in arithmetic(proof)), ""]
    for each in proof.times:
        lines.append(f"{span_text(each.time, zone)}  {about(each)}")
    told = notes(proof, zone)
    if told:
        lines += ["", "Shared minutes", *(f"{time}  {words}" for time, words in told)]
    return "\n".join(lines)


def as_values(proof: DayProof | None, zone: tzinfo | None) -> dict[str, object]:
    """Return the proof as JSON has it; None is a day without a time."""
    if proof is None:
        return {"holds": True, "times": [], "twice": [], "shared": [], "groups": []}
    return {
        "first": iso(proof.span.start, zone),
        "last": iso(_end(proof.span), zone),
        "running": proof.running,
        "holds": proof.holds,
        "verdict": str(verdict(proof, zone)),
        "minutes_at_work": _minutes(_length(proof.span)),
        "one_on_one_minutes": _minutes(proof.on_the_clock(Kind.ONE_ON_ONE)),
        "group_minutes": _minutes(proof.on_the_clock(Kind.GROUP)),
        "supervised_minutes": _minutes(proof.on_the_clock(Kind.SUPERVISED)),
        "supervised_beside_minutes": _minutes(proof.supervised_beside),
        "times": [_time_values(each, zone) for each in proof.times],
        "twice": [_shared_values(each, zone) for each in proof.twice],
        "shared": [_shared_values(each, zone) for each in proof.allowed],
        "groups": [
            {**_span_values(each.time, zone), "patients": list(each.patients)}
            for each in proof.groups
        ],
    }


def lanes(proof: DayProof, zone: tzinfo | None) -> Lanes:
    """Return the day as it is drawn: a lane for each kind, more where its times share minutes."""
    found = [lane for kind in Kind for lane in _lanes_of(proof, kind, zone)]
    return Lanes(proof.span.start, _end(proof.span), tuple(found), _ticks(proof.span, zone))


def about(each: Timed) -> Sentence:
    """Return what a time was: code, patient, and under whose eyes."""
    service = each.service
    if service.supervisor:
        return say(
            "{code} of {patient}: {clinician}, supervised by {supervisor}",
            code=service.code,
            patient=service.patient,
            clinician=service.clinician,
            supervisor=service.supervisor,
        )
    return say("{code} of {patient}", code=service.code, patient=service.patient)


def still_running() -> Sentence:
    """Return that the day is not over."""
    return say("Something still runs: it is counted up to now")


def span_text(time: Stretch, zone: tzinfo | None) -> str:
    """Return when a time began and ended, to the second."""
    ends = (time.start, _end(time))
    return "–".join(clock_text(each, zone) for each in ends)  # noqa: RUF001  (a range's dash)


def running_clock(milliseconds: int) -> str:
    """Return `h:mm:ss`."""
    hours, rest = divmod(milliseconds, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    return f"{hours}:{minutes:02d}:{rest // SECOND:02d}"


def _told(shared: Shared) -> Sentence:
    if shared.refusal is None:
        return shared.why
    return say(
        "Twice: {one} and {other}. {why}",
        one=about(shared.one),
        other=about(shared.other),
        why=shared.why,
    )


def _lanes_of(proof: DayProof, kind: Kind, zone: tzinfo | None) -> Iterable[Lane]:
    """Yield the lanes of a kind; what shares a moment stands on lanes of its own."""
    rows: list[list[Bar]] = []
    for bar in _bars(proof, kind, zone):
        free = next((row for row in rows if row[-1].end <= bar.start), None)
        if free is None:
            rows.append([bar])
        else:
            free.append(bar)
    for place, row in enumerate(rows):
        yield Lane(say("{text}", text="") if place else NAMES[kind], tuple(row))


def _bars(proof: DayProof, kind: Kind, zone: tzinfo | None) -> Iterable[Bar]:
    wrong = {id(each) for shared in proof.twice for each in (shared.one, shared.other)}
    if kind is Kind.GROUP:
        for group in proof.groups:
            bad = any(id(each) in wrong for each in group.times)
            codes = dict.fromkeys(each.service.code for each in group.times)
            words = (" ".join(codes), *group.patients)
            told = say("{time}: {what}", time=span_text(group.time, zone), what=group_words(group))
            yield _bar(group.time, kind, words, told, wrong=bad)
        return
    for each in proof.of(kind):
        words = (each.service.code, each.service.patient)
        told = say("{time}: {what}", time=span_text(each.time, zone), what=about(each))
        yield _bar(each.time, kind, words, told, wrong=id(each) in wrong)


def _bar(time: Stretch, kind: Kind, words: tuple[str, ...], told: Sentence, *, wrong: bool) -> Bar:
    shade = Shade.WRONG if wrong else _SHADES[kind]
    return Bar(time.start, _end(time), shade, words, told)


def _ticks(span: Stretch, zone: tzinfo | None) -> tuple[tuple[Instant, str], ...]:
    """Return the full hours of a span, as many as can be read; of a short one its ends."""
    first = local(span.start, zone)
    past = (first.minute * 60 + first.second) * SECOND + first.microsecond // 1000
    at = span.start - past + (HOUR if past else 0)
    hours = list(range(at, _end(span) + 1, HOUR))
    step = -(-len(hours) // _MOST_TICKS) or 1
    found: Sequence[int] = hours[::step] if len(hours) > 1 else (span.start, _end(span))
    return tuple((Instant(i), clock_text(Instant(i), zone, seconds=False)) for i in found)


def _time_values(each: Timed, zone: tzinfo | None) -> dict[str, object]:
    service = each.service
    return {
        "patient": service.patient,
        "code": service.code,
        "kind": each.kind.value,
        "clinician": service.clinician,
        "role": service.role.value,
        "supervisor": service.supervisor or None,
        **_span_values(each.time, zone),
    }


def _shared_values(shared: Shared, zone: tzinfo | None) -> dict[str, object]:
    return {
        **_span_values(shared.time, zone),
        "rule": shared.refusal.rule.value if shared.refusal else None,
        "text": str(shared.why),
        "times": [_time_values(each, zone) for each in (shared.one, shared.other)],
    }


def _span_values(time: Stretch, zone: tzinfo | None) -> dict[str, object]:
    return {"start": iso(time.start, zone), "end": iso(_end(time), zone)}


def _length(span: Stretch) -> int:
    return span.milliseconds(span.start)


def _minutes(milliseconds: int) -> int:
    return whole_minutes(milliseconds)


def _end(time: Stretch) -> Instant:
    return time.start if time.end is None else time.end
