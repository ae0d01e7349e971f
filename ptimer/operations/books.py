"""What do the books say, with or without a record? For `units`, `conflict`, `codes`, `payers`."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ptimer.billing.codebook import Code, CodeBook, Count
from ptimer.billing.payers import Payer, Payers
from ptimer.billing.ptp_edits import NONE_KNOWN, PtpEdits
from ptimer.billing.rules import Rules
from ptimer.operations.errors import Misused, Problem, problems_told, shown
from ptimer.operations.known_codes import known
from ptimer.storage import database, rulebook
from ptimer.storage.rulebook import Rulebook as Rulebook
from ptimer.timing.clock import Clock
from ptimer.timing.service_date import service_date
from ptimer.wording import say


@dataclass(frozen=True)
class Books:
    """The rule book, and what it says of numbers and names that a person typed."""

    rulebook: Rulebook
    edits: PtpEdits = NONE_KNOWN

    @property
    def codes(self) -> CodeBook:
        """All codes."""
        return self.rulebook.codes

    @property
    def payers(self) -> Payers:
        """All payers."""
        return self.rulebook.payers

    @property
    def rules(self) -> Rules:
        """All rules."""
        return self.rulebook.rules

    def on(self, day: date) -> "Books":
        """Return the books as they count for a service of that date."""
        of_day = self.rulebook.on(day)
        return Books(replace(self.rulebook, codes=of_day.codes, rules=of_day.rules), of_day.edits)

    def code(self, number: str) -> Code:
        """Return the code of a number.

        Raises:
            Misused: no book holds it.
        """
        return known(self.codes, number, guess=True)

    def startable(self, number: str, on: date) -> Code:
        """Return a code that can be timed on a date.

        Raises:
            Misused: it can't, or no book holds it.
        """
        code = self.code(number)
        why_not = self.codes.why_not_startable(code, on)
        if why_not:
            raise Misused(why_not)
        return code

    def countable(self, number: str, on: date, *, among: Container[str]) -> Code:
        """Return a code that can be counted: an add-on only `among` its base.

        Raises:
            Misused: it can't be counted, or no book holds it.
        """
        code = self.code(number)
        if code.add_on_to in among and code.count is not Count.MONTHLY and code.in_force(on):
            return code
        return self.startable(number, on)

    def payer(self, name: str) -> Payer:
        """Return the payer of a name.

        Raises:
            Misused: no book holds it.
        """
        found = self.payers.find(name)
        if found is None:
            raise Misused(
                say(
                    "There is no payer {name}. There are: {names}",
                    name=shown(name),
                    names=", ".join(self.payers.names()),
                )
            )
        return found


def load(folder: Path, payer: str | None = None, *, codes: Iterable[str] = ()) -> Books:
    """Return the books with the clinic's own entries, where there is a record that can be read.

    Raises:
        Problem: it can't be read, and the payer or a code may be in it.
    """
    try:
        own = load_with_own(folder)
    except Problem:
        shipped = Books(rulebook.shipped())
        if payer is not None and shipped.payers.find(payer) is None:
            raise
        if any(shipped.codes.find(number) is None for number in codes):
            raise
        return shipped
    return own or Books(rulebook.shipped())


def load_with_own(folder: Path) -> Books | None:
    """Return the books with the clinic's own entries; None where there is no record.

    Raises:
        Problem: the record can't be read.
    """
    with problems_told():
        connection = database.open_for_reading(folder)
        if connection is None:
            return None
        try:
            with database.reading(connection):
                return Books(rulebook.load(connection))
        finally:
            connection.close()


def today(clock: Clock) -> date:
    """Return today's date in the clinic."""
    return service_date(clock.now(), clock.zone)
