"""What can go wrong with the file, told so that a person can do something about it."""

from pathlib import Path

from ptimer.wording import Sentence, say

VISIT_MARKED = "visit-marked"
"""The rule of a visit that was not held: it takes no times."""


class StorageError(Exception):
    """The file can't be used as wanted; nothing was changed."""

    def __init__(self, sentence: Sentence) -> None:
        """Take the sentence that says what to do next."""
        super().__init__(str(sentence))
        self.sentence = sentence


class DamagedFile(StorageError):  # noqa: N818  (a name a person would say)
    """The file is damaged, cut off, or not a database at all."""

    def __init__(self, path: Path, detail: Sentence) -> None:
        """Name the file and what SQLite said of it."""
        super().__init__(
            say(
                "{file} is damaged or is not a ptimer database ({detail}). Nothing was changed. "
                "Keep it. Restore a backup with: ptimer restore FILE, or save what can be read "
                "with: ptimer salvage -o NEW.db",
                file=str(path),
                detail=detail,
            )
        )
        self.file = path


class ForeignFile(StorageError):  # noqa: N818
    """A database, but another program's."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            say(
                "{file} is another program's database. Nothing was changed. Move it away, or name "
                "another folder with --data-dir",
                file=str(path),
            )
        )
        self.file = path


class NewerFile(StorageError):  # noqa: N818
    """Written by a newer ptimer than this one."""

    def __init__(self, path: Path, version: int, known: int) -> None:
        """Name the file and both versions of its layout."""
        super().__init__(
            say(
                "{file} was written by a newer ptimer (layout {version}, this one knows {known}). "
                "Nothing was changed. Install the newer ptimer to open it",
                file=str(path),
                version=version,
                known=known,
            )
        )


class Locked(StorageError):  # noqa: N818
    """Another program holds the file."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(
            say(
                "{file} is in use by another program. Nothing was changed. Try again in a moment",
                file=str(path),
            )
        )


class CannotWrite(StorageError):  # noqa: N818
    """The folder is read-only, full, or gone."""

    def __init__(self, path: Path, detail: Sentence) -> None:
        """Name the file or folder and what the system said."""
        super().__init__(
            say(
                "Nothing can be recorded in {path}: {detail}. Nothing was changed. Make room or "
                "allow writing there, or name another folder with --data-dir",
                path=str(path),
                detail=detail,
            )
        )


class NoSuchVisit(StorageError):  # noqa: N818
    """A visit that is seen, and not recorded: it could not be yet."""

    def __init__(self) -> None:
        """Say what comes first."""
        super().__init__(
            say("The visit itself is not recorded yet. Nothing was changed. Try again once it is")
        )


class RefusedByStore(StorageError):  # noqa: N818
    """A trigger refused what the operations should have refused before; `rule` is its id."""

    def __init__(self, rule: str) -> None:
        """Take the rule id, or the sentence of a trigger that guards the record."""
        if rule == VISIT_MARKED:
            sentence = say(
                "A visit that is marked as cancelled or no-show takes no times: take the mark "
                "back first"
            )
        else:
            sentence = say("The database refused it: {rule}", rule=rule)
        super().__init__(sentence)
        self.rule = rule
