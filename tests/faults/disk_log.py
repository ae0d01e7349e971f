"""What does SQLite ask of the disk, call by call? The calls pass through here on their way.

SQLite's way to the system (its "VFS") is a table of functions; some of them are replaced by ones
that note the call, and then do what was wanted. Nothing of the program's own is changed by that:
the same library, the same connection, the same pragmas.
"""

import ctypes
import ctypes.util
import sqlite3
from pathlib import Path

OK = 0
OPEN_NEW_LOG = 0x00080000 | 0x00000800 | 0x00004000
"""A write-ahead log, a journal, a super journal: their folder is synced with their first sync."""
OPEN_CREATE = 0x00000004

_int, _long, _pointer, _text = ctypes.c_int, ctypes.c_int64, ctypes.c_void_p, ctypes.c_char_p
_CLOSE = ctypes.CFUNCTYPE(_int, _pointer)
_WRITE = ctypes.CFUNCTYPE(_int, _pointer, _pointer, _int, _long)
_TRUNCATE = ctypes.CFUNCTYPE(_int, _pointer, _long)
_SYNC = ctypes.CFUNCTYPE(_int, _pointer, _int)
_OPEN = ctypes.CFUNCTYPE(_int, _pointer, _pointer, _pointer, _int, ctypes.POINTER(_int))
_DELETE = ctypes.CFUNCTYPE(_int, _pointer, _pointer, _int)
"""A name is a plain pointer: SQLite keeps it, and reads on behind its end."""


class _Methods(ctypes.Structure):
    """What can be done with an open file."""

    _fields_ = (
        ("version", _int),
        ("close", _pointer),
        ("read", _pointer),
        ("write", _pointer),
        ("truncate", _pointer),
        ("sync", _pointer),
        ("others", _pointer * 13),
    )


class _File(ctypes.Structure):
    _fields_ = (("methods", ctypes.POINTER(_Methods)),)


class _System(ctypes.Structure):
    """What can be done with files."""

    _fields_ = (
        ("version", _int),
        ("file_size", _int),
        ("longest_path", _int),
        ("next", _pointer),
        ("name", _text),
        ("data", _pointer),
        ("open", _pointer),
        ("delete", _pointer),
    )


def can_listen():
    """Return whether the library that Python's sqlite3 uses can be got hold of."""
    return _library() is not None


def listen(heard):
    """Call `heard(kind, path, offset, content)` at each change that SQLite asks of the disk.

    From now on and for as long as the process lives. A change is heard once it is done, and the
    next one is not begun before `heard` returns. Kinds: create, write, truncate, sync, sync-new
    (the folder, too), delete.
    """
    library = _library()
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_System)
    _Listener(library.sqlite3_vfs_find(None).contents, heard)


def _library():
    name = ctypes.util.find_library("sqlite3")
    if name is None:
        return None
    library = ctypes.CDLL(name)
    library.sqlite3_libversion.restype = _text
    loaded = Path("/proc/self/maps")
    same = library.sqlite3_libversion().decode() == sqlite3.sqlite_version
    return library if same and loaded.exists() else None


def _path(name):
    return Path(ctypes.string_at(name).decode())


class _Listener:
    """Stands between SQLite and the system."""

    alive = []  # noqa: RUF012  (what C calls must not be collected)

    def __init__(self, system, heard):
        self.heard = heard
        self.paths = {}
        self.unsynced_folders = set()
        self.methods = {}
        self.really_open = _OPEN(system.open)
        self.really_delete = _DELETE(system.delete)
        self.given = (_OPEN(self.open), _DELETE(self.delete))
        system.open, system.delete = (ctypes.cast(each, _pointer).value for each in self.given)
        self.alive.append(self)

    def open(self, system, name, file, flags, told):
        path = _path(name) if name else None
        is_new = path is not None and flags & OPEN_CREATE and not path.exists()
        done = self.really_open(system, name, file, flags, told)
        if done == OK and path is not None:
            self.paths[file] = path
            if flags & OPEN_CREATE and flags & OPEN_NEW_LOG:
                self.unsynced_folders.add(file)
            opened = ctypes.cast(file, ctypes.POINTER(_File)).contents
            opened.methods = ctypes.pointer(self.listening(opened.methods))
            if is_new:
                self.heard("create", path, 0, b"")
        return done

    def delete(self, system, name, sync_folder):
        done = self.really_delete(system, name, sync_folder)
        if done == OK:
            self.heard("delete", _path(name), sync_folder, b"")
        return done

    def listening(self, methods):
        """Return the functions for an open file, with ours in the place of some."""
        address = ctypes.addressof(methods.contents)
        if address not in self.methods:
            ours = _Methods.from_buffer_copy(methods.contents)
            given = self.replacements(methods.contents)
            for name, function in given.items():
                setattr(ours, name, ctypes.cast(function, _pointer).value)
            self.methods[address] = ours, given
        return self.methods[address][0]

    def replacements(self, methods):
        close, write = _CLOSE(methods.close), _WRITE(methods.write)
        truncate, sync = _TRUNCATE(methods.truncate), _SYNC(methods.sync)

        def closed(file):
            self.paths.pop(file, None)
            return close(file)

        def written(file, content, size, offset):
            done = write(file, content, size, offset)
            if done == OK and file in self.paths:
                self.heard("write", self.paths[file], offset, ctypes.string_at(content, size))
            return done

        def truncated(file, size):
            done = truncate(file, size)
            if done == OK and file in self.paths:
                self.heard("truncate", self.paths[file], size, b"")
            return done

        def synced(file, flags):
            done = sync(file, flags)
            if done == OK and file in self.paths:
                new = file in self.unsynced_folders
                self.unsynced_folders.discard(file)
                self.heard("sync-new" if new else "sync", self.paths[file], 0, b"")
            return done

        return {
            "close": _CLOSE(closed),
            "write": _WRITE(written),
            "truncate": _TRUNCATE(truncated),
            "sync": _SYNC(synced),
        }
