"""Items as planned: their parts, subjects and steps, before any raw file is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from halfcell.core.json_values import Json
from halfcell.study.files.item_spec import ItemSpec


@dataclass(frozen=True, kw_only=True)
class PlannedFile:
    """A file that a step reads: its path below the study and the words its name gave (``{cycle}`` -> 10)."""

    path: str
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PlannedStep:
    """One analysis of one subject: technique, settings and files.

    `settings` is the technique's own record, `values` the same as JSON; `layers` gives the place where each value was
    set. `reader` is the one that the study file names (or empty). `references` are files that settings are calibrated
    from; `context` describes the subject for techniques that read no file.
    """

    technique: str
    version: str
    subject: str
    settings: object
    values: Mapping[str, Json]
    layers: Mapping[str, str]
    files: tuple[PlannedFile, ...]
    references: Mapping[str, str]
    columns: Mapping[str, str]
    reader: str
    context: Mapping[str, Json]

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all files that it reads."""
        return (*(file.path for file in self.files), *self.references.values())


@dataclass(frozen=True, kw_only=True)
class PlannedSlot:
    """A subject's place in a part of an item: its printed label and the step that makes its results.

    `group` is the printed name of the group that it is a replicate in.
    """

    label: str
    subject: str
    step: PlannedStep
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class PlannedItem:
    """A figure or a table: what the study file asks for, and the slots of each part."""

    spec: ItemSpec
    parts: tuple[tuple[PlannedSlot, ...], ...]

    @property
    def steps(self) -> tuple[PlannedStep, ...]:
        """The steps of all its slots."""
        return tuple(slot.step for part in self.parts for slot in part)
