"""Which code of the book does a typed number name, and can it be timed on a date?"""

from datetime import date

from ptimer.billing.codebook import Code, CodeBook
from ptimer.operations.errors import Misused, unknown_code


def known(book: CodeBook, number: str, *, guess: bool = False) -> Code:
    """Return the code of a number; `guess` tells beside an unknown one what it is like.

    Raises:
        Misused: the book does not hold it.
    """
    code = book.find(number)
    if code is None:
        raise unknown_code(number, (each.code for each in book) if guess else ())
    return code


def startable(book: CodeBook, number: str, day: date, *, guess: bool = False) -> Code:
    """Return the code of a number, as it counts on a date on which it can be timed.

    Raises:
        Misused: it can't be timed then, or the book does not hold it.
    """
    code = known(book.on(day), number, guess=guess)
    why_not = book.why_not_startable(code, day)
    if why_not:
        raise Misused(why_not)
    return code
