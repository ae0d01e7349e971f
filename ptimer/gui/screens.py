"""Which screens are there besides today's, and how is each made when it is first wanted?"""

from ptimer.gui.main_window import MainWindow


def offer_screens(window: MainWindow) -> None:
    """Let the window know all screens; none is made, nor its module imported, before it is seen."""
    del window
