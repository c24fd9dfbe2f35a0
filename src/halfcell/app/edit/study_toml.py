"""Changes of study.toml that keep its comments, its order and its line ends."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from halfcell.study.files.item_spec import ItemSpec

KeyPath = tuple[str | int, ...]


def study_text(root: Path) -> str:
    """The text of study.toml with its line ends."""
    return (root / "study.toml").read_bytes().decode("utf-8-sig")


def with_item_values(text: str, spec: ItemSpec, values: Mapping[KeyPath, object]) -> str:
    """The study file with other values in the entry of one figure or table.

    Parameters
    ----------
    text
        The content of study.toml.
    spec
        The figure or table.
    values
        Path of keys in its entry -> value; None takes the key away. Tables on the way are made, and taken away when
        nothing is left in them.

    Raises
    ------
    InputError
        If the file is no TOML, or the entry is not in it.
    """
    document = _parsed(text)
    entry = _entry(document, spec)
    for path, value in values.items():
        _set(entry, path, value)
    return tomlkit.dumps(document)


def with_accepted(text: str, code: str, reason: str, items: Sequence[str]) -> str:
    """The study file with one more accepted doubt, of some items."""
    document = _parsed(text)
    entry = tomlkit.table()
    entry["code"] = code
    entry["items"] = list(items)
    entry["reason"] = reason
    if "accept" not in document:
        document.add(tomlkit.nl())
        document.append("accept", tomlkit.aot())
    accepted: Any = document["accept"]
    accepted.append(entry)
    return tomlkit.dumps(document)


def item_entry(text: str, spec: ItemSpec) -> dict[str, object]:
    """The entry of a figure or table as plain values.

    Raises
    ------
    InputError
        If the file is no TOML, or the entry is not in it.
    """
    entry: Any = _entry(_parsed(text), spec)
    return dict(entry.unwrap())


def _parsed(text: str) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(text)
    except TOMLKitError as error:
        raise InputError(f"study.toml is not TOML: {error}", "study.toml", "mend it in an editor first") from error


def _entry(document: tomlkit.TOMLDocument, spec: ItemSpec) -> MutableMapping[str, Any]:
    entries: Any = document.get(spec.kind, [])
    found: MutableMapping[str, Any] | None = next((entry for entry in entries if str(entry.get("id")) == spec.id), None)
    if found is None:
        raise InputError(f"{spec.name} is not in study.toml any more", "study.toml")
    return found


def _set(table: Any, path: KeyPath, value: object) -> None:
    """Set a value in a table (or a list of tables), or take it away."""
    key, *rest = path
    if not rest:
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value
        return
    if isinstance(key, int):  # an entry of a list, which is there
        _set(table[key], tuple(rest), value)
        return
    inner = table.get(key)
    if not isinstance(inner, MutableMapping | list):  # nothing, or a word in place of a table: legend = "none"
        if value is None:
            return
        table[key] = tomlkit.table() if isinstance(table, tomlkit.TOMLDocument) else tomlkit.inline_table()
        inner = table[key]
    _set(inner, tuple(rest), value)
    if not inner:
        table.pop(key)
