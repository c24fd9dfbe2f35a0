"""The plan with every step and item identified by content: what a run computes, finds again and writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from halfcell.core.json_values import Json
    from halfcell.core.missing_subject import MissingSubject
    from halfcell.study.files.input_file import InputFile
    from halfcell.study.files.item_spec import ItemSpec
    from halfcell.study.files.study_files import StudyFiles
    from halfcell.study.plan.study_plan import UnmatchedFile
    from halfcell.study.plan.vanished_subjects import VanishedSubject


@dataclass(frozen=True, kw_only=True)
class Step:
    """One analysis, identified: `id` is the hash of its technique, recipe version, settings and files.

    `settings` is the technique's own record, `values` the same as JSON; `layers` gives the place where each value was
    set. `references` are files that settings are calibrated from; `context` describes the subject for techniques that
    read no file.
    """

    id: str
    technique: str
    version: str
    subject: str
    settings: object
    files: tuple[InputFile, ...] = ()
    references: Mapping[str, InputFile] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Json] = field(default_factory=dict)
    layers: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A subject's place in a part of an item: its printed label and the step that makes its results.

    `group` is the printed name of the group that it is a replicate in.
    """

    label: str
    subject: str
    step: Step
    group: str = ""


class SameContent(NamedTuple):
    """A subject whose file has the content of another subject's file: its label and a sentence about it."""

    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class IdentifiedItem:
    """An item ready to be made: what is asked for, the slots of each part, and `key`, the hash of all this.

    `body` is the hash of all but the words of its caption: what is drawn, printed and noted follows from it alone.
    `missing` are subjects that were asked for and have no slot, since their analysis failed; `vanished` are those whose
    files no longer exist; `copies` those whose files have the content of another subject's file; `own` are files of the
    author that it shows.
    """

    spec: ItemSpec
    parts: tuple[tuple[Slot, ...], ...]
    key: str
    body: str
    missing: tuple[MissingSubject, ...] = ()
    vanished: tuple[VanishedSubject, ...] = ()
    copies: tuple[SameContent, ...] = ()
    own: tuple[InputFile, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps it needs, each once."""
        return tuple({slot.step.id: slot.step for part in self.parts for slot in part}.values())


@dataclass(frozen=True, kw_only=True)
class IdentifiedPlan:
    """A study without mistakes, planned and identified: its files, its items in order, and its unmatched raw files."""

    files: StudyFiles
    items: tuple[IdentifiedItem, ...]
    unmatched: tuple[UnmatchedFile, ...] = ()

    @property
    def root(self) -> Path:
        """The study's folder."""
        return self.files.root
