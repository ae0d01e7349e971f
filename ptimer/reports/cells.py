"""How is a person's text put into a CSV cell so that no spreadsheet runs it?

A cell that a spreadsheet could take for a formula gets a leading apostrophe, which the import
takes off again (cli.md, Files).
"""

_DANGEROUS = (*"=+-@\t\r\n", *"\uff1d\uff0b\uff0d\uff20")
"""What starts a formula, also in the full width of an East Asian keyboard."""
_MARKED = frozenset((*_DANGEROUS, "'"))


def harmless(text: str) -> str:
    """Return the text as a cell; one that starts like a formula gets an apostrophe before it."""
    return f"'{text}" if text[:1] in _MARKED else text


def as_typed(cell: str) -> str:
    """Return the text that `harmless` made a cell of."""
    return cell[1:] if cell.startswith("'") and cell[1:2] in _MARKED else cell
