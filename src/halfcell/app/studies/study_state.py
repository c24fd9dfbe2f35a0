"""The state of a study: its items, which of them are up to date, what is wrong in its files; nothing is computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from halfcell.core.errors import InputError
from halfcell.study.cache.lock_file import read_lock
from halfcell.study.files.study_files import read_study_files
from halfcell.study.items.document import document_of_plan
from halfcell.study.plan.identity import identify
from halfcell.study.plan.study_plan import plan_study
from halfcell.study.run_state import unchanged_records

if TYPE_CHECKING:
    from halfcell.core.document import Document
    from halfcell.core.result import Note
    from halfcell.study.cache.item_record import ItemRecord
    from halfcell.study.files.item_spec import ItemSpec
    from halfcell.study.plan.identified_plan import IdentifiedItem, IdentifiedPlan
    from halfcell.study.plan.study_plan import Plan

State = Literal["made", "outdated", "not made"]


@dataclass(frozen=True, kw_only=True)
class ItemState:
    """One figure or table: what the study asks for, whether its files are up to date, and its notes."""

    spec: ItemSpec
    state: State
    record: ItemRecord | None = None
    files: Mapping[str, str] = field(default_factory=dict)  # suffix -> path below the study

    @property
    def slug(self) -> str:
        """The item in an address: ``figure-S7``."""
        return f"{self.spec.kind}-{self.spec.id}"

    @property
    def notes(self) -> tuple[tuple[str, Note], ...]:
        """The notes of its results with their labels, each once."""
        return tuple(dict.fromkeys(self.record.notes)) if self.record else ()

    @property
    def doubts(self) -> int:
        """How many doubts and refusals there are."""
        return sum(note.level in {"doubt", "refused"} for _, note in self.notes)


@dataclass(frozen=True, kw_only=True)
class StudyState:
    """A study as it stands on the disk."""

    root: Path
    plan: Plan | None
    identified: IdentifiedPlan | None
    items: tuple[ItemState, ...] = ()
    problems: tuple[InputError, ...] = ()

    @property
    def title(self) -> str:
        """The title of the study, or its folder where the file cannot be read."""
        return self.plan.files.file.title if self.plan else self.root.name

    def item(self, slug: str) -> ItemState:
        """An item by its address.

        Raises
        ------
        InputError
            If there is none.
        """
        found = next((item for item in self.items if item.slug == slug), None)
        if found is None:
            raise InputError("there is no such figure or table in this study", slug[:100])
        return found

    def composed(self, item: ItemState) -> Document | None:
        """A document of the figure or table alone, from stored results; None if it is not up to date."""
        if self.identified is None or item.state != "made":
            return None
        own = next(one for one in self.identified.items if one.spec.key == item.spec.key)
        return document_of_plan(replace(self.identified, items=(own,)), {})


def study_state(root: Path) -> StudyState:
    """Read the state of a study."""
    try:
        plan = plan_study(read_study_files(root / "study.toml"))
    except InputError as error:
        return StudyState(root=root, plan=None, identified=None, problems=(error,))
    specs = plan.files.file.items
    if plan.problems:
        items = tuple(_last_made(root, spec) for spec in specs)
        return StudyState(root=root, plan=plan, identified=None, items=items, problems=plan.problems)
    identified = identify(plan)
    records = unchanged_records(root, identified.items)
    made = {item.spec.key: _item_state(root, item, records.get(item.key)) for item in identified.items}
    return StudyState(root=root, plan=plan, identified=identified, items=tuple(made[spec.key] for spec in specs))


def _item_state(root: Path, item: IdentifiedItem, record: ItemRecord | None) -> ItemState:
    if record is None:
        return _last_made(root, item.spec)
    return ItemState(spec=item.spec, state="made", record=record, files=_by_suffix(record.outputs))


def _last_made(root: Path, spec: ItemSpec) -> ItemState:
    """An item that is not up to date: the files of the last run, if they are still there."""
    entry = read_lock(root).get("items", {}).get(spec.key)
    outputs = [path for path in entry["outputs"] if (root / path).is_file()] if entry else []
    return ItemState(spec=spec, state="outdated" if outputs else "not made", files=_by_suffix(outputs))


def _by_suffix(outputs: Iterable[str]) -> dict[str, str]:
    """The main file of each kind: of several the one with the shortest name."""
    return {Path(path).suffix[1:]: path for path in sorted(outputs, key=len, reverse=True)}
