"""Mistakes in the entries of study.toml in our words: what is wrong, where, and what to write instead."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from halfcell.core.errors import HalfcellError, InputError
from halfcell.core.looks.grammar import unknown_key
from halfcell.core.vocabulary import technique_name
from halfcell.study.files.document_grammar import INNER
from halfcell.study.files.entries import FigureEntry, ShowEntry, TableEntry, TruthEntry
from halfcell.study.files.own_content import FIGURE_OWN_KEYS, TABLE_OWN_KEYS
from halfcell.study.files.style import FIGURE_KEYS, PANEL_KEYS

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from halfcell.study.files.line_numbers import KeyPath, Lines

_MORE_KEYS: Final[Mapping[type, frozenset[str]]] = MappingProxyType(
    {
        FigureEntry: FIGURE_KEYS | FIGURE_OWN_KEYS,
        ShowEntry: PANEL_KEYS | FIGURE_OWN_KEYS,
        TableEntry: TABLE_OWN_KEYS,
    }
)
_UNKNOWN: Final = frozenset({"unexpected_keyword_argument", "extra_forbidden"})
_MISSING: Final = frozenset({"missing", "missing_argument"})
_WANTED: Final = MappingProxyType(
    {
        "string_type": "a text in quotes",
        "tuple_type": "a list",
        "list_type": "a list",
        "dict_type": "a table of names and values",
        "dataclass_type": "a table of names and values",
        "int_type": "a whole number",
        "int_parsing": "a whole number",
        "int_from_float": "a whole number",
        "float_type": "a number",
        "float_parsing": "a number",
    }
)
_FORMS: Final = MappingProxyType(  # how the parts of a study file begin that are no single value
    {
        "author": 'write [[author]] on a line of its own, and name = "A. Person" below it; once for each author',
        "references": 'write [references] on a line of its own, and file = "references.bib" below it',
        "accept": 'write [[accept]] on a line of its own, and code = "..." and reason = "..." below it',
        "figure": "write [[figure]], with two brackets, on a line of its own before each figure",
        "table": "write [[table]], with two brackets, on a line of its own before each table",
        "panels": 'write panels = [{ show = "...", cells = ["..."] }, { ... }]',
        "set": "write set = { name = value }; halfcell list settings TECHNIQUE names them",
        "style": 'write [style] on a line of its own, and journal = "acs" below it',
        "raw": 'write [raw] on a line of its own, and cycling = "raw/cycling/{cell}.mpr" below it',
        "settings": "write [settings.cycling] (the technique's name) on a line of its own, and the settings below it",
        "truth": 'write [truth] on a line of its own, and file = "truth.csv" below it',
        "methods": 'write [methods] on a line of its own, and cycling = "..." (the technique\'s name) below it',
        "publication": "write [publication] on a line of its own, and its keys below it",
        "reader": 'write { pattern = "...", reader = "..." }; halfcell list readers names them',
    }
)
_EXAMPLES: Final = MappingProxyType(
    {
        "id": 'write id = "S1": the number of the figure or table in the document',
        "code": 'write code = "...": the word in brackets at the end of the doubt',
        "reason": 'write reason = "...": why it may stand; the submission prints it',
        "name": 'write name = "A. Person"',
        "file": 'write file = "..."',
        "pattern": 'write pattern = "raw/{cell}.csv"',
    }
)
_OTHER_FORMS: Final = MappingProxyType(
    {"authors": "author", "reference": "references", "bibliography": "references", "figures": "figure"}
    | {"tables": "table", "bibtex": "references", "accepted": "accept", "panel": "panels"}
)


def entry_problem(kind: type, found: ErrorDetails, at: KeyPath, lines: Lines, value: object) -> InputError:
    """One finding of pydantic in our words.

    Parameters
    ----------
    kind, value
        The record that was wanted, and what stands in the file.
    found
        The finding.
    at, lines
        The place of the value in the file, and the lines of the file.
    """
    within = tuple(part for part in found["loc"] if part != "tuple[str, ...]")
    place = lines.place(at + within)
    words = [str(part) for part in within if not isinstance(part, int)] or [str(at[0]) if at else "entry"]
    name = ".".join(words)
    if found["type"] in _UNKNOWN:
        return _unknown(str(within[-1]), _entry_around(kind, within), place, value)
    if found["type"] in _MISSING:
        return InputError(f"{name} is missing", place, _EXAMPLES.get(words[-1], ""))
    if found["type"] == "value_error":
        return InputError(f"{name}: {found['msg'].removeprefix('Value error, ')}", place)
    if found["type"] in _WANTED:
        given = found["input"]
        hint = _FORMS.get(words[0] if words[0] in _FORMS else words[-1]) or _instead(words[-1], given, found["type"])
        return InputError(f"{name}: {_shown(given)} is not {_WANTED[found['type']]}", place, hint)
    return InputError(f"{name}: {found['msg'][:1].lower()}{found['msg'][1:]}", place, f"got {found['input']!r}")


def _unknown(name: str, kind: type, place: str, value: object) -> InputError:
    """A key that does not exist: perhaps a part of the file that is written in another form, or a setting."""
    form = _OTHER_FORMS.get(name.lower())
    known = [*(item.name for item in dataclasses.fields(kind)), *sorted(_MORE_KEYS.get(kind, ()))]
    if form is not None and form in known:
        return InputError(f"unknown key {name!r}", place, _FORMS[form])
    if kind is TableEntry and name in FIGURE_KEYS | FIGURE_OWN_KEYS:
        return InputError(f"unknown key {name!r}", place, "it belongs to a [[figure]], not to a table")
    if issubclass(kind, ShowEntry):
        if name == "settings":
            return InputError(f"unknown key {name!r}", place, _FORMS["set"])
        if isinstance(value, dict) and name in _settings_of(value):
            return InputError(f"unknown key {name!r}", place, f"it is a setting: write set = {{ {name} = ... }}")
    return unknown_key(name, known, place)


def _settings_of(item: Mapping[str, object]) -> set[str]:
    """The settings of the technique that an item names; none if there is no such technique."""
    from halfcell.techniques.load import load_technique

    try:
        return {
            one.name
            for one in dataclasses.fields(load_technique(technique_name(str(item.get("technique", "")))).settings)
        }
    except HalfcellError:
        return set()


def _instead(name: str, given: object, kind: str) -> str:
    """What to write in place of a value of the wrong type."""
    if kind == "string_type" and isinstance(given, list):
        return f'write {name} = "{given[0]}"' if len(given) == 1 else f'write one text: {name} = "..."'
    if kind in {"tuple_type", "list_type"}:
        return f"write {name} = [...]"
    number = re.match(r"\s*[-+]?\d+(?:[.,]\d+)?", given) if isinstance(given, str) else None
    if number and kind.startswith(("int", "float")):
        return f"write {name} = {number[0].strip().replace(',', '.')}, without quotes and unit"
    return ""


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _entry_around(kind: type, within: KeyPath) -> type:
    """The innermost kind of entry that a key stands in."""
    entries = {"panels": ShowEntry, "truth": TruthEntry, **INNER}
    return next((entries[str(part)] for part in reversed(within[:-1]) if str(part) in entries), kind)
