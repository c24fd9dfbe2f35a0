"""A finished document as data: items in order, every number with its origin. `study` makes it, `report` writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from halfcell.core.publication import Publication
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.core.source import Source

if TYPE_CHECKING:
    from halfcell.core.calibration import Calibration
    from halfcell.core.figure import Figure
    from halfcell.core.missing_subject import MissingSubject
    from halfcell.core.table import Table


@dataclass(frozen=True, kw_only=True)
class Author:
    """An author of the study; one with an `email` is a corresponding author.

    `rors` are the addresses of the affiliations in the Research Organization Registry, in their order; `family_name` is
    the part of the name by which lists are sorted.
    """

    name: str
    affiliations: tuple[str, ...] = ()
    email: str = ""
    orcid: str = ""
    rors: tuple[str, ...] = ()
    family_name: str = ""

    @property
    def given_names(self) -> str:
        """The name without the family name; empty where that is not known."""
        return self.name.replace(self.family_name, "").strip(" ,") if self.family_name else ""


@dataclass(frozen=True, kw_only=True)
class Bibliography:
    """The entries that texts cite with ``[@key]``: a BibTeX file, and the style of the list.

    `bibtex` is the content of the file; `style` is the name of a style that comes with halfcell, or a style of your own
    in the Citation Style Language (XML).
    """

    bibtex: str
    style: str = "acs"


@dataclass(frozen=True, kw_only=True)
class Section:
    """A paragraph of the methods: its heading and its text, both with markup and citations."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """A note that the author accepts, with the reason that the submission prints.

    `label` is that of the note's result.
    """

    label: str
    note: Note
    reason: str


class Member(NamedTuple):
    """A cell of a group: its label, its own number (empty if its result does not have it), and its result."""

    label: str
    printed: str
    result: str


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a number comes from: everything that ``halfcell why`` prints.

    `result` is the step's id: sha256 over technique, recipe version, settings and the sources' hashes. `plugins` maps
    techniques and readers of other packages to the package: ``technique sem`` -> ``halfcell-sem 1.2``; `members` are
    the cells that a mean is of.
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
    members: tuple[Member, ...] = ()

    def kind_of(self, quantity: Quantity) -> str:
        """The kind of an uncertainty; of a mean with the number of cells: ``spread over 3 cells``."""
        of_cells = quantity.kind == "spread over cells" and self.members
        return f"spread over {len(self.members)} cells" if of_cells else quantity.kind


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
    it, each with the reason; `accepted` are the notes that the author accepts; `files` maps what a rendered file is
    (``svg``, ``pdf``, ``png``, ``csv``; of a map ``a-map.csv``) to its path, `made` is the time at which a run made
    them (ISO 8601, UTC); `body` is the hash of all that the figure or table is made from but for its caption, empty
    where that is not known. With `draw`, `figure` is an outline without the layers of its panels, and `draw` gives the
    whole figure.
    """

    id: str
    kind: Literal["figure", "table"]
    name: str
    caption: str = ""
    figure: Figure | None = None
    table: Table | None = None
    numbers: Sequence[Number] = ()
    notes: tuple[tuple[str, Note], ...] = ()  # label of the result, note
    failure: str = ""
    missing: tuple[MissingSubject, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    simulated: bool = False
    files: Mapping[str, str] = field(default_factory=dict)
    made: str = ""
    body: str = ""
    draw: Callable[[], Figure] | None = None

    def whole_figure(self) -> Figure | None:
        """The figure with all that is drawn in it; None for a table."""
        return self.draw() if self.draw else self.figure

    @property
    def open_notes(self) -> tuple[tuple[str, Note], ...]:
        """The doubts and refusals that the author has neither mended nor accepted, each with its label, once."""
        accepted = {(one.label, one.note) for one in self.accepted}
        serious = (pair for pair in self.notes if pair[1].level in {"doubt", "refused"})
        return tuple(dict.fromkeys(pair for pair in serious if pair not in accepted))


@dataclass(frozen=True, kw_only=True, eq=False)
class Document:
    """The document of a study: title, authors, items in order, methods, unmatched files.

    `bibliography` has what the texts cite; `truth` compares the results with the true values, if the raw files were
    simulated, and `calibration` has the deviations in the uncertainties of the results.
    """

    title: str
    items: tuple[Item, ...]
    subtitle: str = ""
    authors: tuple[Author, ...] = ()
    methods: tuple[Section, ...] = ()
    bibliography: Bibliography | None = None
    publication: Publication = field(default_factory=Publication)
    unmatched: tuple[str, ...] = ()
    truth: Table | None = None
    calibration: Calibration | None = None
    simulated: bool = False
    code_version: str = ""
