"""Keep how each biller wants its file: a changed layout is a new version, its number raised."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from ptimer.operations import defaults, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.reports import biller_layout
from ptimer.reports.biller_csv import COLUMNS
from ptimer.reports.biller_layout import MODIFIERS, BillerLayout, Column
from ptimer.storage import audit_log
from ptimer.storage import biller_layouts as store
from ptimer.wording import listed, say

_MODIFIER_LENGTH = 2
_NO_DELIMITERS = "\"'\r\n\0. -:+"


@dataclass(frozen=True)
class TypedLayout:
    """A layout as it was typed: `columns` such as `patient_id=MRN`, without a title: as it is."""

    name: str
    columns: tuple[str, ...]
    date_form: str = biller_layout.ISO
    delimiter: str = ","
    bom: bool = False
    modifier_order: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A layout on record; `changed` is False where it was so already."""

    layout: BillerLayout
    changed: bool


def all_of(clinic: Clinic) -> tuple[BillerLayout, ...]:
    """Return the newest version of each layout, by name."""
    with clinic.reading():
        return tuple(
            biller_layout.from_definition(row.name, row.version, row.definition)
            for row in store.newest(clinic.connection)
        )


def named(clinic: Clinic, name: str) -> BillerLayout:
    """Return a layout.

    Raises:
        Misused: there is none of that name.
    """
    kept = all_of(clinic)
    found = _find(kept, name)
    if found is None and kept:
        raise Misused(
            say(
                "There is no layout {name}: there is {names}",
                name=shown(name),
                names=listed([each.name for each in kept]),
            )
        )
    if found is None:
        raise Misused(
            say("There is no layout {name}: save one with ptimer layouts", name=shown(name))
        )
    return found


def save(clinic: Clinic, typed: TypedLayout) -> Kept:
    """Keep a layout under its name, as its next version where it is another than before.

    Raises:
        Misused: a name, a column, a form or an order can't be used.
    """
    wanted = read(typed)
    with clinic.writing() as now:
        rows = store.newest(clinic.connection)
        kept = [
            biller_layout.from_definition(row.name, row.version, row.definition) for row in rows
        ]
        before = _find(kept, wanted.name)
        if before is not None and replace(wanted, name=before.name, version=0) == replace(
            before, version=0
        ):
            return Kept(before, changed=False)
        name = before.name if before else wanted.name
        layout = replace(wanted, name=name, version=before.version + 1 if before else 1)
        definition = biller_layout.definition(layout)
        store.add(clinic.connection, layout.name, layout.version, definition, at=now)
        audit_log.add(
            clinic.connection,
            audit_log.Entry(
                now,
                defaults.who(clinic),
                "layout-saved",
                before=_told(before) if before else None,
                after=_told(layout),
            ),
        )
    return Kept(layout, changed=True)


def read(typed: TypedLayout) -> BillerLayout:
    """Return the layout that was typed, of no version yet.

    Raises:
        Misused: a name, a column, a form or an order can't be used.
    """
    return BillerLayout(
        typed_text.layout_name(typed.name),
        0,
        _columns(typed.columns),
        _date_form(typed.date_form),
        delimiter(typed.delimiter),
        typed.bom,
        _modifier_order(typed.modifier_order),
    )


def as_typed(layout: BillerLayout) -> TypedLayout:
    """Return a layout as one would type it."""
    return TypedLayout(
        layout.name,
        tuple(f"{column.source}={column.title}" for column in layout.columns),
        layout.date_form,
        layout.delimiter,
        layout.bom,
        layout.modifier_order,
    )


def delimiter(text: str) -> str:
    """Return what stands between two cells; `tab` and `\\t` are a tab.

    Raises:
        Misused: it stands in cells itself, or is no single sign.
    """
    if text.casefold() in ("\\t", "tab"):
        return "\t"
    if len(text) != 1 or text.isalnum() or text in _NO_DELIMITERS or not text.isascii():
        raise Misused(say("{text} can't separate cells: use , ; | or tab", text=repr(text[:20])))
    return text


def _find(kept: Iterable[BillerLayout], name: str) -> BillerLayout | None:
    wanted = name.strip().casefold()
    return next((each for each in kept if each.name.casefold() == wanted), None)


def _told(layout: BillerLayout) -> dict[str, object]:
    return {"name": layout.label, **biller_layout.definition(layout)}


def _columns(typed: Iterable[str]) -> tuple[Column, ...]:
    columns = tuple(_column(each) for each in typed)
    if not columns:
        raise Misused(say("Name at least one column: the file would be empty"))
    seen: set[str] = set()
    for column in columns:
        if column.title.casefold() in seen:
            raise Misused(
                say("Two columns are called {title}: rename one", title=shown(column.title))
            )
        seen.add(column.title.casefold())
    return columns


def _column(typed: str) -> Column:
    source, _, title = (part.strip() for part in typed.partition("="))
    if source not in COLUMNS:
        raise _unknown_column(source)
    if "=" not in typed:
        return Column(source, source)
    if not title:
        raise Misused(
            say(
                "The column {column} is called nothing: type what the biller calls it",
                column=source,
            )
        )
    return Column(source, typed_text.column_title(title))


def _unknown_column(source: str) -> Misused:
    close = get_close_matches(source.casefold(), COLUMNS, n=2)
    if close:
        return Misused(
            say(
                "{column} is no column of the biller's file. Did you mean {hints}?",
                column=shown(source, 40),
                hints=listed(close, last="or"),
            )
        )
    return Misused(
        say(
            "{column} is no column of the biller's file. ptimer layouts lists them all",
            column=shown(source, 40),
        )
    )


def _date_form(typed: str) -> str:
    form = typed.strip()
    if not biller_layout.is_date_form(form):
        raise Misused(
            say(
                "{form} is no form of a date: use YYYY or YY, MM or M, DD or D, such as MM/DD/YYYY",
                form=shown(typed, 30),
            )
        )
    return form


def _modifier_order(typed: Iterable[str]) -> tuple[str, ...]:
    """Return the order, with what it does not name behind it as in the standard one."""
    named_ones = [each.strip().upper() for each in typed]
    for place, modifier in enumerate(named_ones):
        if len(modifier) != _MODIFIER_LENGTH or not (modifier.isascii() and modifier.isalnum()):
            raise Misused(
                say(
                    "{modifier} is no modifier: two letters or digits", modifier=shown(modifier, 20)
                )
            )
        if modifier in named_ones[:place]:
            raise Misused(say("{modifier} stands in the order twice: keep one", modifier=modifier))
    return tuple(dict.fromkeys([*named_ones, *MODIFIERS]))


def split_columns(text: str) -> tuple[str, ...]:
    """Return the columns of one text, between commas; a title with a comma stands in quotes."""
    if not text.strip():
        return ()
    return tuple(cell.strip() for row in csv.reader([text]) for cell in row)
