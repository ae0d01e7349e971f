"""Where is a file of `resources/`? The one way to it: checkout, wheel or frozen build."""

import sys
from collections.abc import Iterator
from pathlib import Path

_HERE = Path(__file__).parent


def folder() -> Path:
    """Return the folder that holds the resources."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    installed = _HERE / "_resources"
    return installed if installed.is_dir() else _HERE.parent / "resources"


def path(*parts: str) -> Path:
    """Return the path of one resource."""
    return folder().joinpath(*parts)


def text(*parts: str) -> str:
    """Return the text of one resource."""
    return path(*parts).read_text(encoding="utf-8")


def files(kind: str, suffix: str) -> Iterator[Path]:
    """Yield the files of one kind in the order of their names."""
    yield from sorted(path(kind).glob(f"*{suffix}"))
