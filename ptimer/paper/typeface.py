"""Which type is ptimer written in, on screens and on paper?"""

from PySide6.QtGui import QFontDatabase, QGuiApplication

from ptimer import resources

FAMILY = "Inter"
REGULAR, MEDIUM, BOLD = 400, 500, 600

_LOADED = "ptimer-fonts-loaded"


def load_fonts() -> None:
    """Make the bundled type known, once a program."""
    application = QGuiApplication.instance()
    if application is None or application.property(_LOADED):
        return
    application.setProperty(_LOADED, True)
    for path in resources.files("fonts", ".otf"):
        QFontDatabase.addApplicationFont(str(path))
