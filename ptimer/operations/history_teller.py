"""How is one entry of a visit told: in which words, with what before and after?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ptimer.operations.history_words import (
    Difference,
    TimeWords,
    Values,
    changed,
    lines,
    plain,
    readable,
    units,
)
from ptimer.operations.visit_marks import kind_words
from ptimer.storage.audit_log import Entry
from ptimer.storage.segments import SegmentRow
from ptimer.timing.clock import Instant
from ptimer.wording import Sentence, say


@dataclass(frozen=True)
class ChangeTold:
    """One entry, ready to be shown. `about` is the code that it is about, or nothing.

    `usual`: a press as usual, with which nothing was changed after the fact.
    """

    at: Instant
    who: str
    action: str
    about: str
    done: Sentence
    differences: tuple[Difference, ...] = ()
    reason: str = ""
    usual: bool = False

    @property
    def before(self) -> str:
        """What was recorded before, in one line."""
        return ", ".join(str(each.before) for each in self.differences if each.before)

    @property
    def after(self) -> str:
        """What is recorded since, in one line."""
        return ", ".join(str(each.after) for each in self.differences if each.after)


class Teller:
    """Tells the entries of one visit."""

    def __init__(self, words: TimeWords, rows: Mapping[str, SegmentRow]) -> None:
        self._words = words
        self._rows = rows
        self._tellers: dict[str, Callable[[Entry], ChangeTold]] = {
            "start": self._start,
            "stop": self._stop,
            "undo-stop": self._undo_stop,
            "correct": self._correct,
            "split": self._split,
            "void": self._whole,
            "add": self._whole,
            "visit": self._visit,
            "payer": self._payer,
            "sign": self._sign,
            "amend": self._amend,
            "in-clinic": self._in_clinic,
            "choose": self._choose,
            "long-reason": self._long_reason,
            "plan": self._plan,
            "mark": self._mark,
            "mark-taken-back": self._mark,
        }
        for answer in _ANSWERS:
            self._tellers[answer] = self._answer

    def tell(self, entry: Entry) -> ChangeTold:
        """Return an entry as it is shown; one of a kind not known here by its name."""
        return self._tellers.get(entry.action, self._other)(entry)

    # -- one kind each -------------------------------------------------------------------------

    def _start(self, entry: Entry) -> ChangeTold:
        after = entry.after or {}
        usual = after.get("started_at") == entry.at
        start = Difference(say("at"), after=self._words.time(after.get("started_at")))
        return self._told(entry, say("started"), [start], usual=usual)

    def _stop(self, entry: Entry) -> ChangeTold:
        after = entry.after or {}
        usual = after.get("ended_at") == entry.at
        end = Difference(say("at"), after=self._words.time(after.get("ended_at")))
        typed = changed("units", say("units"), {}, after)
        return self._told(entry, say("stopped"), [end, *typed], usual=usual)

    def _undo_stop(self, entry: Entry) -> ChangeTold:
        before = entry.before or {}
        end = Difference(say("end"), self._words.time(before.get("ended_at")), say("running"))
        return self._told(entry, say("stop taken back"), [end])

    def _correct(self, entry: Entry) -> ChangeTold:
        before, after = entry.before or {}, _now(entry)
        return self._told(
            entry, say("corrected"), self._words.differences(before, after[0] if after else {})
        )

    def _split(self, entry: Entry) -> ChangeTold:
        parts = " + ".join(self._words.span(part) for part in _now(entry))
        whole = plain(self._words.span(entry.before or {}))
        return self._told(entry, say("split"), [Difference(say("time"), whole, plain(parts))])

    def _whole(self, entry: Entry) -> ChangeTold:
        """Tell of a segment that went, or came, as a whole."""
        gone = plain(self._words.span(entry.before)) if entry.before else None
        come = plain(self._words.span(entry.after or {})) if entry.action == "add" else None
        return self._told(entry, _WORDS[entry.action], [Difference(say("time"), gone, come)])

    def _answer(self, entry: Entry) -> ChangeTold:
        now = _now(entry)
        found = self._words.differences(entry.before or {}, now[0]) if now else []
        # The reason of an answer is its name, which the sentence says already.
        return self._told(entry, _ANSWERS[entry.action], found, reason="")

    def _visit(self, entry: Entry) -> ChangeTold:
        after = entry.after or {}
        words = " · ".join(str(after[key]) for key in ("discipline", "payer") if key in after)
        made = Difference(say("visit"), after=plain(words))
        return self._told(entry, say("visit made"), [made], usual=True)

    def _payer(self, entry: Entry) -> ChangeTold:
        found = changed("payer", say("payer"), entry.before or {}, entry.after or {})
        return self._told(entry, say("payer changed"), found)

    def _sign(self, entry: Entry) -> ChangeTold:
        after = entry.after or {}
        done = say("signed, visit closed") if after.get("closed") else say("signed")
        billed = Difference(say("billed"), after=lines(after))
        return self._told(entry, done, [billed])

    def _amend(self, entry: Entry) -> ChangeTold:
        billed = Difference(say("billed"), before=lines(entry.before or {}))
        return self._told(entry, say("amended, visit reopened"), [billed])

    def _in_clinic(self, entry: Entry) -> ChangeTold:
        before, after = entry.before or {}, entry.after or {}
        found = [
            Difference(what, self._words.time(before.get(key)), self._words.time(after.get(key)))
            for key, what in (("arrived_at", say("arrived")), ("departed_at", say("left")))
            if before.get(key) != after.get(key)
        ]
        usual = all(
            before.get(key) is None and after.get(key) in (None, entry.at)
            for key in ("arrived_at", "departed_at")
            if before.get(key) != after.get(key)
        )
        return self._told(entry, say("time in the clinic"), found, usual=usual)

    def _choose(self, entry: Entry) -> ChangeTold:
        chosen = Difference(say("units"), units(entry.before or {}), units(entry.after or {}))
        return self._told(entry, say("units chosen"), [chosen])

    def _long_reason(self, entry: Entry) -> ChangeTold:
        code, reason = next(iter((entry.after or {}).items()), ("", ""))
        done = say("reason for a long treatment")
        return ChangeTold(entry.at, entry.who, entry.action, code, done, reason=str(reason))

    def _plan(self, entry: Entry) -> ChangeTold:
        before, after = entry.before or {}, entry.after or {}
        found = [each for code in after for each in changed(code, plain(code), before, after)]
        return self._told(entry, say("plan"), found, usual=True)

    def _mark(self, entry: Entry) -> ChangeTold:
        was, now = (str((each or {}).get("mark", "")) for each in (entry.before, entry.after))
        found = Difference(
            say("mark"), kind_words(was) if was else None, kind_words(now) if now else None
        )
        return self._told(entry, say("marked") if now else say("mark taken back"), [found])

    def _other(self, entry: Entry) -> ChangeTold:
        if entry.action in _WORDS:
            return self._told(entry, _WORDS[entry.action])
        before, after = readable(entry.before), readable(entry.after)
        found = [
            each
            for key in {**before, **after}
            for each in changed(key, plain(key), before, after)
            if key not in _SAID
        ]
        return self._told(entry, _SETTLED.get(entry.action) or plain(entry.action), found)

    def _told(
        self,
        entry: Entry,
        done: Sentence,
        differences: Iterable[Difference] = (),
        *,
        reason: str | None = None,
        usual: bool = False,
    ) -> ChangeTold:
        return ChangeTold(
            at=entry.at,
            who=entry.who,
            action=entry.action,
            about=self._code(entry),
            done=done,
            differences=tuple(differences),
            reason=entry.reason if reason is None else reason,
            usual=usual,
        )

    def _code(self, entry: Entry) -> str:
        for values in (entry.before, entry.after):
            if values and "code" in values:
                return str(values["code"])
        row = self._rows.get(entry.segment_id or "")
        return row.code if row else ""


_WORDS = {
    "add": say("added"),
    "void": say("voided"),
    "undo-start": say("start taken back"),
    "signature-withdrawn": say("signature withdrawn"),
}


_SETTLED = {
    "skilled": say("skilled parts written"),
    "skilled-carried": say("skilled parts taken over"),
    "chart-tick": say("in the chart"),
    "supervisor": say("supervisor named"),
    "attest-pair": say("separate minutes attested"),
    "attest-necessity": say("medical necessity attested"),
}
"""Entries that are told by all that is another in them."""


_SAID = ("code",)


_ANSWERS = {
    "answer-went-on": say("answered: it went on"),
    "answer-ended-then": say("answered: it ended then"),
    "answer-ended-at": say("answered: it ended at another time"),
    "answer-never-happened": say("answered: it never happened"),
}


def _now(entry: Entry) -> list[Values]:
    """Return the segments that stand since, as the audit log keeps them."""
    now = (entry.after or {}).get("now")
    return [each for each in now if isinstance(each, dict)] if isinstance(now, list) else []
