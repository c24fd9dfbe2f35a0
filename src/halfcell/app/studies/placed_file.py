"""Place a raw file in a study: recognise it, and find the pattern of ``[raw]`` that takes it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.app.studies.studies_folder import is_file_name
from halfcell.core.atomic_files import move_into_place
from halfcell.core.errors import InputError
from halfcell.core.raw import RawFile
from halfcell.core.vocabulary import technique_name
from halfcell.readers import find, read_all
from halfcell.study.files.patterns import fixed_folder, match_files
from halfcell.techniques.load import load_technique

if TYPE_CHECKING:
    from halfcell.app.studies.study_state import StudyState
    from halfcell.study.files.study_file import RawEntry


@dataclass(frozen=True, kw_only=True)
class PlacedFile:
    """Where a file was put, what it is, and what to do so that a figure shows it (or nothing)."""

    path: str
    reader: str
    kind: str
    hint: str = ""


def placed(state: StudyState, unfinished: Path, name: str) -> PlacedFile:
    """Recognise a file that was dropped, and move it to the folder of the pattern that takes files of its kind.

    Parameters
    ----------
    state
        The study.
    unfinished
        The file as it was received, in the study's own store.
    name
        Its name.

    Raises
    ------
    InputError
        If no reader recognises it, it cannot be read, or a file of this name is there already.
    """
    if not is_file_name(name):
        raise InputError("this cannot be the name of a file on every system", name[:100])
    reader, _ = find(RawFile(unfinished))
    kind = read_all(unfinished)[0].technique
    entries = [entry for entry in state.plan.files.file.raw if _takes(entry, kind)] if state.plan else []
    folder = fixed_folder(entries[0].patterns[0]) if entries else "raw"
    target = state.root / folder / name
    if target.exists():
        raise InputError(
            "a file of this name is there already", f"{folder}/{name}", "rename yours; nothing was changed"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    move_into_place(unfinished, target)
    path = target.relative_to(state.root).as_posix()
    return PlacedFile(path=path, reader=reader, kind=kind, hint=_hint(state, entries, path, kind))


def _takes(entry: RawEntry, kind: str) -> bool:
    """Whether an entry of ``[raw]`` is for files of this kind, inside the study."""
    name = technique_name(entry.technique)
    inside = not entry.patterns[0].startswith(("..", "/", "~"))
    try:
        reads = load_technique(name).reads
    except InputError:
        return False
    return inside and (name == kind or kind in reads)


def _hint(state: StudyState, entries: list[RawEntry], path: str, kind: str) -> str:
    """What is left to do: nothing if a pattern matches the file with a subject of the tables."""
    if not entries or state.plan is None:
        return f'no pattern of [raw] takes files of this kind; add one to study.toml: {kind} = "raw/{{sample}}..."'
    subjects = state.plan.files.subjects
    names = [*subjects.cells, *subjects.samples]
    patterns = [pattern for entry in entries for pattern in entry.patterns]
    if any(match_files(pattern, [path], names) for pattern in patterns):
        return ""
    return f"its name matches no pattern ({', '.join(patterns)}) with a name of the tables: rename it, or add a row"
