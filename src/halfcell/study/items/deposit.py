"""What a deposit of a study holds: its document, its own files, raw files and lock, all of one moment."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.study.cache.item_record import ItemRecord
from halfcell.study.execute.lock_entries import MadeItem, new_lock
from halfcell.study.items.document import made_study
from halfcell.study.plan.file_beside import file_beside
from halfcell.study.plan.identified_plan import IdentifiedItem, IdentifiedPlan
from halfcell.study.plan.identity import identify
from halfcell.study.plan.study_plan import checked_plan

if TYPE_CHECKING:
    from halfcell.core.document import Bibliography, Document
    from halfcell.study.cache.lock_file import Lock
    from halfcell.study.files.document_spec import DocumentSpec


@dataclass(frozen=True, kw_only=True, eq=False)
class Deposit:
    """A study at one moment.

    Attributes
    ----------
    plan
        The whole plan; its steps name every file with its hash.
    items
        The items that were made.
    document
        The document.
    inputs
        The study's own files (study.toml, tables, bibliography, CIF, files of the author) with their sha256.
    raw
        The raw files that its patterns match and its settings name, with the sha256 that its numbers name; empty for a
        file that no number needs.
    """

    plan: IdentifiedPlan
    items: tuple[IdentifiedItem, ...]
    document: Document
    inputs: Mapping[str, str]
    raw: Mapping[str, str]

    @property
    def root(self) -> Path:
        """The study's folder."""
        return self.plan.root

    def lock(self, outputs: Mapping[str, Mapping[str, str]]) -> Lock:
        """The content of study.lock for this moment; `outputs` are path and sha256 of each item's files, by its key."""
        made = [MadeItem(item, ItemRecord(outputs=outputs.get(item.spec.key, {}))) for item in self.items]
        return new_lock(self.document.title, made, {}, {})


def deposit_of_study(path: Path) -> Deposit:
    """The deposit of a study as it is now; what is missing is computed.

    Raises
    ------
    StudyError
        With every mistake in the study's files.
    InputError
        If a file cannot be read.
    """
    made = made_study(path)
    return Deposit(
        plan=made.plan,
        items=made.items,
        document=made.document,
        inputs={name: _sha256(made.plan.root / name, name) for name in made.plan.files.inputs},
        raw=dict(_raw(made.plan)),
    )


@dataclass(frozen=True, kw_only=True)
class AskedFor:
    """What a study computes and prints, apart from where its files lie: the same in every copy of it.

    `items` gives, for each item, its caption and the label and step of each subject; `texts` are title and subtitle;
    `spec` is without the paths of the bibliography, whose content counts.
    """

    texts: tuple[str, ...]
    spec: DocumentSpec
    bibliography: Bibliography | None
    items: Mapping[str, tuple[str, tuple[tuple[str, str], ...]]]


def asked_for(plan: IdentifiedPlan) -> AskedFor:
    """What a plan computes and prints."""
    items = {
        item.spec.key: (item.spec.caption, tuple((slot.label, slot.step.id) for part in item.parts for slot in part))
        for item in plan.items
    }
    file = plan.files.file
    spec = replace(file.document, references=None)
    return AskedFor(texts=(file.title, file.subtitle), spec=spec, bibliography=plan.files.bibliography, items=items)


def asked_for_by(path: Path) -> AskedFor:
    """What the study file at a path computes and prints.

    Raises
    ------
    StudyError
        With every mistake in the study's files.
    """
    return asked_for(identify(checked_plan(path)))


def named_files(plan: IdentifiedPlan) -> Iterator[str]:
    """The paths of all files that a plan reads besides the study's own."""
    yield from (path for path, _ in _raw(plan))


def _raw(plan: IdentifiedPlan) -> Iterator[tuple[str, str]]:
    """The raw files with the hashes that the steps name, each with the file beside it that it needs."""
    for path, sha256 in _of_steps(plan):
        yield path, sha256
        beside = file_beside(plan.root, path)
        if beside is not None:
            yield beside, ""  # its hash is part of the step's id, which the crate's study must have, too


def _of_steps(plan: IdentifiedPlan) -> Iterator[tuple[str, str]]:
    yield from ((file.path, "") for file in plan.files.raw.matched)
    for item in plan.items:
        yield from ((file.path, file.sha256) for file in item.own)
        for step in item.steps:
            yield from ((file.path, file.sha256) for file in (*step.files, *step.references.values()))


def _sha256(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", name) from error
