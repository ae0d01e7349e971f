"""What a clinician does at the window: keys, presses, and time that passes."""

import csv
from datetime import datetime, timedelta

from PySide6.QtCore import Qt

from ptimer.gui.people.who_panel import WhoPanel
from ptimer.timing.service_date import local

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
TICK_SECONDS = 20
"""Ticks of a real window come each second; more than 30 seconds apart they mean a sleep."""


class Hands:
    """Two hands and a watch."""

    def __init__(self, qtbot, window, clock):
        self.qtbot = qtbot
        self.window = window
        self.clock = clock

    # -- time ----------------------------------------------------------------------------------

    def at(self, time):
        """Let the day go on to a time of it, `08:23:20`, with ticks on the way."""
        now = local(self.clock.now(), self.clock.zone)
        wanted = datetime.fromisoformat(f"{now.date()}T{time}").replace(tzinfo=now.tzinfo)
        if wanted < now:
            wanted += timedelta(days=1)
        left = (wanted - now).total_seconds()
        while left > 0:
            self.clock.advance(seconds=min(left, TICK_SECONDS))
            self.window.desk.tick()
            left -= TICK_SECONDS

    # -- hands ---------------------------------------------------------------------------------

    @property
    def keyboard(self):
        """Where a key goes to. (Qt's own answer is the popup of suggestions, without a screen.)"""
        return self.window.focusWidget() or self.window

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        """Press a key where the keyboard is."""
        self.qtbot.keyClick(self.keyboard, key, modifier)

    def type(self, text):
        """Type where the keyboard is."""
        self.qtbot.keyClicks(self.keyboard, text)

    def click(self, widget):
        """Press a button that can be seen and pressed."""
        assert widget.isVisible()
        assert widget.isEnabled()
        self.qtbot.mouseClick(widget, LEFT)

    # -- visits --------------------------------------------------------------------------------

    def visit(self, patient, *, payer=""):
        """Open a visit: Ctrl+N, an id, Enter; the payer only where it is another one."""
        self.key(Qt.Key.Key_N, CTRL)
        form = self.window.today.visits.form
        self.type(patient)
        if payer:
            self.pick(form.payer, payer)
        self.qtbot.keyClick(form.patient, Qt.Key.Key_Return)
        assert self.window.desk.view.visit.patient == patient

    def pick(self, choice, text):
        """Go to an entry of a list with the arrows."""
        steps = choice.findText(text) - choice.currentIndex()
        for _ in range(abs(steps)):
            self.qtbot.keyClick(choice, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
        assert choice.currentText() == text

    def choose(self, patient):
        """Press a visit in the list on the left."""
        cards = self.window.today.visits.list.cards
        self.click(next(card for card in cards if card.row.patient == patient))
        assert self.window.desk.view.visit.patient == patient

    def press(self, code):
        """Press a code's card by its digit."""
        self.window.setFocus()
        place = [card.code for card in self.window.desk.cards()].index(code)
        self.type(str(place + 1))

    def stop(self):
        """Stop what started last."""
        self.window.setFocus()
        self.key(Qt.Key.Key_Space)

    def sign(self, patient):
        """Finish & sign a patient's visit, which lacks nothing."""
        self.sign_part(patient)
        assert self.visit_of(patient).signed

    def sign_part(self, patient):
        """Finish & sign what who treats did in a patient's visit."""
        self.choose(patient)
        self.click(self.window.today.stopwatches.header.sign)
        self.key(Qt.Key.Key_Return, CTRL)
        self.click(self.window.header.places["today"])

    def treat_as(self, name):
        """Let another clinician press: their name in the header's panel, typed or picked."""
        self.click(self.window.header.who)
        panel = self.window.findChild(WhoPanel)
        people = panel.list.model_of_people.people
        known = [person.name for person in people]
        if name in known:
            index = panel.list.model_of_people.index(known.index(name))
            area = panel.list.visualRect(index)
            self.qtbot.mouseClick(panel.list.viewport(), LEFT, pos=area.center())
        else:
            self.qtbot.keyClicks(panel.another, name)
            self.qtbot.keyClick(panel.another, Qt.Key.Key_Return)
            self.qtbot.keyClick(panel.another, Qt.Key.Key_Escape)
        assert not panel.isVisible()
        assert self.window.desk.who.clinician == name.partition(",")[0]

    # -- what is seen --------------------------------------------------------------------------

    @property
    def running(self):
        """Who is timed for what."""
        return [(s.patient, s.code) for s in self.window.desk.today.running]

    @property
    def units(self):
        """The large figure of the unit panel, and the line below it."""
        big = self.window.today.panel.big
        return big.shown, big.line_shown

    def visit_of(self, patient):
        """Return a visit of today as the record has it."""
        self.window.desk.refresh()
        visits = (*self.window.desk.today.visits, *self.window.desk.today.earlier)
        return next(view.visit for view in visits if view.visit.patient == patient)

    def screen(self, name):
        """Return the screen that is shown."""
        assert self.window.body.name == name
        return self.window.body.screens[name]

    # -- the biller's file ---------------------------------------------------------------------

    def export(self, path):
        """See the lines of the day, save them into a file, and return its rows."""
        self.click(self.window.header.places["day-summary"])
        self.key(Qt.Key.Key_E, CTRL)
        screen = self.screen("export")
        self.qtbot.waitUntil(lambda: screen.preview is not None and not screen.preparing)
        screen.saving.ask_file = lambda *_: path
        self.click(screen.page.save)
        self.qtbot.waitUntil(lambda: path.exists() and not screen.saving.under_way)
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
