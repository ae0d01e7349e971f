"""In which folder does the record lie?"""

import os
from pathlib import Path

from ptimer.storage import database

FOLDER_VARIABLE = "PTIMER_DATA_DIR"


def data_folder(named: str | Path | None) -> Path:
    """Return the record's folder: named, by the environment, else the user's data folder."""
    if named is not None:
        return Path(named)
    variable = os.environ.get(FOLDER_VARIABLE)
    if variable:
        return Path(variable)
    from platformdirs import user_data_path  # only where no folder is named

    return user_data_path("ptimer", appauthor=False)


def holds_record(folder: Path) -> bool:
    """Return whether a record was made in a folder before."""
    try:
        return database.database_file(folder).exists()
    except (OSError, ValueError):
        return False
