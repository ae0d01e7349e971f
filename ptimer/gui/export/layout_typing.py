"""How is a biller's own layout typed? The real lines show it at once; then it is kept, or not."""

from PySide6.QtCore import QObject, Signal

from ptimer.gui.desk import Desk
from ptimer.gui.export.export_page import ExportPage
from ptimer.gui.export.export_preview import Preview, sheet_of
from ptimer.gui.export.export_side import ExportSide
from ptimer.operations import biller_layouts
from ptimer.operations.errors import Problem


class LayoutTyping(QObject):
    """Stands between the form of a layout and the lines beside it.

    Signals:
        changed(): the form was opened or closed.
        saved(): a layout was kept, and is chosen.
    """

    changed = Signal()
    saved = Signal()

    def __init__(self, desk: Desk, page: ExportPage, side: ExportSide) -> None:
        """Wait until the form is opened."""
        super().__init__()
        self._desk = desk
        self._page = page
        self._side = side
        self._preview: Preview | None = None
        form = side.layout_form
        side.layout_opened.connect(self._open)
        form.edited.connect(self._show_typed)
        form.save_wanted.connect(self._save)
        form.closed.connect(self.close)

    def show_lines(self, preview: Preview) -> None:
        """Show other lines: as they will be written, or as what is being typed would have them."""
        self._preview = preview
        if not (self._side.typing_layout and self._show_typed()):
            self._page.table.show_sheet(preview.sheet)

    def close(self) -> None:
        """Close the form; the lines are as they were before it."""
        self._side.close_layout()
        if self._preview is not None:
            self._page.table.show_sheet(self._preview.sheet)
        self.changed.emit()

    def _open(self) -> None:
        self._show_typed()
        self.changed.emit()

    def _show_typed(self) -> bool:
        """Show the lines as they are typed; return False where what is typed can't be used."""
        layout = self._side.layout_form.layout_typed()
        if layout is None or self._preview is None or not self._preview.lines:
            return False
        self._page.table.show_sheet(sheet_of(self._preview.lines, layout))
        return True

    def _save(self) -> None:
        form, clinic = self._side.layout_form, self._desk.clinic
        try:
            kept = biller_layouts.save(clinic, form.typed())
            layouts = biller_layouts.all_of(clinic)
        except Problem as problem:
            form.complain(self._desk.told_in_form(problem))
            return
        self._desk.refresh()
        self._side.show_layouts(layouts, kept.layout.name)
        self.close()
        self.saved.emit()
