"""A finished document as data: items in order, every number with its origin. `study` makes it, `report` writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.core.source import Source

if TYPE_CHECKING:
    from halfcell.core.figure import Figure
    from halfcell.core.missing_subject import MissingSubject
    from halfcell.core.table import Table


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a number comes from: everything that ``halfcell why`` prints.

    `result` is the step's id: sha256 over technique, recipe version, settings and the sources' hashes. `plugins` maps
    techniques and readers of other packages to the package: ``technique sem`` -> ``halfcell-sem 1.2``.
    """

    result: str
    technique: str
    version: str
    quantity: str
    label: str = ""
    formula: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    code_version: str = ""
    plugins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Number:
    """One number of an item: ``S1:Si/Sn-10:initial_coulombic_efficiency``, as printed and as computed."""

    id: str
    printed: str
    quantity: Quantity
    origin: Origin


@dataclass(frozen=True, kw_only=True, eq=False)
class Item:
    """A figure or a table of the document, or why it could not be made.

    `name` is the start of the caption (``Fig. S2``, ``Table S1``); `missing` are the requested subjects that are not in
    it, each with the reason; `files` maps a suffix (``svg``, ``pdf``, ``png``, ``csv``) to the path of the rendered
    file.
    """

    id: str
    kind: Literal["figure", "table"]
    name: str
    caption: str = ""
    figure: Figure | None = None
    table: Table | None = None
    numbers: tuple[Number, ...] = ()
    notes: tuple[tuple[str, Note], ...] = ()  # label of the result, note
    failure: str = ""
    missing: tuple[MissingSubject, ...] = ()
    simulated: bool = False
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class Document:
    """The document of a study: title, items in order, unmatched files.

    `truth` compares the results with the true values, if the raw files were simulated.
    """

    title: str
    items: tuple[Item, ...]
    subtitle: str = ""
    unmatched: tuple[str, ...] = ()
    truth: Table | None = None
    simulated: bool = False
    code_version: str = ""
