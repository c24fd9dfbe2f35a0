"""The entries of study.toml as records that pydantic checks: what each key may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from halfcell.study.files.document_grammar import DocumentEntries
from halfcell.study.files.publication_grammar import Words, as_list

_CONFIG = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


def _lists_of_words(value: object) -> object:
    return {key: as_list(item) for key, item in value.items()} if isinstance(value, dict) else value


@dataclass(frozen=True, kw_only=True)
class RawPattern:
    """One line of ``[raw]``."""

    __pydantic_config__ = _CONFIG
    pattern: Words
    columns: dict[str, str] = field(default_factory=dict)
    reader: str = ""


@dataclass(frozen=True, kw_only=True)
class ShowEntry:
    """What a figure, a table or a panel shows."""

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
class TableEntry(ShowEntry):
    """A ``[[table]]``."""

    id: Annotated[str, Field(min_length=1)]
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class FigureEntry(TableEntry):
    """A ``[[figure]]``."""

    panels: tuple[ShowEntry, ...] = ()
    columns: Annotated[int, Field(ge=1, le=6)] | None = None
    width_mm: Annotated[float, Field(ge=30, le=300)] | None = None
    panel_height_mm: Annotated[float, Field(gt=5, le=240)] | None = None


@dataclass(frozen=True, kw_only=True)
class TruthEntry:
    """``[truth]``."""

    __pydantic_config__ = _CONFIG
    file: str


@dataclass(frozen=True, kw_only=True)
class TopEntries(DocumentEntries):
    """The keys of the whole file."""

    __pydantic_config__ = _CONFIG
    title: str = ""
    subtitle: str = ""
    samples: str = ""
    cells: str = ""
    truth: TruthEntry | None = None
    style: dict[str, object] = field(default_factory=dict)
    raw: dict[str, object] = field(default_factory=dict)
    settings: dict[str, dict[str, object]] = field(default_factory=dict)
    figure: list[object] = field(default_factory=list)
    table: list[object] = field(default_factory=list)
