"""The words of halfcell: columns, quantities, rows and notes of all techniques, merged from their `words.toml`."""

from __future__ import annotations

import sys
import tomllib
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import PluginError
from halfcell.core.plugins import load, plugins, report_once

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.plugins import Plugin

_PACKAGE = Path(__file__).resolve().parent.parent
_FILE = "words.toml"


@cache
def vocabulary() -> dict[str, Any]:
    """Return all words by part.

    ``column`` is keyed by kind of measurement, ``quantity``, ``row`` and ``note`` by technique, ``alias`` by the alias.
    What readers note about raw files stands under ``<technique>: raw files``.
    """
    merged: dict[str, Any] = {part: {} for part in ("alias", "column", "quantity", "row", "note")}
    merged["note"]["all techniques"] = _read(Path(__file__).with_name(_FILE))["note"]
    for name, plugin in plugins("techniques").items():
        words = words_of(plugin)
        merged["alias"] |= dict.fromkeys(words.get("aliases", ()), name)
        for kind, columns in words.get("column", {}).items():
            merged["column"][kind] = {**merged["column"].get(kind, {}), **columns}
        for part in ("quantity", "row", "note"):
            merged[part][name] = words.get(part, {})
        if "reader_note" in words:
            merged["note"][f"{name}: raw files"] = words["reader_note"]
    return merged


def words_of(plugin: Plugin) -> Mapping[str, Any]:
    """The words of one technique: those of the `words.toml` in its folder, else those in its record."""
    folder = _folder(plugin)
    if folder and (folder / _FILE).is_file():
        return _read(folder / _FILE)
    try:
        record = getattr(load("techniques", plugin.name), plugin.attribute or "TECHNIQUE", None)
    except PluginError as error:
        report_once("techniques", plugin.name, str(error))
        return {}
    words: Mapping[str, Any] = getattr(record, "words", {})
    return words


def technique_name(word: str) -> str:
    """Resolve an alias: ``xrd`` -> ``diffraction``; other words come back as they are."""
    return str(vocabulary()["alias"].get(word.lower(), word))


def quantity_word(technique: str, name: str) -> dict[str, str]:
    """Unit, label and meaning of a quantity: of ``Si.lattice_a`` those of ``*.lattice_a``, of ``Rint`` of ``R*``."""
    words: dict[str, dict[str, str]] = vocabulary()["quantity"].get(technique, {})
    general = "*." + name.rsplit(".", 1)[-1] if "." in name else name
    return words.get(name) or words.get(general) or _by_pattern(words, name)


def _by_pattern(words: dict[str, dict[str, str]], name: str) -> dict[str, str]:
    """The longest pattern with a star inside or at its end that fits a name without a dot."""
    fitting = [word for word in words if "*" in word and "." not in word and fnmatchcase(name, word)]
    return words[max(fitting, key=len)] if fitting and "." not in name else {}


def _folder(plugin: Plugin) -> Path | None:
    """The folder of a technique that is a package, found without importing it."""
    parts = plugin.module.split(".")
    roots = [_PACKAGE.parent] if not plugin.is_foreign else [Path(entry) for entry in sys.path if entry]
    return next((root.joinpath(*parts) for root in roots if root.joinpath(*parts, "__init__.py").is_file()), None)


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
