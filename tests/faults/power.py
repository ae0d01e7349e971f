"""What can be on a disk after its power was cut? A model of files, fed with what SQLite asked.

What was synced is there. Of everything since a file's last sync, anything may be there: nothing,
the first part, with the last write torn in its middle, or any of its sectors in any order; and so
with what happened to the names in the folder.
"""

from dataclasses import dataclass, field

SECTOR = 512
SHARES = (0.1, 0.5, 0.9)


@dataclass
class Content:
    """A file's bytes as they are safe, and the changes that are not yet."""

    safe: bytearray = field(default_factory=bytearray)
    changes: list = field(default_factory=list)

    def sync(self):
        for change in self.changes:
            _apply(self.safe, change)
        self.changes.clear()


class Disk:
    """The files of one folder."""

    def __init__(self, files):
        """Begin with files that are safe, by name."""
        self.now = {name: Content(bytearray(content)) for name, content in files.items()}
        self.safe_names = dict(self.now)
        self.renamings = []
        """What happened to names since the folder's last sync: a name and its content, or None."""

    def do(self, kind, name, offset, content):
        """Do what SQLite asked."""
        if kind == "create" or (kind == "write" and name not in self.now):
            self._name(name, Content())
        if kind == "write":
            self.now[name].changes.append((offset, content))
        elif kind == "truncate":
            self.now[name].changes.append((offset, None))
        elif kind == "delete":
            self._name(name, None)
            if offset:
                self._sync_names()
        elif kind.startswith("sync"):
            self.now[name].sync()
            if kind == "sync-new":
                self._sync_names()

    def _name(self, name, content):
        self.renamings.append((name, content))
        if content is None:
            self.now.pop(name, None)
        else:
            self.now[name] = content

    def _sync_names(self):
        self.safe_names = dict(self.now)
        self.renamings.clear()

    def cut(self, how, chance):
        """Return files as they may be found after the power was cut now."""
        names = dict(self.safe_names)
        for name, content in _left(self.renamings, how, chance):
            names[name] = content
        return {
            name: _after(content, how, chance)
            for name, content in names.items()
            if content is not None
        }


def _left(changes, how, chance):
    """Return which of some changes came to the disk."""
    if how == "dropped":
        return []
    if how == "torn":
        return changes[: chance.randint(0, len(changes))]
    share = chance.choice(SHARES)
    return [each for each in changes if chance.random() < share]


def _after(content, how, chance):
    found = bytearray(content.safe)
    pieces = content.changes if how == "torn" else _in_sectors(content.changes)
    left = list(_left(pieces, how, chance))
    if how == "torn" and left and left[-1][1] is not None:
        offset, written = left[-1]
        cut = chance.randint(0, len(written))
        left[-1] = offset, written[: cut - cut % SECTOR]
    for change in left:
        _apply(found, change)
    return bytes(found)


def _in_sectors(changes):
    """Return changes of whole sectors: each comes to the disk by itself."""
    found = []
    for offset, written in changes:
        if written is None:
            found.append((offset, None))
            continue
        at = 0
        while at < len(written):
            size = min(SECTOR - (offset + at) % SECTOR, len(written) - at)
            found.append((offset + at, written[at : at + size]))
            at += size
    return found


def _apply(content, change):
    offset, written = change
    if written is None:
        del content[offset:]
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(written)] = written
