"""Which texts does ptimer say, and for which of them has a language no words yet?

words.py es    prints what Spanish lacks, as lines for resources/translations/es.toml
"""

import ast
import errno
import json
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "ptimer"
TRANSLATIONS = ROOT / "resources" / "translations"
_FUNCTIONS = {"say": 0, "_tr": 0}
_METHODS = {"tr": 0, "translate": 1, "core": 0}
"""Which calls say something, and which argument is the text."""

_ERRORS = (
    *(errno.ENOSPC, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO),
    *(errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG),
)
_OF_SQLITE = (
    "attempt to write a readonly database",
    "database disk image is malformed",
    "database or disk is full",
    "disk I/O error",
    "file is not a database",
    "unable to open database file",
)
"""What the system and SQLite say when a file can't be used."""

_Named = dict[str, list[ast.expr]]


def main(arguments: list[str]) -> int:
    """Print what a language lacks."""
    kept = translations(arguments[0])
    for text in sorted(all_texts() - kept.keys()):
        print(f'{json.dumps(text, ensure_ascii=False)} = ""')
    return 0


def translations(language: str) -> dict[str, str]:
    """Return a language's words by the English text."""
    return {text: words for text, words in _kept(language).items() if isinstance(words, str)}


def of_places(language: str) -> dict[str, dict[str, str]]:
    """Return the words that a language has for one place alone, by the place."""
    return {place: words for place, words in _kept(language).items() if isinstance(words, dict)}


def _kept(language: str) -> dict[str, Any]:
    path = TRANSLATIONS / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def all_texts() -> set[str]:
    """Return every text that may be shown: those said in the code, and those of its lists."""
    said = {text for path in sorted(PROGRAM.rglob("*.py")) for text in texts_of(path)}
    return {text for text in said | set(_listed()) if _has_words(text)}


def _has_words(text: str) -> bool:
    """Return whether there is more in a text than numbers and what is put in, as in `{0} · {1}`."""
    return any(letter.isalpha() for letter in re.sub(r"\{\w*\}", "", text))


def texts_of(path: Path) -> Iterator[str]:
    """Yield the texts that a file says.

    Raises:
        ValueError: a text is put together where it is said, so that no translation can be found.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for call, named in _calls(tree, {}):
        place = _place(call.func)
        if place is None or len(call.args) <= place:
            continue
        text = call.args[place]
        if isinstance(text, ast.JoinedStr):
            raise ValueError(f"{path}:{call.lineno}: put together, so that nobody translates it")
        yield from _literals(text, named)


def _place(function: ast.expr) -> int | None:
    """Return which argument of a call is a text, or None where none is."""
    if isinstance(function, ast.Name):
        return _FUNCTIONS.get(function.id)
    return _METHODS.get(function.attr) if isinstance(function, ast.Attribute) else None


def _calls(node: ast.AST, outer: _Named) -> Iterator[tuple[ast.Call, _Named]]:
    """Yield the calls below a node, each with what the names mean that it may use."""
    named = outer
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.Lambda):
        named = outer | _assigned(node)
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child, named
        yield from _calls(child, named)


def _assigned(scope: ast.AST) -> _Named:
    """Return what is assigned to the names of a scope, in it or in what it holds."""
    found: _Named = {}
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                _assign(found, target, node.value)
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            _assign(found, node.target, node.value)
        elif isinstance(node, ast.For | ast.comprehension):
            _assign(found, node.target, node.iter)
    return found


def _assign(found: _Named, target: ast.expr, value: ast.expr) -> None:
    if isinstance(target, ast.Name):
        found.setdefault(target.id, []).append(value)
    elif isinstance(target, ast.Tuple | ast.List):
        for each in target.elts:
            _assign(found, each, value)


def _literals(node: ast.expr, named: _Named, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the texts that an expression may be: its own, and those that its names stand for."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    if isinstance(node, ast.Name) and node.id not in seen:
        for value in named.get(node.id, ()):
            yield from _literals(value, named, seen | {node.id})
    for part in _parts(node):
        yield from _literals(part, named, seen)


def _parts(node: ast.expr) -> list[ast.expr]:
    """Return what an expression may come to: its branches, its elements, what it looks into."""
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.Dict):
        return node.values
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return node.elts
    if isinstance(node, ast.Subscript | ast.Starred):
        return [node.value]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return [node.func.value]
    return []


def _listed() -> Iterator[str]:
    """Yield the texts of lists that are shown one by one."""
    from ptimer.billing import skilled_fields
    from ptimer.billing.conflicts import Role
    from ptimer.gui.frame import keys
    from ptimer.operations.clinic_settings import SETTINGS
    from ptimer.operations.setting_kinds import Section

    for key in keys.KEYS:
        yield key.words
    yield from keys.GROUPS
    yield from (section.value for section in Section)
    for setting in SETTINGS:
        yield from (setting.words, setting.about)
        yield from (words for _, words in setting.choices)
    for role in Role:
        yield from (role.value, role.value.capitalize())
    for names in (skilled_fields.NAMES, skilled_fields.BRIEF):
        yield from names.values()
    for ticks in (skilled_fields.TICKS, skilled_fields.TICKS_BRIEF):
        yield from ticks.values()
    yield from _of_the_rulebook()
    yield from (os.strerror(number) for number in _ERRORS)
    yield from _OF_SQLITE


def _of_the_rulebook() -> Iterator[str]:
    """Yield what the shipped files say of codes, payers and rules."""
    from ptimer.billing.unit_limits import CMS_TABLE
    from ptimer.storage.rulebook import shipped

    yield CMS_TABLE
    rulebook = shipped()
    for code in rulebook.codes:
        yield from (code.label, code.detail, code.notes, code.source, code.attendance.value)
    for field in rulebook.rules.skilled_fields:
        yield from (*field.words, *(w for words in field.words_of_codes.values() for w in words))
    for source in rulebook.rules.sources:
        yield from (source.title, source.text, source.edition)
    yield from (limit.source for limit in rulebook.rules.daily_limits)
    yield from (limit.source for limit in rulebook.rules.long_treatments)
    yield from (payer.source for payer in rulebook.payers)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
