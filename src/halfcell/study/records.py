"""Records of a study: raw entries, items as written, steps to compute, what a run did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from halfcell.core.result import Note, Result

Kind = Literal["figure", "table"]
Origin = tuple[str | int, ...]  # a key path in study.toml
Missing = tuple[str, str]  # the printed name of a subject that an item cannot show, and why


@dataclass(frozen=True, kw_only=True)
class RawEntry:
    """One line of ``[raw]``: a technique's (or a kind of measurement's) files; `columns` maps a generic CSV's."""

    technique: str
    patterns: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    path: Origin = ()


@dataclass(frozen=True, kw_only=True)
class Part:
    """One show of one technique for some subjects: a whole item, or a panel of a composite."""

    technique: str = ""
    show: str = ""
    samples: tuple[str, ...] | None = None
    cells: tuple[str, ...] | None = None
    set: Mapping[str, Any] = field(default_factory=dict)
    select: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title: str = ""
    path: Origin = ()


@dataclass(frozen=True, kw_only=True)
class Spec:
    """A figure or a table as the study file asks for it."""

    id: str
    kind: Kind
    caption: str = ""
    parts: tuple[Part, ...] = ()
    composite: bool = False
    columns: int | None = None
    width_mm: Literal[90, 140, 180] | None = None
    panel_height_mm: float | None = None
    path: Origin = ()

    @property
    def name(self) -> str:
        """What the caption begins with: ``Fig. S2``, ``Table S1``."""
        return f"Table {self.id}" if self.kind == "table" else f"Fig. {self.id}"

    @property
    def key(self) -> str:
        """The item among all: figures and tables may share a number."""
        return f"{self.kind} {self.id}"


@dataclass(frozen=True, kw_only=True)
class StudyFile:
    """study.toml, read: what could be understood of it. `settings` is keyed by the technique's name as written."""

    title: str = ""
    subtitle: str = ""
    samples: str = ""
    cells: str = ""
    truth: str = ""
    raw: tuple[RawEntry, ...] = ()
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    items: tuple[Spec, ...] = ()


@dataclass(frozen=True, kw_only=True)
class InputFile:
    """A file that a step reads: its path below the study, its hash, the words its name gave (``{cycle}`` -> 10).

    `reader` is the reader that takes it with the reader's version (``neware 1``); empty where none does.
    """

    path: str
    sha256: str = ""
    reader: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One analysis: technique, settings and files. `id` is empty until the files are hashed.

    `settings` is the technique's own record, `values` the same as JSON; `layers` says where each value was set.
    `context` describes the subject for techniques that read no file.
    """

    technique: str
    version: str
    subject: str
    settings: Any
    id: str = ""
    files: tuple[InputFile, ...] = ()
    references: Mapping[str, InputFile] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    layers: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A subject's place in a part: its printed name and the step that makes its results."""

    label: str
    subject: str
    step: Step


@dataclass(frozen=True, kw_only=True)
class Gone:
    """A subject of the tables that an item of all subjects showed in the last run, and whose file is there no more."""

    technique: str
    subject: str
    path: str
    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Task:
    """An item ready to be made: its spec and, part by part, the slots. `key` is its content's hash.

    `missing` are subjects that were asked for and have no slot, since their analysis failed; `gone` those whose files
    are there no more; `copies` whose files have the content of another subject's, with a word on it.
    """

    spec: Spec
    parts: tuple[tuple[Slot, ...], ...] = ()
    key: str = ""
    missing: tuple[Missing, ...] = ()
    gone: tuple[Gone, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps it needs, each once."""
        return tuple({slot.step.id: slot.step for part in self.parts for slot in part}.values())


@dataclass(frozen=True, kw_only=True, eq=False)
class Stored:
    """The results of a step as the store keeps them; `tags` tells several results apart.

    `missing` are states of a series whose file cannot be used.
    """

    results: tuple[Result, ...]
    tags: tuple[str, ...]
    code_version: str
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Made:
    """What the record of a made item holds: numbers, notes, the hash of each file written, who is missing from it."""

    numbers: tuple[Mapping[str, Any], ...] = ()
    notes: tuple[tuple[str, Note], ...] = ()
    outputs: Mapping[str, str] = field(default_factory=dict)
    simulated: bool = False
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ItemDone:
    """What a run did with one item: made, found unchanged, or failed; why it was made again, and who is missing."""

    id: str
    kind: Kind
    name: str
    state: Literal["made", "unchanged", "failed"]
    results: int = 0
    reasons: tuple[str, ...] = ()
    failure: str = ""
    notes: tuple[tuple[str, Note], ...] = ()
    simulated: bool = False
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a run did: a line an item, how many analyses were computed and how many were found in the store."""

    items: tuple[ItemDone, ...]
    computed: int = 0
    reused: int = 0
    unmatched: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    nothing_changed: bool = False

    @property
    def failed(self) -> tuple[ItemDone, ...]:
        """The items that could not be made."""
        return tuple(item for item in self.items if item.state == "failed")

    @property
    def partial(self) -> tuple[ItemDone, ...]:
        """The items that were made without some of their subjects."""
        return tuple(item for item in self.items if item.missing)

    @property
    def exit_status(self) -> int:
        """0 all done, 1 some items failed or lack subjects."""
        return 1 if self.failed or self.partial else 0

    def _repr_html_(self) -> str:
        rows = (f"<tr><td>{escape(i.name)}</td><td>{i.state}</td><td>{escape(told(i))}</td></tr>" for i in self.items)
        return f"<table>{''.join(rows)}</table>"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A sign of life of a run: how far it is, the item that has just been finished, the analyses at work."""

    done: int
    total: int
    item: ItemDone | None = None
    busy: tuple[str, ...] = ()


def told(item: ItemDone) -> str:
    """What is wrong with an item, in one line: its failure, or who is missing from it."""
    return item.failure or "; ".join(f"missing: {label}: {why}" for label, why in item.missing)
