"""Which texts does ptimer say, and for which of them has a language no words yet?

words.py es    prints what Spanish lacks, as lines for resources/translations/es.toml
"""

import ast
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "ptimer"
TRANSLATIONS = ROOT / "resources" / "translations"
_FUNCTIONS = {"say": 0, "_tr": 0}
_METHODS = {"tr": 0, "translate": 1, "core": 0}
"""Which calls say something, and which argument is the text."""


def main(arguments: list[str]) -> int:
    """Print what a language lacks."""
    kept = translations(arguments[0])
    for text in sorted(all_texts() - kept.keys()):
        print(f'{json.dumps(text, ensure_ascii=False)} = ""')
    return 0


def translations(language: str) -> dict[str, str]:
    """Return a language's words by the English text."""
    path = TRANSLATIONS / f"{language}.toml"
    return dict(tomllib.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def all_texts() -> set[str]:
    """Return every text that may be shown: those said in the code, and those of its lists."""
    said = {text for path in sorted(PROGRAM.rglob("*.py")) for text in texts_of(path)}
    return said | set(_listed())


def texts_of(path: Path) -> Iterator[str]:
    """Yield the texts that a file says.

    Raises:
        ValueError: a text is put together where it is said, so that no translation can be found.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = _constants(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        place = _place(node.func)
        if place is None or len(node.args) <= place:
            continue
        text = node.args[place]
        if isinstance(text, ast.JoinedStr):
            raise ValueError(f"{path}:{node.lineno}: put together, so that nobody translates it")
        yield from _literals(text, constants)


def _place(function: ast.expr) -> int | None:
    """Return which argument of a call is a text, or None where none is."""
    if isinstance(function, ast.Name):
        return _FUNCTIONS.get(function.id)
    return _METHODS.get(function.attr) if isinstance(function, ast.Attribute) else None


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    """Return what the module's own constants are."""
    return {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _literals(node: ast.expr, constants: dict[str, ast.expr]) -> Iterator[str]:
    """Yield the texts that an expression may be: its own, and those of a constant it looks into."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and node.value:
            yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body, constants)
        yield from _literals(node.orelse, constants)
    elif isinstance(node, ast.Name):
        yield from _values(constants.get(node.id))
    elif isinstance(node, ast.Subscript):
        yield from _literals(node.value, constants)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield from _literals(node.func.value, constants)


def _values(node: ast.expr | None) -> Iterator[str]:
    """Yield the texts in a constant; of a table, those it leads to."""
    if isinstance(node, ast.Dict):
        for value in node.values:
            yield from _values(value)
    elif isinstance(node, ast.Tuple | ast.List):
        for value in node.elts:
            yield from _values(value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value


def _listed() -> Iterator[str]:
    """Yield the texts of lists that are shown one by one."""
    from ptimer.gui.frame import keys
    from ptimer.operations.clinic_settings import SETTINGS, Section
    from ptimer.storage.rulebook import shipped

    for key in keys.KEYS:
        yield key.words
    yield from keys.GROUPS
    yield from (section.value for section in Section)
    for setting in SETTINGS:
        yield from (setting.words, setting.about)
        yield from (words for _, words in setting.choices)
    yield from (code.label for code in shipped().codes)
    yield from (code.attendance.value for code in shipped().codes)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
