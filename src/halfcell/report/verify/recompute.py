"""Compute the study of an archive anew: from its raw files and study files alone, in an empty store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from halfcell.core.errors import HalfcellError, InputError, StudyError
from halfcell.report.crate.places import is_outside
from halfcell.report.crate.study_text import outside_paths
from halfcell.report.verify.outputs import OUT
from halfcell.study.cache.lock_file import LOCK_FILE
from halfcell.study.cache.store_files import FOLDER
from halfcell.study.items.deposit import named_files
from halfcell.study.plan.identity import identify
from halfcell.study.plan.study_plan import checked_plan
from halfcell.study.run import run_study
from halfcell.study.run_request import RunRequest

if TYPE_CHECKING:
    from halfcell.core.document import Document
    from halfcell.report import Format
    from halfcell.report.verify.archive import Archive
    from halfcell.study.execute.outcome import Outcome
    from halfcell.study.run_request import OnProgress

_STUDY: Final = "study.toml"
_MOVED: Final = "the archive was not packed by halfcell, or was edited since"


@dataclass(frozen=True, kw_only=True)
class Recomputed:
    """What computing a study anew did; without an `outcome` it could not be run, and `problems` say why."""

    outcome: Outcome | None
    problems: tuple[HalfcellError, ...] = ()


def unpack_study(archive: Archive, folder: Path) -> Path:
    """Unpack the raw files and the study's files, without any result; returns the study file.

    Raises
    ------
    InputError
        If the archive has no study file.
    """
    for name in archive.entries:
        if not name.startswith((OUT, f"{FOLDER}/")) and name != LOCK_FILE:
            archive.unpack(name, folder)
    found = [name for name in archive.entries if "/" not in name and name.endswith(".toml")]
    name = _STUDY if _STUDY in found or not found else found[0]
    if not (folder / name).is_file():
        raise InputError("the archive has no study file that can be unpacked", name)
    return folder / name


def recompute(study: Path, formats: Sequence[Format], workers: int, on_progress: OnProgress | None) -> Recomputed:
    """Compute a study that was unpacked, and write its tables, figures and documents.

    Parameters
    ----------
    study
        The study file.
    formats
        The documents to write.
    workers
        Number of worker processes; 0 means one per CPU.
    on_progress
        Called with the progress.
    """

    def publish(document: Document, folder: Path) -> tuple[Path, ...]:
        from halfcell import report

        return report.write(document, folder, formats)

    try:
        outside = tuple(_outside(study))
        if outside:
            return Recomputed(outcome=None, problems=outside)
        request = RunRequest(workers=workers, fresh=True, publish=publish, on_progress=on_progress)
        return Recomputed(outcome=run_study(study, request))
    except StudyError as error:
        return Recomputed(outcome=None, problems=error.problems or (error,))
    except HalfcellError as error:
        return Recomputed(outcome=None, problems=(error,))


def _outside(study: Path) -> Iterator[InputError]:
    """Files that the study names outside of the archive: they would be those of another machine."""
    root = study.parent
    paths = _written(study)  # first: a plan would look at the files
    if not paths:
        plan = identify(checked_plan(study))
        paths = [path for path in (*plan.files.inputs, *named_files(plan)) if is_outside(root, path)]
    for path in dict.fromkeys(paths):
        yield InputError(f"{path} lies outside the archive; nothing was computed", study.name, _MOVED)


def _written(study: Path) -> list[str]:
    """The paths that the text of a study file writes and that lie outside of its folder."""
    try:
        return list(outside_paths(study.read_text(encoding="utf-8-sig"), study.parent))
    except ValueError:  # no TOML, no UTF-8: planning it says where
        return []
