"""The words of halfcell: columns, quantities, rows and notes of all techniques, merged from their `words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.core.entry_points import module_file
from halfcell.core.errors import PluginError
from halfcell.core.plugins import described, load, plugins, report_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.plugins import Plugin

RECORD = "TECHNIQUE"  # the name of a technique's record in its module, unless the entry point names another
_FILE = "words.toml"
_WORD_PARTS = ("quantity", "row")  # name -> unit, label, meaning
_NOTE_PARTS = ("note", "reader_note")  # code -> text
_OF_A_WORD = ("unit", "label", "meaning")
_LISTS = ("aliases", "panel_for_each")  # names of the technique, and of its figures
_ITEM_KINDS = ("figure", "table")  # caption.<kind>: show -> text with {subjects}


@cache
def vocabulary() -> dict[str, Any]:
    """Return all words by part.

    ``column`` is keyed by kind of measurement, ``quantity``, ``row``, ``note``, ``caption`` and ``concerns`` by
    technique, ``alias`` by the alias; ``panel_for_each`` names, by technique, the figures that have a panel for each
    subject. What readers note about raw files stands under ``<technique>: raw files``. Words of other packages never
    replace those of halfcell.
    """
    parts = ("alias", "column", "quantity", "row", "note", "caption", "concerns", "panel_for_each")
    merged: dict[str, Any] = {part: {} for part in parts}
    merged["note"]["all techniques"] = _read(Path(__file__).with_name(_FILE))["note"]
    for name, plugin in plugins("techniques").items():
        words = words_of(plugin)
        for alias in words.get("aliases", ()):
            if alias in merged["alias"] or alias in plugins("techniques"):
                _leave_out(name, f"the alias {alias!r}: it is in use already")
            else:
                merged["alias"][alias] = name
        for kind, columns in words.get("column", {}).items():
            known = merged["column"].setdefault(kind, {})
            known |= {column: word for column, word in columns.items() if column not in known}
        for part in ("quantity", "row", "note", "caption", "concerns"):
            merged[part][name] = words.get(part, {})
        merged["panel_for_each"][name] = tuple(words.get("panel_for_each", ()))
        if "reader_note" in words:
            merged["note"][f"{name}: raw files"] = words["reader_note"]
    return merged


def words_of(plugin: Plugin) -> Mapping[str, Any]:
    """The words of one technique: those of the `words.toml` in its folder, else those in its record.

    Words of another package that cannot be used are reported once, and none are returned.
    """
    path = _words_file(plugin)
    if not plugin.is_foreign:
        return _read(path) if path else {}
    try:
        words = _read(path) if path else _of_record(plugin)
    except (OSError, ValueError) as error:
        _leave_out(plugin.name, f"its words: {path}: {error}")
        return {}
    except PluginError as error:
        report_once("techniques", plugin.name, str(error))
        return {}
    problem = next(_problems(words), "")
    if problem:
        _leave_out(plugin.name, f"its words: {problem}")
        return {}
    return words


def technique_name(word: str) -> str:
    """Resolve an alias: ``xrd`` -> ``diffraction``; other words come back as they are."""
    return str(vocabulary()["alias"].get(word.lower(), word))


def quantity_word(technique: str, name: str) -> dict[str, str]:
    """Unit, label and meaning of a quantity: of ``Si.lattice_a`` those of ``*.lattice_a``, of ``Rint`` of ``R*``."""
    words: dict[str, dict[str, str]] = vocabulary()["quantity"].get(technique, {})
    general = "*." + name.rsplit(".", 1)[-1] if "." in name else name
    return words.get(name) or words.get(general) or _by_pattern(words, name)


def note_concerns(technique: str, code: str, name: str) -> bool:
    """Whether a note says something of a quantity: by the patterns of ``concerns``; without any it is of all."""
    patterns: list[str] = vocabulary()["concerns"].get(technique, {}).get(code, ["*"])
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def caption_words(technique: str, kind: str, show: str) -> str:
    """What a figure or table of a technique shows, as a caption says it: ``Nyquist plots of {subjects}``.

    A show without words of its own gives its name and the subjects.
    """
    of_kind: dict[str, str] = vocabulary()["caption"].get(technique, {}).get(kind, {})
    return of_kind.get(show, f"{show[:1].upper()}{show[1:]} of {{subjects}}")


def _by_pattern(words: dict[str, dict[str, str]], name: str) -> dict[str, str]:
    """The longest pattern with a star inside or at its end that fits a name without a dot."""
    fitting = [word for word in words if "*" in word and "." not in word and fnmatchcase(name, word)]
    return words[max(fitting, key=len)] if fitting and "." not in name else {}


def _words_file(plugin: Plugin) -> Path | None:
    """The `words.toml` beside a technique that is a folder, found without importing it; None where there is none."""
    if plugin.is_foreign:
        path = module_file(plugin.module)
        folder = path.parent if path and path.name == "__init__.py" else None
    else:
        folder = Path(__file__).resolve().parents[1].joinpath(*plugin.module.split(".")[1:])
    return folder / _FILE if folder and (folder / _FILE).is_file() else None


def _of_record(plugin: Plugin) -> Mapping[str, Any]:
    """The words in the record of a technique in a single file."""
    provided = load("techniques", plugin.name)
    record = provided if plugin.attribute else getattr(provided, RECORD, None)
    words: Mapping[str, Any] = getattr(record, "words", {})
    return words


def _problems(words: object) -> Iterator[str]:
    """What is wrong with the form of the words that another package brings."""
    if not isinstance(words, Mapping):
        yield "they are not a table"
        return
    yield from (f"`{part}` must be a list of names" for part in _LISTS if not _is_list_of_names(words.get(part, ())))
    yield from _caption_problems(words.get("caption", {}))
    yield from _concerns_problems(words.get("concerns", {}))
    for part in ("column", *_WORD_PARTS, *_NOTE_PARTS):
        entries = words.get(part, {})
        if not isinstance(entries, Mapping):
            yield f"`{part}` must be a table"
        elif part in _NOTE_PARTS:
            yield from (f"`{part}.{code}` must be a text" for code in entries if not isinstance(entries[code], str))
        elif part == "column":
            for kind, columns in entries.items():
                yield from _incomplete(f"{part}.{kind}", columns)
        else:
            yield from _incomplete(part, entries)


def _is_list_of_names(names: object) -> bool:
    return isinstance(names, list | tuple) and all(isinstance(name, str) for name in names)


def _concerns_problems(concerns: object) -> Iterator[str]:
    """What is wrong with the notes that are of some quantities only: each code has a list of patterns."""
    entries = concerns.items() if isinstance(concerns, Mapping) else [("", None)]
    for code, patterns in entries:
        if not isinstance(patterns, list) or not all(isinstance(pattern, str) for pattern in patterns):
            yield f"`concerns.{code}` must be a list of names of quantities"


def _caption_problems(captions: object) -> Iterator[str]:
    """What is wrong with the captions: each is a text, by the kind of item and the show."""
    kinds: Mapping[str, Any] = captions if isinstance(captions, Mapping) else {"": captions}
    for kind, texts in kinds.items():
        known = kind in _ITEM_KINDS and isinstance(texts, Mapping)
        if not known or not all(isinstance(text, str) for text in texts.values()):
            yield "`caption.figure` and `caption.table` must be tables of texts"
            return


def _incomplete(where: str, words: object) -> Iterator[str]:
    """Words without one of unit, label and meaning."""
    if not isinstance(words, Mapping):
        yield f"`{where}` must be a table"
        return
    for name, word in words.items():
        if not isinstance(word, Mapping) or not all(isinstance(word.get(key), str) for key in _OF_A_WORD):
            yield f"`{where}.{name}` must have the texts `unit`, `label` and `meaning`"


def _leave_out(technique: str, what: str) -> None:
    report_once("techniques", technique, f"{described('techniques', technique)}: left out {what}")


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
