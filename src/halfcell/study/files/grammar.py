"""The grammar of study.toml, checked by pydantic: every mistake with its line and a "did you mean"."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, cast

from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from halfcell.core.errors import InputError
from halfcell.core.looks.grammar import unknown_key
from halfcell.core.looks.records import FigureLook
from halfcell.core.vocabulary import technique_name
from halfcell.study.files.document_grammar import INNER, DocumentEntries, document_spec
from halfcell.study.files.entry_parts import Extras, split_figure, split_own
from halfcell.study.files.file_names import composed, with_disk_names
from halfcell.study.files.item_ids import wrong_ids
from halfcell.study.files.item_spec import ItemSpec, Part
from halfcell.study.files.line_numbers import KeyPath, Lines, lines_of
from halfcell.study.files.own_content import FIGURE_OWN_KEYS, TABLE_OWN_KEYS
from halfcell.study.files.publication_grammar import Words, as_list
from halfcell.study.files.study_file import RawEntry, StudyFile
from halfcell.study.files.style import FIGURE_KEYS, PANEL_KEYS, read_style

if TYPE_CHECKING:
    from collections.abc import Hashable

_CONFIG = ConfigDict(extra="forbid", coerce_numbers_to_str=True)
T = TypeVar("T")
Problems = list[InputError]


def _lists_of_words(value: object) -> object:
    return {key: as_list(item) for key, item in value.items()} if isinstance(value, dict) else value


@dataclass(frozen=True, kw_only=True)
class _Raw:
    __pydantic_config__ = _CONFIG
    pattern: Words
    columns: dict[str, str] = field(default_factory=dict)
    reader: str = ""


@dataclass(frozen=True, kw_only=True)
class _Show:
    __pydantic_config__ = _CONFIG
    technique: str = ""
    show: str = ""
    samples: Words | None = None
    cells: Words | None = None
    set: dict[str, object] = field(default_factory=dict)
    select: Annotated[dict[str, tuple[str, ...]], BeforeValidator(_lists_of_words)] = field(default_factory=dict)
    title: str = ""
    replicates: Literal["mean", "single"] | None = None
    predict: str = ""


@dataclass(frozen=True, kw_only=True)
class _Table(_Show):
    id: Annotated[str, Field(min_length=1)]
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class _Figure(_Table):
    panels: tuple[_Show, ...] = ()
    columns: Annotated[int, Field(ge=1, le=6)] | None = None
    width_mm: Annotated[float, Field(ge=30, le=300)] | None = None
    panel_height_mm: Annotated[float, Field(gt=5, le=240)] | None = None


@dataclass(frozen=True, kw_only=True)
class _Truth:
    __pydantic_config__ = _CONFIG
    file: str


@dataclass(frozen=True, kw_only=True)
class _Top(DocumentEntries):
    __pydantic_config__ = _CONFIG
    title: str = ""
    subtitle: str = ""
    samples: str = ""
    cells: str = ""
    truth: _Truth | None = None
    style: dict[str, object] = field(default_factory=dict)
    raw: dict[str, object] = field(default_factory=dict)
    settings: dict[str, dict[str, object]] = field(default_factory=dict)
    figure: list[object] = field(default_factory=list)
    table: list[object] = field(default_factory=list)


def read_study_file(path: Path) -> tuple[StudyFile, Lines, Problems]:
    """Read study.toml: what could be understood, the lines of its keys, and all mistakes found.

    Raises
    ------
    InputError
        If the file is missing or is no TOML at all.
    """
    if not path.is_file():
        raise InputError("no such study file", str(path), "name the study with --study, or draft one: halfcell new")
    try:
        text = composed(path.read_bytes().decode("utf-8-sig")).replace("\r\n", "\n")
        content = with_disk_names(tomllib.loads(text), path.resolve().parent)
    except UnicodeDecodeError as error:
        raise InputError("the file is not UTF-8 text", path.name, "save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"not TOML: {error}", path.name, 'words need quotes: title = "My study"') from error
    lines = lines_of(text, path.name)
    problems: Problems = []
    top = _checked(_Top, content, (), lines, problems)
    top = top or _checked(_Top, {k: v for k, v in content.items() if _is_valid(k, v)}, (), lines, []) or _Top()
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


def _is_valid(key: str, value: object) -> bool:
    """Whether one top-level key is valid by itself, so that a mistake elsewhere does not hide it."""
    try:
        TypeAdapter(_Top).validate_python({key: value})
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
        problems.extend(_problem(kind, found, at, lines) for found in error.errors())
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


def _problem(kind: type, found: ErrorDetails, at: KeyPath, lines: Lines) -> InputError:
    """One of pydantic's findings in our words."""
    within = tuple(part for part in found["loc"] if part != "tuple[str, ...]")
    place, name = lines.place(at + within), ".".join(str(part) for part in within) or "entry"
    if found["type"] in {"unexpected_keyword_argument", "extra_forbidden"}:
        inner = _entry_around(kind, within)
        looks = _MORE_KEYS.get(inner, frozenset())
        known = [*(item.name for item in dataclasses.fields(inner)), *sorted(looks)]
        return unknown_key(str(within[-1]), known, place)
    if found["type"] in {"missing", "missing_argument"}:
        return InputError(f"{name} is missing", place)
    if found["type"] == "value_error":
        return InputError(f"{name}: {found['msg'].removeprefix('Value error, ')}", place)
    return InputError(f"{name}: {found['msg'][:1].lower()}{found['msg'][1:]}", place, f"got {found['input']!r}")


def _entry_around(kind: type, within: KeyPath) -> type:
    """The innermost kind of entry that a key stands in."""
    entries = {"panels": _Show, "truth": _Truth, **INNER}
    return next((entries[str(part)] for part in reversed(within[:-1]) if str(part) in entries), kind)


_MORE_KEYS: Mapping[type, frozenset[str]] = {
    _Figure: FIGURE_KEYS | FIGURE_OWN_KEYS,
    _Show: PANEL_KEYS | FIGURE_OWN_KEYS,
    _Table: TABLE_OWN_KEYS,
}


def _raw(raw: Mapping[str, object], lines: Lines, problems: Problems) -> Iterator[RawEntry]:
    for name, value in raw.items():
        path: KeyPath = ("raw", name)
        entry = _checked(_Raw, value if isinstance(value, dict) else {"pattern": value}, path, lines, problems)
        if entry is not None:
            yield RawEntry(
                technique=technique_name(name),
                patterns=entry.pattern,
                columns=dict(entry.columns),
                reader=entry.reader,
                path=path,
            )


def _items(top: _Top, style: FigureLook, lines: Lines, problems: Problems) -> Iterator[ItemSpec]:
    for kind, entries in (("figure", top.figure), ("table", top.table)):
        for index, value in enumerate(entries):
            path: KeyPath = (kind, index)
            if kind == "figure" and isinstance(value, dict):
                shown, looks = split_figure(value, path, lines, problems)
                entry = _lenient(_Figure, shown, path, lines, problems)
                if isinstance(entry, _Figure):
                    problems.extend(_beside_panels(entry, path, lines))
                    yield replace(_figure(entry, looks, path), style=style, look=looks.figure)
                continue
            bare, own = split_own(value, TABLE_OWN_KEYS, path, lines, problems)
            table = _lenient(_Table, bare, path, lines, problems)
            if table is not None:
                parts = (replace(_part(table, path), own=own),)
                yield ItemSpec(id=table.id, kind="table", caption=table.caption, parts=parts, path=path)


def _beside_panels(entry: _Figure, path: KeyPath, lines: Lines) -> Problems:
    """What a composite figure gives for itself although it belongs into the panels."""
    beside = [
        name for name in ("show", "samples", "cells", "set", "select", "title", "predict") if getattr(entry, name)
    ]
    if not entry.panels or not beside:
        return []
    what = f"{beside[0]!r} and panels are both given"
    return [InputError(what, lines.place((*path, beside[0])), "put it into each panel")]


def _figure(entry: _Figure, looks: Extras, path: KeyPath) -> ItemSpec:
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


def _part(entry: _Show, path: KeyPath, technique: str = "") -> Part:
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

    top: type = _Top
    figure: type = _Figure
    table: type = _Table
    figure_looks: frozenset[str] = FIGURE_KEYS
    panel_looks: frozenset[str] = PANEL_KEYS
    own: frozenset[str] = FIGURE_OWN_KEYS


GRAMMAR = Grammar()
