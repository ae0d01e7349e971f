"""The ways into the record: what stands goes in at nine, and the wish at ten past."""

import sqlite3

from ptimer.billing.conflicts import Role
from ptimer.billing.payers import Payer, UnitRule
from ptimer.operations import corrections, importing, own_payers, stopwatch, visiting
from ptimer.operations.corrections import Change, NewTime
from ptimer.operations.errors import Refused
from ptimer.operations.stopwatch import StartWish
from ptimer.reports.segments_csv import COLUMNS
from tests.operations.conflict_cases import RELAXED, Wish
from tests.storage import tables

NINE, TEN_PAST, TWENTY_PAST, HALF_PAST = "09:00", "09:10", "09:20", "09:30"


class Road:
    """A way into the record: what stands goes in at nine, the wish at ten past."""

    ends_at = HALF_PAST

    def __init__(self, clinic, clock, at, tmp_path):
        self.clinic, self.clock, self.at = clinic, clock, at
        self.file = tmp_path / "times.csv"

    def let_stand(self, standing):
        for each in standing:
            self._add(each, NINE, self.ends_at)

    def open_for(self, wish):
        """Open the visit, where the road leads into one that is there."""
        self._visit(wish)

    def attempt(self, wish, start=TEN_PAST, end=TWENTY_PAST):
        raise NotImplementedError

    def _visit(self, wish):
        self.make_payer(wish)
        visit = visiting.open_visit(
            self.clinic, wish.patient, payer=wish.payer, discipline=wish.discipline
        )
        return visit.id

    def make_payer(self, wish):
        if wish.payer == RELAXED and not self.clinic.rulebook.payers.find(RELAXED):
            payer = Payer(
                RELAXED, UnitRule.CMS, relaxes_billed_alone=True, relaxed_because="their letter"
            )
            own_payers.make(self.clinic, payer, "a contract")

    def _add(self, wish, start, end):
        time = NewTime(
            visit_id=self._visit(wish),
            code=wish.code,
            start=self.at(start),
            end=self.at(end),
            clinician=wish.clinician,
            role=Role(wish.role),
            supervisor=wish.supervisor,
        )
        return corrections.add(self.clinic, time, "typed in late")


class ByStart(Road):
    """What stands runs since nine, and at ten past another stopwatch is started."""

    def let_stand(self, standing):
        self._move_to(NINE)
        for each in standing:
            self._start(each)

    def attempt(self, wish, start=TEN_PAST, end=TWENTY_PAST):
        self._move_to(start)
        self._start(wish)

    def open_for(self, wish):
        """A start opens the visit itself."""

    def _move_to(self, time):
        self.clock.advance(seconds=(self.at(time) - self.clock.now()) / 1000)

    def _start(self, wish):
        started = StartWish(
            code=wish.code,
            patients=(wish.patient,),
            payer=wish.payer,
            discipline=wish.discipline,
            clinician=wish.clinician,
            role=Role(wish.role),
            supervisor=wish.supervisor,
        )
        stopwatch.start(self.clinic, started)


class ByCorrection(Road):
    """Someone else's time of another patient is corrected into the wish."""

    def let_stand(self, standing):
        super().let_stand(standing)
        self._harmless = self._add(Wish("G0283", "Zed", "Zoe"), "07:00", "07:10")

    def attempt(self, wish, start=TEN_PAST, end=TWENTY_PAST):
        change = Change(
            start=self.at(start),
            end=self.at(end),
            code=wish.code,
            patient=wish.patient,
            discipline=wish.discipline,
            clinician=wish.clinician,
            role=Role(wish.role),
            supervisor=wish.supervisor,
        )
        corrections.correct(self.clinic, self._harmless.id, change, "it was another's")


class ByTyping(Road):
    """The wish is typed in as a time that was not pressed."""

    def attempt(self, wish, start=TEN_PAST, end=TWENTY_PAST):
        self._add(wish, start, end)


class ByFile(Road):
    """The wish comes in with a file."""

    _lines = ()

    def open_for(self, wish):
        """A file opens the visit itself."""

    def attempt(self, wish, start=TEN_PAST, end=TWENTY_PAST):
        lines = [*self._lines, self._line(wish, start, end)]
        self.file.write_text("\n".join([",".join(COLUMNS), *lines]))
        importing.import_file(self.clinic, self.file)

    def _line(self, wish, start, end):
        cells = (wish.patient, wish.payer, wish.discipline, wish.clinician, wish.role, wish.code)
        times = (f"2026-11-23T{start}", f"2026-11-23T{end}")
        return ",".join([*cells, *times, "", wish.supervisor, ""])


class InOneFile(ByFile):
    """What stands and the wish come in with one file."""

    def let_stand(self, standing):
        self._lines = [self._line(each, NINE, self.ends_at) for each in standing]


class BySql(Road):
    """The wish is put in by another program, around the operations: the triggers are asked."""

    def attempt(self, wish, start=TEN_PAST, end=TWENTY_PAST):
        code = self.clinic.rulebook.codes[wish.code]
        try:
            tables.add_segment(
                self.clinic.connection,
                self._visit(wish),
                wish.patient,
                wish.code,
                self.at(start),
                self.at(end),
                clinician=wish.clinician,
                role=wish.role,
                supervisor=wish.supervisor,
                attendance=code.attendance.value,
                exclusive=code.exclusive,
            )
        except sqlite3.IntegrityError as error:
            self.clinic.connection.rollback()
            source = self.clinic.rulebook.rules.source(str(error))
            raise Refused(error, rule=str(error), source=source) from error
        self.clinic.connection.commit()


ROADS = {
    "start": ByStart,
    "correction": ByCorrection,
    "typing": ByTyping,
    "import": ByFile,
    "in one file": InOneFile,
    "SQL": BySql,
}
