"""Which bytes does a file hold? Noted while they are written, so that it can be made again."""

import codecs
import zlib
from dataclasses import dataclass
from typing import TextIO

from ptimer.operations.writing_files import encoding_of


@dataclass(frozen=True)
class Written:
    """A file's bytes: `content` is deflated, `sha256` and `size` are of the bytes themselves."""

    content: bytes
    sha256: str
    size: int


class Noted:
    """Passes text on to a file, where there is one, and notes the bytes that it becomes."""

    def __init__(self, out: TextIO | None, *, bom: bool) -> None:
        """Note nothing yet; `bom` is as the file was opened."""
        from hashlib import sha256  # slow to load, and only an export needs it

        self._out = out
        self._encoder = codecs.getincrementalencoder(encoding_of(bom=bom))()
        self._deflated = zlib.compressobj(9)
        self._parts: list[bytes] = []
        self._sha256 = sha256()
        self._size = 0

    def write(self, text: str, /) -> int:
        """Pass a piece on."""
        if self._out is not None:
            self._out.write(text)
        raw = self._encoder.encode(text)
        self._sha256.update(raw)
        self._size += len(raw)
        self._parts.append(self._deflated.compress(raw))
        return len(text)

    def written(self) -> Written:
        """Return all that was written; nothing more may follow."""
        self._parts.append(self._deflated.flush())
        return Written(b"".join(self._parts), self._sha256.hexdigest(), self._size)


def raw_bytes(content: bytes) -> bytes | None:
    """Return the bytes of `Written.content`; None where they are damaged."""
    try:
        return zlib.decompress(content)
    except zlib.error:
        return None
