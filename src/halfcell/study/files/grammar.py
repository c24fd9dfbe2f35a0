"""The grammar of study.toml, checked by pydantic: every mistake with its line and a "did you mean"."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from halfcell.core.errors import InputError
from halfcell.core.looks.records import FigureLook
from halfcell.core.vocabulary import technique_name
from halfcell.study.files.document_grammar import document_spec
from halfcell.study.files.entries import FigureEntry, RawPattern, ShowEntry, TableEntry, TopEntries
from halfcell.study.files.entry_parts import Extras, split_figure, split_own
from halfcell.study.files.entry_problems import entry_problem
from halfcell.study.files.file_names import composed, with_disk_names
from halfcell.study.files.item_ids import wrong_ids
from halfcell.study.files.item_spec import ItemSpec, Part
from halfcell.study.files.line_numbers import KeyPath, Lines, lines_of
from halfcell.study.files.own_content import FIGURE_OWN_KEYS, TABLE_OWN_KEYS
from halfcell.study.files.study_file import RawEntry, StudyFile
from halfcell.study.files.style import FIGURE_KEYS, PANEL_KEYS, read_style
from halfcell.study.files.toml_mistakes import not_toml

if TYPE_CHECKING:
    from collections.abc import Hashable

T = TypeVar("T")
Problems = list[InputError]


def read_study_file(path: Path) -> tuple[StudyFile, Lines, Problems]:
    """Read study.toml: what could be understood, the lines of its keys, and all mistakes found.

    Raises
    ------
    InputError
        If the file is missing or is no TOML at all.
    """
    text, content = _content(path)
    lines = lines_of(text, path.name)
    problems: Problems = []
    top = _checked(TopEntries, content, (), lines, problems)
    top = (
        top
        or _checked(TopEntries, {k: v for k, v in content.items() if _is_valid(k, v)}, (), lines, [])
        or TopEntries()
    )
    style, wrong = read_style(top.style, path.resolve().parent, lines)
    problems += wrong
    file = StudyFile(
        title=top.title or path.resolve().parent.name,
        subtitle=top.subtitle,
        samples=top.samples,
        cells=top.cells,
        truth=top.truth.file if top.truth else "",
        raw=tuple(_raw(top.raw, lines, problems)),
        settings=dict(top.settings),
        items=tuple(_items(top, style.look, lines, problems)),
        document=document_spec(top),
        style_files=style.files,
    )
    return file, lines, problems + list(wrong_ids(file.items, lines))


def _content(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of the file, and its names and values.

    Raises
    ------
    InputError
        If the file is missing, or no TOML.
    """
    if not path.is_file():
        raise InputError("no such study file", str(path), "name the study with --study, or draft one: halfcell new")
    try:
        text = composed(path.read_bytes().decode("utf-8-sig")).replace("\r\n", "\n")
        content = with_disk_names(tomllib.loads(text), path.resolve().parent)
    except UnicodeDecodeError as error:
        raise InputError("the file is not UTF-8 text", path.name, "save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise not_toml(text, error, path.name) from error
    return text, content


def _is_valid(key: str, value: object) -> bool:
    """Whether one top-level key is valid by itself, so that a mistake elsewhere does not hide it."""
    try:
        TypeAdapter(TopEntries).validate_python({key: value})
    except ValidationError:
        return False
    return True


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """The validator of one part of the file; making it takes longer than using it."""
    return TypeAdapter(kind)


def _checked(kind: type[T], value: object, at: KeyPath, lines: Lines, problems: Problems) -> T | None:
    """Validate one part of the file; its mistakes are added to `problems`."""
    try:
        valid: T = _adapter(cast("Hashable", kind)).validate_python(value)
        return valid
    except ValidationError as error:
        problems.extend(entry_problem(kind, found, at, lines, value) for found in error.errors())
        return None


def _lenient(kind: type[T], value: object, at: KeyPath, lines: Lines, problems: Problems) -> T | None:
    """Validate one part of the file without its invalid keys, so that its other mistakes are found too."""
    found: Problems = []
    entry = _checked(kind, value, at, lines, found)
    problems.extend(found)
    if entry is not None or not isinstance(value, dict):
        return entry
    valid = {key: item for key, item in value.items() if _is_valid_key(kind, key, item)}
    return _checked(kind, {"id": "?", **valid}, at, lines, [])


def _is_valid_key(kind: type, key: str, item: object) -> bool:
    """Whether one key of an item is valid by itself."""
    return _checked(kind, {"id": "?", key: item}, (), Lines("", {}), []) is not None


def _raw(raw: Mapping[str, object], lines: Lines, problems: Problems) -> Iterator[RawEntry]:
    for name, value in raw.items():
        path: KeyPath = ("raw", name)
        entry = _checked(RawPattern, value if isinstance(value, dict) else {"pattern": value}, path, lines, problems)
        if entry is not None:
            yield RawEntry(
                technique=technique_name(name),
                patterns=entry.pattern,
                columns=dict(entry.columns),
                reader=entry.reader,
                path=path,
            )


def _items(top: TopEntries, style: FigureLook, lines: Lines, problems: Problems) -> Iterator[ItemSpec]:
    for kind, entries in (("figure", top.figure), ("table", top.table)):
        for index, value in enumerate(entries):
            path: KeyPath = (kind, index)
            if kind == "figure" and isinstance(value, dict):
                shown, looks = split_figure(value, path, lines, problems)
                entry = _lenient(FigureEntry, shown, path, lines, problems)
                if isinstance(entry, FigureEntry):
                    problems.extend(_beside_panels(entry, path, lines))
                    yield replace(_figure(entry, looks, path), style=style, look=looks.figure)
                continue
            bare, own = split_own(value, TABLE_OWN_KEYS, path, lines, problems)
            table = _lenient(TableEntry, bare, path, lines, problems)
            if table is not None:
                parts = (replace(_part(table, path), own=own),)
                yield ItemSpec(id=table.id, kind="table", caption=table.caption, parts=parts, path=path)


def _beside_panels(entry: FigureEntry, path: KeyPath, lines: Lines) -> Problems:
    """What a composite figure gives for itself although it belongs into the panels."""
    beside = [
        name for name in ("show", "samples", "cells", "set", "select", "title", "predict") if getattr(entry, name)
    ]
    if not entry.panels or not beside:
        return []
    what = f"{beside[0]!r} and panels are both given"
    return [InputError(what, lines.place((*path, beside[0])), "put it into each panel")]


def _figure(entry: FigureEntry, looks: Extras, path: KeyPath) -> ItemSpec:
    panels = zip(entry.panels, looks.panels, strict=False)
    parts = tuple(
        replace(_part(panel, (*path, "panels", number), entry.technique), look=look, own=own)
        for number, (panel, (look, own)) in enumerate(panels)
    ) or (replace(_part(entry, path), own=looks.own),)
    return ItemSpec(
        id=entry.id,
        kind="figure",
        caption=entry.caption,
        parts=parts,
        composite=bool(entry.panels),
        columns=entry.columns,
        width_mm=entry.width_mm,
        panel_height_mm=entry.panel_height_mm,
        path=path,
    )


def _part(entry: ShowEntry, path: KeyPath, technique: str = "") -> Part:
    return Part(
        technique=technique_name(entry.technique or technique),
        show=entry.show,
        samples=entry.samples,
        cells=entry.cells,
        set=dict(entry.set),
        select=dict(entry.select),
        title=entry.title,
        replicates=entry.replicates,
        predict=entry.predict,
        path=path,
    )


@dataclass(frozen=True, kw_only=True)
class Grammar:
    """What a study file is made of, for a description of it: its records, and the keys with a grammar of their own."""

    top: type = TopEntries
    figure: type = FigureEntry
    table: type = TableEntry
    figure_looks: frozenset[str] = FIGURE_KEYS
    panel_looks: frozenset[str] = PANEL_KEYS
    own: frozenset[str] = FIGURE_OWN_KEYS


GRAMMAR = Grammar()
