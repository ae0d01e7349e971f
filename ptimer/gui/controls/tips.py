"""How does a tooltip show exactly what is written in it?"""

_MOST = 600
_SHOWN_AS_IT_IS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def plain_tip(text: str) -> str:
    """Return a tooltip for words that a person may have typed: they are never markup.

    Qt takes a tooltip for markup where it looks like some, so it is made markup that shows it.
    """
    if not text:
        return ""
    shown = text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"
    return f"<p style='white-space:pre-wrap'>{shown.translate(_SHOWN_AS_IT_IS)}</p>"
