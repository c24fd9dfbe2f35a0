"""The record of a figure or table that was made, and of each of its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NotRequired, TypedDict

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.missing_subject import MissingSubject
    from halfcell.core.quantity import Kind
    from halfcell.core.result import Level, Note


class NumberRecord(TypedDict):
    """A printed number with its origin, as the store keeps it and as numbers.csv lists it.

    `sources` are path, sha256, reader and size of each file, `notes` level, code and text of each note. `head` is the
    head of the table's column; `plugins` names the packages of techniques and readers that are not part of halfcell;
    `members` are label, number and result of each cell that a mean is of.
    """

    id: str
    printed: str
    value: float | None
    unit: str
    std: float | None
    kind: Kind | None
    label: str
    quantity: str
    head: NotRequired[str]
    technique: str
    result: str
    version: str
    formula: str
    settings: Mapping[str, Json]
    sources: list[tuple[str, str, str, int]]
    notes: list[tuple[Level, str, str]]
    code_version: str
    plugins: NotRequired[Mapping[str, str]]
    members: NotRequired[list[tuple[str, str, str]]]


@dataclass(frozen=True, kw_only=True)
class ItemRecord:
    """What the store keeps of a figure or table that was made.

    Its numbers, its notes with the labels of their results, the hash of each file written, the subjects that are
    missing from it, the keys of the study's style that change nothing in it, and when it was made (ISO 8601, UTC).
    """

    numbers: tuple[NumberRecord, ...] = ()
    notes: tuple[tuple[str, Note], ...] = ()
    outputs: Mapping[str, str] = field(default_factory=dict)
    simulated: bool = False
    missing: tuple[MissingSubject, ...] = ()
    unseen_style: tuple[str, ...] = ()
    made: str = ""
