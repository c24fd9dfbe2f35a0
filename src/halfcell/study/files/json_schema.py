"""A JSON Schema of study.toml, by which editors complete and check what is written."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from halfcell.core.atomic_files import write_aside
from halfcell.core.plugins import plugins
from halfcell.core.setting_rows import setting_rows
from halfcell.core.vocabulary import vocabulary
from halfcell.study.files.grammar import GRAMMAR
from halfcell.study.files.own_content import TableSpec
from halfcell.techniques import Technique
from halfcell.techniques.load import usable_technique

Schema = dict[str, Any]

FILE = ".halfcell/study.schema.json"
ANNOUNCEMENT = f"#:schema ./{FILE}"
_DIALECT = "http://json-schema.org/draft-07/schema#"  # what taplo and the editors around it read
_RAW = "the raw files: a pattern, several, or { pattern, columns, reader }; {cell} and {sample} are names of the tables"


def study_schema() -> Schema:
    """The schema of study.toml, with the techniques that are installed.

    It is never stricter than ``halfcell check``: values that are converted (one word for a list, a number for a text,
    the words of a look) are accepted in every form, keys are not.
    """
    techniques = {name: made for name in plugins("techniques") if (made := usable_technique(name)) is not None}
    words = _words(techniques)
    top = _lenient(TypeAdapter(GRAMMAR.top).json_schema())
    keys: Schema = top["properties"]
    keys["raw"] = _table({word: {"description": _RAW} for word in [*words, *vocabulary()["column"]]}, closed=True)
    keys["settings"] = _table({word: _settings(techniques[name]) for word, name in words.items()}, closed=True)
    keys["methods"] = _table({word: {"type": "string"} for word in words}, closed=False)
    keys["style"] = _look(keys_of_style(), "the look of all figures")
    for kind, grammar in (("figure", GRAMMAR.figure), ("table", GRAMMAR.table)):
        item = _item(kind, grammar, techniques, words)
        top.setdefault("$defs", {}).update(item.pop("$defs", {}))
        keys[kind] = {"type": "array", "items": item}
    return {"$schema": _DIALECT, **top, "title": "study.toml of halfcell"}


def keys_of_style() -> tuple[str, ...]:
    """The keys of ``[style]``."""
    return (*sorted(GRAMMAR.figure_looks), "journal", "widths_mm", "width_mm", "panel_height_mm", "columns")


def write_schema(root: Path) -> Path:
    """Write the schema into the folder of a study, where its first line announces it to editors."""
    return write_aside(root / FILE, json.dumps(study_schema(), indent=1, ensure_ascii=False) + "\n")


def _words(techniques: Mapping[str, Technique]) -> dict[str, str]:
    """Every word for a technique, also the short ones (``xrd``), with the technique's name."""
    aliases = {alias: name for alias, name in vocabulary()["alias"].items() if name in techniques}
    return {**{name: name for name in techniques}, **aliases}


def _item(kind: str, grammar: type, techniques: Mapping[str, Technique], words: Mapping[str, str]) -> Schema:
    """The schema of a ``[[figure]]`` or a ``[[table]]``."""
    made: Schema = _lenient(TypeAdapter(grammar).json_schema())
    shows = {name: list(getattr(one, f"{kind}s")) for name, one in techniques.items()}
    every = sorted({show for found in shows.values() for show in found})
    parts = [made, *(part for part in made.get("$defs", {}).values() if "show" in part.get("properties", {}))]
    for part in parts:
        part["properties"]["technique"] = {"enum": sorted(words)}
        part["properties"]["show"] = {"anyOf": [{"enum": every}, {"type": "string"}], "description": "what it shows"}
        part["properties"].update({key: {} for key in _more_keys(kind, inner=part is not made)})
    made["required"] = ["id"]
    made["allOf"] = [_shows(word, shows[name]) for word, name in words.items() if shows[name]]
    return made


def _shows(word: str, shows: Iterable[str]) -> Schema:
    """If an item names this technique, what it can show."""
    named = {"properties": {"technique": {"const": word}}, "required": ["technique"]}
    return {"if": named, "then": {"properties": {"show": {"anyOf": [{"enum": list(shows)}, {"type": "string"}]}}}}


def _more_keys(kind: str, *, inner: bool) -> tuple[str, ...]:
    """The keys of looks and of own content, whose values have many forms."""
    if kind == "table":
        return tuple(field.name for field in dataclasses.fields(TableSpec))
    return tuple(sorted((GRAMMAR.panel_looks if inner else GRAMMAR.figure_looks) | GRAMMAR.own))


def _settings(technique: Technique) -> Schema:
    """The settings of a technique, with their meaning and default."""
    rows = setting_rows(technique.settings)
    return _table(
        {row.name: {"description": f"{row.meaning} ({row.type}; default: {row.default})"} for row in rows}, closed=True
    )


def _look(names: Iterable[str], meaning: str) -> Schema:
    return {**_table({name: {} for name in names}, closed=False), "description": meaning}


def _table(properties: Schema, *, closed: bool) -> Schema:
    return {"type": "object", "properties": properties, **({"additionalProperties": False} if closed else {})}


def _lenient(schema: Any) -> Any:
    """A schema that also takes what the grammar converts: numbers as texts, one word for a list, and no nulls."""
    if isinstance(schema, list):
        return [_lenient(part) for part in schema if part != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    made = {key: _lenient(value) for key, value in schema.items() if key != "default" or value is not None}
    if made.get("type") == "string" and "enum" not in made and "const" not in made:
        made["type"] = ["string", "number", "boolean"]
    if made.get("type") == "array" and "string" in str(made.get("items", {}).get("type", "")):
        return {"anyOf": [{"type": ["string", "number"]}, made]}
    return made
