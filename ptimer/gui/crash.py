"""What happens to an error that is ptimer's own fault? It is written down and told, never eaten."""

import logging
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

_LOG = "ptimer-errors.log"
_MOST_BYTES = 500_000


def write_errors_down(folder: Path, tell: Callable[[str], None]) -> None:
    """Write every uncaught error into the folder's log, then tell where it is."""
    log = logging.getLogger("ptimer")
    path = folder / _LOG
    if not log.handlers:
        log.addHandler(
            RotatingFileHandler(
                path, maxBytes=_MOST_BYTES, backupCount=1, encoding="utf-8", delay=True
            )
        )
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("uncaught", exc_info=(kind, error, trace))
        before(kind, error, trace)
        tell(str(path))

    sys.excepthook = hook
