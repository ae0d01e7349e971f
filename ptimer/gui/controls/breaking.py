"""Where may a word be broken that is longer than its line: a path, an id, a checksum?"""

import re

_LONG = 24
"""Characters from which a word is given places to break."""

_PIECE = 12
BREAK = "\u200b"  # shows nothing, and lets a line end here


def breakable(text: str) -> str:
    """Return a text whose long words can go on in the next line."""
    return re.sub(rf"\S{{{_LONG},}}", lambda word: _broken(word.group()), text)


def _broken(word: str) -> str:
    """Break after what parts a path or a name, and where nothing does, after some characters."""
    parted = re.findall(r"[^/\\_.:-]*[/\\_.:-]?", word)
    pieces = [
        part[start : start + _PIECE] for part in parted for start in range(0, len(part), _PIECE)
    ]
    return BREAK.join(pieces)
