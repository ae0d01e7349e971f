"""How is a new row named? UUIDv7 (RFC 9562): sorts by time, and never clashes between PCs."""

import os

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62


def new_id(at: int) -> str:
    """Return a UUIDv7 of the instant `at`, in milliseconds since 1970-01-01 UTC."""
    random = int.from_bytes(os.urandom(10), "big")
    high, low = (random >> 62) & 0xFFF, random & ((1 << 62) - 1)
    value = (at & ((1 << 48) - 1)) << 80 | _VERSION | high << 64 | _VARIANT | low
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
