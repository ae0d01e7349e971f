"""Codes & rules: what the code book holds, which rules are in force, and who pays how."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptimer.billing.codebook import Attendance, Code, Count, Discipline
from ptimer.billing.visit_units import Terms
from ptimer.gui.codes.code_detail import CodeDetail
from ptimer.gui.codes.code_rows import row_of
from ptimer.gui.codes.code_table import CodeTable
from ptimer.gui.codes.forms_column import FormsColumn
from ptimer.gui.codes.payer_list import PayerList
from ptimer.gui.codes.rules_column import RulesColumn
from ptimer.gui.codes.tables_importing import TablesImporting
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.chips import Chips
from ptimer.gui.controls.search_field import SearchField
from ptimer.gui.desk import Desk
from ptimer.gui.frame import keys
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, Times, core, short, words
from ptimer.gui.today.today_screen import TodayScreen
from ptimer.operations import visiting
from ptimer.operations.defaults import MEDICARE
from ptimer.timing.clock import Instant
from ptimer.wording import listed


class CodesScreen(QObject):
    """The screen of the books; its left column stays away."""

    def __init__(self, look: Look, desk: Desk, times: Times, today: TodayScreen) -> None:
        """Make the two columns."""
        super().__init__()
        del times, today  # the books know dates, and no visit
        self.look = look
        self.desk = desk
        self.search = SearchField(look, self.tr("Search"), hint=self.tr("number or word"))
        named = [(each.value, each.value) for each in Discipline]
        self.disciplines = Chips(look, self.tr("Discipline"), named)
        self.table = CodeTable(look)
        self.detail = CodeDetail(look)
        self.line = Label(look, pixels=12, color="mute", wrap=True)
        self.rules = RulesColumn(look)
        self.tables = TablesImporting(look, desk)
        self.payers = PayerList(look)
        self.own = Button(look, self.tr("Own code"), icon="plus")
        self.left: QWidget | None = None
        self.centre: QWidget = self._centre()
        self.forms = FormsColumn(look, desk, self._books())
        self.right: QWidget | None = self.forms.area
        self.disciplines.set_values([self._usual_discipline()])
        self._connect()

    def enter(self) -> None:
        """Show what is so now."""
        self.refresh()

    def close_typed(self) -> bool:
        """Close the form that is open; return whether one was."""
        return self.forms.close()

    def leave(self) -> None:
        """Forget what is looked for and half typed."""
        self.search.clear()
        self.forms.close()

    def refresh(self) -> None:
        """Show what is so now."""
        self._show_codes()
        self._show_rules()

    def tick(self, now: Instant) -> None:
        """Do nothing: no second changes the books."""

    # -- what is shown -------------------------------------------------------------------------

    def _terms(self) -> Terms:
        """Return the books of today under Medicare, whose units a day are shown."""
        book = self.desk.clinic.rulebook
        day = self.desk.today.date
        return book.on(day).terms(book.payers[MEDICARE])

    def _show_codes(self) -> None:
        terms = self._terms()
        wanted = self.disciplines.values()
        found = [code for code in terms.book.search(self.search.text(), core) if not code.apart]
        shown = sorted((code for code in found if _is_of(code, wanted)), key=_place)
        rows = tuple(row_of(code, terms, self.desk.today.date) for code in shown)
        self.table.show_rows(rows, self._why_empty(len(found)))
        all_of = sum(_is_of(code, wanted) and not code.apart for code in terms.book)
        parts = [self._count(len(rows), all_of)]
        if len(found) > len(rows):
            parts.append(self.tr("{0} more in other disciplines").format(len(found) - len(rows)))
        parts.append(self.tr("units a day for Medicare"))
        if any(row.starred for row in rows):
            parts.append(self.tr("* indicator not known: warns, doesn't cut"))
        self.line.say(" · ".join(parts))

    def _count(self, shown: int, all_of: int) -> str:
        wanted = self.disciplines.values()
        if not wanted:
            return self.tr("{0} of {1} codes shown").format(shown, all_of)
        return self.tr("{0} of {1} {2} codes shown").format(shown, all_of, words(listed(wanted)))

    def _why_empty(self, elsewhere: int) -> str:
        text = short(self.search.text().strip(), 40)
        if elsewhere:
            sentence = self.tr("No {0} code holds “{1}”, but {2} of other disciplines do.")
            chosen = words(listed(self.disciplines.values(), last="or"))
            return sentence.format(chosen, text, elsewhere)
        return self.tr("No code holds “{0}”.").format(text)

    def _show_detail(self, number: str) -> None:
        terms = self._terms()
        self.detail.show_code(terms.book.find(number) if number else None, terms)

    def _show_rules(self) -> None:
        terms = self._terms()
        self.rules.show_rules(terms.rules.sources, self.desk.today.date)
        self.payers.show_payers(self.desk.clinic.rulebook.payers, terms.rules, terms.book)

    def _usual_discipline(self) -> str:
        view = self.desk.view
        if view is not None:
            return view.visit.discipline
        offered = self.desk.attempt(visiting.offer, refresh=False)
        return offered.discipline if offered else Discipline.PT.value

    def _search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    # -- what is made and kept -----------------------------------------------------------------

    def _make_code(self) -> None:
        self.forms.make_code(self.disciplines.values())

    def _copy_code(self, number: str) -> None:
        self.forms.copy_code(self._terms().book[number])

    def _show_made(self, name: str) -> None:
        """Show what is kept where it stands: a code in the table, a payer in the list."""
        self.forms.close()
        if name in self.payers.cards or self.desk.clinic.rulebook.codes.find(name) is None:
            self._show_rules()
            self._show_payer(name)
        else:
            self._show_code(name)

    def _show_code(self, number: str) -> None:
        """Choose a code, whatever the search and the chips hid of it."""
        self.search.clear()
        code = self._terms().book[number]
        if not _is_of(code, self.disciplines.values()):
            self.disciplines.set_values([each.value for each in code.disciplines])
        self._show_codes()
        self.table.choose(number)
        self._show_detail(number)

    def _show_payer(self, name: str) -> None:
        card = self.payers.cards[name]
        card.open_details()
        self.forms.bring(card)

    # -- making --------------------------------------------------------------------------------

    def _centre(self) -> QWidget:
        look = self.look
        centre = QWidget()
        head = QHBoxLayout()
        head.setSpacing(look.px(8))
        head.addWidget(Label(look, self.tr("Codes"), pixels=20, weight=BOLD))
        self.search.setMaximumWidth(look.px(260))
        head.addWidget(self.search, 1)
        head.addWidget(self.disciplines)
        head.addStretch()
        head.addWidget(self.own)
        column = QVBoxLayout(centre)
        column.setContentsMargins(look.px(20), look.px(12), look.px(20), look.px(14))
        column.setSpacing(look.px(8))
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.line)
        column.addWidget(self.detail)
        shortcut = QShortcut(QKeySequence(keys.SEARCH.sequence), centre)
        shortcut.activated.connect(self._search)
        return centre

    def _books(self) -> QWidget:
        books = QWidget()
        column = QVBoxLayout(books)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.px(10))
        column.addWidget(self.rules)
        column.addWidget(self.tables)
        column.addWidget(self.payers)
        return books

    def _connect(self) -> None:
        self.search.textEdited.connect(self._show_codes)
        self.search.left_down.connect(self.table.enter_rows)
        self.disciplines.changed.connect(self._show_codes)
        self.table.code_chosen.connect(self._show_detail)
        self.detail.closed.connect(self.table.clear_choice)
        self.own.clicked.connect(self._make_code)
        self.tables.imported.connect(self.refresh)
        self.detail.copy_wanted.connect(self._copy_code)
        self.detail.change_wanted.connect(self.forms.change_code)
        self.detail.end_wanted.connect(self.forms.end_code)
        self.payers.add_wanted.connect(self.forms.open_payer)
        self.payers.copy_wanted.connect(self.forms.copy_payer)
        self.payers.change_wanted.connect(self.forms.change_payer)
        self.payers.end_wanted.connect(self.forms.end_payer)
        self.payers.fees_wanted.connect(self.forms.open_fees)
        self.forms.made.connect(self._show_made)


_ORDER = tuple(Attendance)
_COUNTS = tuple(Count)


def _place(code: Code) -> tuple[int, int]:
    """Return where a code stands: what is done with one's hands first, evaluations last."""
    return _ORDER.index(code.attendance), _COUNTS.index(code.count)


def _is_of(code: Code, disciplines: list[str]) -> bool:
    return not disciplines or any(each.value in disciplines for each in code.disciplines)
