"""What was done and why it took a therapist: short fields, for each one-on-one code of a visit."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ptimer.billing.skilled_fields import FieldKind, Part
from ptimer.billing.skilled_parts import NO_PARTS, SkilledParts, to_carry
from ptimer.gui import texts
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.look import Look
from ptimer.gui.sign.code_tabs import CodeTab, CodeTabs
from ptimer.gui.sign.goal_editor import GoalEditor
from ptimer.gui.sign.part_editor import PartEditor
from ptimer.gui.sign.part_editors import LineEditor, editor_of
from ptimer.gui.texts import Label
from ptimer.operations.skilled import Earlier
from ptimer.operations.visit_view import VisitView

Typed = dict[tuple[str, Part], tuple[str, ...]]
"""What was typed and is not recorded yet, by code and part."""

_ROWS = (
    (Part.COMPONENT,),
    (Part.ASSISTANCE, Part.AMOUNT),
    (Part.WHY,),
    (Part.RESPONSE, Part.PAIN),
    (Part.OUTCOME, Part.GOAL),
    (Part.EDUCATION,),
    (Part.SUPERVISION,),
)
"""Which fields stand beside each other."""


class SkilledForm(QWidget):
    """The fields of the code that is open.

    Signals:
        given(code, part, value): a value is meant.
        goal_typed(code, text): a new goal is to be added, and picked.
        carry_wanted(code): a press takes over what the last visit has.
        edited(): something is being typed.
    """

    given = Signal(str, object, object)
    goal_typed = Signal(str, str)
    carry_wanted = Signal(str)
    edited = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make a form without a code."""
        super().__init__(parent)
        self.look = look
        self.editors: dict[Part, PartEditor] = {}
        self.tabs = CodeTabs(look)
        self.carry = Button(look, "", kind="small")
        self.carried = Label(look, pixels=12, color="mute", wrap=True)
        self._typed: Typed = {}
        self._shown = ""
        self._view: VisitView | None = None
        self._earlier: Mapping[str, Sequence[Earlier]] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.px(6))
        self._arrange()
        self.tabs.chosen.connect(self.open_code)
        self.carry.clicked.connect(lambda: self.carry_wanted.emit(self.code))

    @property
    def code(self) -> str:
        """The code that is open."""
        return self.tabs.code

    @property
    def typed(self) -> Typed:
        """What was typed and is not recorded yet."""
        return dict(self._typed)

    def start_anew(
        self, view: VisitView, earlier: Mapping[str, Sequence[Earlier]], drafts: Typed
    ) -> None:
        """Show another visit; `drafts` are values of it that could not be recorded before."""
        self._typed = dict(drafts)
        self._earlier = earlier
        self.tabs.show_tabs(())
        for editor in self.editors.values():
            editor.mark_wrong(False)
            if isinstance(editor, GoalEditor):
                editor.drop()
        self.show_view(view)

    def show_view(self, view: VisitView) -> None:
        """Repaint from the visit at a moment; what is half typed stays."""
        self._view = view
        codes = view.skilled_codes
        self.setVisible(bool(codes) and not view.visit.signed and not view.away)
        if self.isHidden():
            return
        if not self.editors:
            self._make_editors(view)
        opened = self.code
        self.tabs.show_tabs([self._tab(view, code) for code in codes])
        if self.code != opened:
            self._offer(view)
        self._show_values(view)

    def open_code(self, code: str) -> None:
        """Show the fields of another code."""
        view = self._view
        if view is None or code not in view.skilled_codes:
            return
        self._give_all()
        self.tabs.open(code)
        self._offer(view)
        self._show_values(self._view or view)

    def lead_to(self, code: str, part: Part) -> None:
        """Let the keyboard go to a field."""
        self.open_code(code)
        if part in self.editors:
            self.editors[part].take_focus()

    def lead_to_empty(self) -> None:
        """Let the keyboard go to the first empty field of this code, else of those behind it."""
        view = self._view
        if view is None or self.isHidden():
            return
        codes = list(view.skilled_codes)
        at = codes.index(self.code)
        for code in (*codes[at:], *codes[:at]):
            parts = self._parts(view, code)
            for field in view.rules.skilled_fields:
                if not field.sometimes and not parts.filled(field.part):
                    self.lead_to(code, field.part)
                    return

    def show_kept(self, code: str, part: Part, *, kept: bool) -> None:
        """Show whether what was given is recorded; what is not stays as it is typed."""
        if kept:
            self._typed.pop((code, part), None)
        if code == self.code and part in self.editors:
            self.editors[part].mark_wrong(not kept)

    def close_new_goal(self) -> bool:
        """Put the line of a new goal away; return whether there was one."""
        editor = self.editors.get(Part.GOAL)
        if not isinstance(editor, GoalEditor) or editor.new.isHidden():
            return False
        editor.drop()
        return True

    # -- inside --------------------------------------------------------------------------------

    def _parts(self, view: VisitView, code: str) -> SkilledParts:
        return view.record.skilled.get(code, NO_PARTS)

    def _tab(self, view: VisitView, code: str) -> CodeTab:
        parts = self._parts(view, code)
        usual = [field.part for field in view.rules.skilled_fields if not field.sometimes]
        minutes = self.tr("{0} min").format(view.minutes_of(code))
        return CodeTab(code, minutes, all(parts.filled(part) for part in usual))

    def _make_editors(self, view: VisitView) -> None:
        for field in view.rules.skilled_fields:
            editor = editor_of(self.look, field)
            self.editors[field.part] = editor
            editor.given.connect(lambda part=field.part: self._give(part))
            editor.edited.connect(lambda part=field.part: self._note(part))
            if isinstance(editor, GoalEditor):
                editor.goal_typed.connect(lambda text: self.goal_typed.emit(self.code, text))
        for parts in _ROWS:
            row = FlowLayout(gap=self.look.px(12), line_gap=self.look.px(6), at_top=True)
            for part in parts:
                row.addWidget(self.editors[part])
            self._rows.addLayout(row)
        for editor in self.editors.values():
            editor.show()  # at once: the keyboard may be led there before the next event

    def _offer(self, view: VisitView) -> None:
        for field in view.rules.skilled_fields:
            editor = self.editors[field.part]
            if field.kind is FieldKind.SEVERAL:
                editor.show_value(())
            editor.offer(field, self.code)
            editor.mark_wrong((self.code, field.part) in self._typed)

    def _show_values(self, view: VisitView) -> None:
        code = self._shown = self.code
        parts = self._parts(view, code)
        earlier = self._earlier.get(code, ())
        for part, editor in self.editors.items():
            if isinstance(editor, GoalEditor):
                editor.show_goals(view.record.goals)
            editor.show_value(self._typed.get((code, part), parts.of(part)))
            lacking = part in view.record.required_fields and not parts.filled(part)
            editor.show_lacking(lacking and (code, part) not in self._typed)
            if isinstance(editor, LineEditor):
                editor.show_earlier(earlier)
        self._show_carry(view, parts, earlier)

    def _show_carry(self, view: VisitView, parts: SkilledParts, earlier: Sequence[Earlier]) -> None:
        last = next(iter(earlier), None)
        goals = [goal.id for goal in view.record.goals if not goal.ended]
        fields = view.rules.skilled_fields
        carries = last is not None and bool(to_carry(parts, last.parts, fields, goals))
        self.carry.setVisible(carries)
        if last is not None:
            day = texts.written_date(last.day)
            self.carry.set_words(self.tr("As last visit ({0})").format(day))
            about = self.tr("Fills what is empty here with what was recorded on {0}, except pain")
            self.carry.setAccessibleDescription(about.format(day))
        self.carried.setVisible(parts.carried_from is not None)
        if parts.carried_from is not None:
            day = texts.written_date(parts.carried_from)
            self.carried.say(
                self.tr("Taken over in part from {0}: change what is different today.").format(day)
            )

    def _note(self, part: Part) -> None:
        """Keep in mind what is being typed; nothing is recorded yet."""
        view = self._view
        if view is None:
            return
        value, key = self.editors[part].value(), (self.code, part)
        if value == self._parts(view, self.code).of(part):
            self._typed.pop(key, None)
        else:
            self._typed[key] = value
        editor = self.editors[part]
        if isinstance(editor, LineEditor):
            editor.show_earlier(self._earlier.get(self.code, ()))
        self.edited.emit()

    def _give(self, part: Part) -> None:
        self._note(part)
        if (self.code, part) in self._typed:
            self.given.emit(self.code, part, self._typed[self.code, part])

    def _give_all(self) -> None:
        """Give what is typed of the code on show: a press on a tab leaves no field by itself."""
        shown = self._shown
        for (code, part), value in self.typed.items():
            if code == shown:
                self.given.emit(code, part, value)

    def _arrange(self) -> None:
        look = self.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(6))
        head = QHBoxLayout()
        head.setContentsMargins(look.px(SIDE), 0, look.px(SIDE), 0)
        head.addWidget(self.tabs, 1)
        column.addLayout(head)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, look.px(SIDE), 0)
        line.addWidget(self.carry)
        line.addWidget(self.carried, 1)
        line.addStretch()
        self.carried.setIndent(look.px(SIDE))
        column.addLayout(line)
        column.addLayout(self._rows)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hide()
