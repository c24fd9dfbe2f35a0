"""Draft a study from a folder of raw files: format and technique recognised, patterns written, nothing guessed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from halfcell.core.atomic_files import write_aside
from halfcell.core.errors import InputError
from halfcell.study.draft.consecutive_files import TimeSpan, consecutive, question
from halfcell.study.draft.drafted_study import Doubt, Draft, FileGroup, LeftFile
from halfcell.study.draft.file_groups import group_files
from halfcell.study.draft.file_roles import numbered, references, with_cycles, without_copies
from halfcell.study.draft.impedance_steps import with_impedance_steps
from halfcell.study.draft.joined_parts import with_parts
from halfcell.study.draft.recognised_files import recognise_files
from halfcell.study.draft.stated_facts import CellFacts, merged
from halfcell.study.draft.study_texts import study_texts
from halfcell.study.files.folder_files import NOT_UTF8, endless_links, folder_files, is_utf8, printable, written_path
from halfcell.study.files.json_schema import write_schema
from halfcell.study.files.patterns import natural_order
from halfcell.techniques.load import load_technique

WRITTEN = ("study.toml", "samples.csv", "cells.csv")


def draft_study(
    folder: Path, raw: Path, *, copy: bool = False, tell: Callable[[int, int], None] | None = None
) -> Draft:
    """Read every file below `raw` and write study.toml, samples.csv and cells.csv into `folder`.

    Kinds and masses are left empty: a person fills them in.

    Parameters
    ----------
    folder
        The folder of the new study.
    raw
        The folder of the raw files.
    copy
        Whether to copy the raw files into ``folder/raw``.
    tell
        Called with the number of files read so far and in all.

    Raises
    ------
    InputError
        If `raw` is not a folder, or `folder` already contains a study.
    """
    if not raw.is_dir():
        if raw.exists():
            raise InputError("this is a file, not a folder", str(raw), f"name its folder: --from {raw.parent}")
        raise InputError("no such folder", str(raw), "name the folder of raw files with --from")
    there = [name for name in WRITTEN if (folder / name).exists()]
    if there:
        raise InputError(f"the folder already contains {there[0]}", str(folder), "name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    if copy and raw.resolve() != (folder / "raw").resolve():
        shutil.copytree(raw, folder / "raw", dirs_exist_ok=True, ignore=partial(endless_links, root=str(raw)))
        raw = folder / "raw"
    draft = replace(_draft(folder, raw, tell), written=WRITTEN)
    for name, text in study_texts(folder.resolve().name, draft).items():
        write_aside(folder / name, text)
    write_schema(folder)
    return draft


def _draft(folder: Path, raw: Path, tell: Callable[[int, int], None] | None) -> Draft:
    """The draft of a study in `folder`; nothing is written."""
    base = PurePosixPath(written_path(raw, folder))
    paths = [path for path, _ in folder_files(raw, ".")]
    recognised, unknown = recognise_files(folder, raw, [*filter(is_utf8, paths)], tell)
    unknown += [LeftFile(printable(path), NOT_UTF8) for path in paths if not is_utf8(path)]
    files, copies, doubts = without_copies([replace(file, path=str(base / file.path)) for file in recognised])
    groups, ungrouped = group_files(files)
    groups, taken = references(groups, {file.path: file.title for file in files})
    steps = with_impedance_steps(with_cycles(groups))
    joined = with_parts(steps.groups, {file.path: file for file in files}, steps.cells)
    groups = joined.groups
    left = [LeftFile(str(base / path), why) for path, why in unknown] + ungrouped + copies
    doubts += [
        Doubt(file.path, f"analysed as {claim.technique}, not as {claim.kind}: {claim.why}")
        for file in files
        for claim in file.claims
    ]
    doubts += [*steps.remarks, *joined.remarks]
    doubts += _one_test_or_subject(groups, {file.path: file.span for file in files})
    left.sort(key=lambda file: natural_order(file.path))
    told = {file.path: file.facts for file in files}
    facts = dict(_facts_of_cells(groups, told))
    facts |= {cell: merged([told[path] for path in paths]) for cell, paths in joined.members.items()}
    return Draft(groups=groups, left=tuple(left), references=taken, doubts=tuple(doubts), facts=facts)


def _facts_of_cells(groups: Iterable[FileGroup], facts: Mapping[str, CellFacts]) -> Iterator[tuple[str, CellFacts]]:
    """What the files of each cell tell, where a cell has one file."""
    for group in groups:
        if group.subject == "cell" and len(group.names) == len(group.paths):
            for name, path in zip(group.names, group.paths, strict=True):
                if facts[path].texts:
                    yield name, facts[path]


def _one_test_or_subject(groups: Iterable[FileGroup], spans: Mapping[str, TimeSpan | None]) -> Iterator[Doubt]:
    """Questions about consecutive files, which may be one test, and about names that may be states of one subject."""
    single = [group for group in groups if len(group.names) == len(group.paths)]
    for group in single:
        if load_technique(group.technique).join is not None:
            timed = ((name, spans.get(path)) for name, path in zip(group.names, group.paths, strict=True))
            for names in consecutive(timed):
                yield Doubt(group.pattern, question(names, group.pattern))
    for group in single:
        yield from numbered(group)
