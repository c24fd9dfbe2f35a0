"""Run a campaign: analyse what is new, and write its rows part by part."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from halfcell.campaign.far_file import far_file
from halfcell.campaign.numbers import gather_numbers
from halfcell.campaign.parts import Part, Tables
from halfcell.campaign.raw_file import FAILED, AnalysedFile, FileJob, analyse_file
from halfcell.campaign.subjects import TABLES, cell_of, read_cells
from halfcell.core.errors import InputError
from halfcell.study.cache.declared_versions import installed_version, readers_hash
from halfcell.study.cache.json_files import digest
from halfcell.study.execute.cluster import Cluster
from halfcell.study.execute.jobs import Finished, Job
from halfcell.study.execute.scheduler import scheduler_for
from halfcell.study.files.folder_files import folder_files, is_utf8

FOLDER: Final = "campaign"
"""The folder of the tables in the campaign's folder, unless another is asked for."""
_SHARE: Final = 0.02  # of the table of raw files that is new when it is written again
_AHEAD: Final = 20_000  # jobs that are made before they are done, enough for the batches of a large cluster
_OWN: Final = ("study.toml", "study.lock", "numbers.csv")


@dataclass(frozen=True, kw_only=True)
class CampaignRequest:
    """What is asked of a campaign.

    Parameters
    ----------
    technique
        The technique of all files; by default that of each file's kind of data.
    values
        Settings of the technique by name, for all files.
    workers, cluster
        Number of worker processes (0: one per CPU), or the Dask cluster that does the work; its workers see the folder,
        or the store of the cluster.
    fresh
        Whether to analyse all files again.
    on_progress
        Called with the number of files done and in all.
    """

    technique: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    workers: int = 0
    cluster: Cluster | None = None
    fresh: bool = False
    on_progress: Callable[[int, int], None] | None = None


@dataclass(frozen=True, kw_only=True)
class CampaignOutcome:
    """How many files were analysed, are unchanged, failed and have gone; `studies` were gathered."""

    analysed: int
    unchanged: int
    failed: int
    gone: int
    studies: int


def run_campaign(root: Path, out: Path, request: CampaignRequest) -> CampaignOutcome:
    """Analyse the raw files below a folder that are new or have changed.

    A file is analysed again when its size or time has changed, or the values of its cell, the technique's version or a
    reader. A run that was killed goes on with what is left: each part is complete when it is written.

    Raises
    ------
    InputError
        If there is no such folder, or no raw file in it.
    StudyError
        With every mistake in the tables of cells and samples.
    """
    if not root.is_dir():
        raise InputError("no such folder", str(root), "halfcell campaign FOLDER, with raw files in it or below it")
    tables, cells = Tables(out), read_cells(root)
    before = {} if request.fresh else tables.files()
    tables.remove_orphans({file["part"] for file in before.values()})
    files = {file["file"]: file for file in _files(root, out)}
    if not files and not before:
        raise InputError("no raw file in it or below it", str(root))
    asked = {path: _job(file, cells, request) for path, file in files.items()}
    kept: dict[str, Mapping[str, Any]] = {}
    kept |= {path: before[path] for path in asked if _is_known(before.get(path), files[path], asked[path])}
    unchanged, waiting = len(kept), [job for path, job in asked.items() if path not in kept]
    _analyse(root, waiting, request, tables, kept, files)
    gone = set(before) - set(files)
    if unchanged < len(before) or gone:
        tables.write_files(_in_order(kept))
        tables.keep({path: file["part"] for path, file in kept.items()})
    return CampaignOutcome(
        analysed=len(waiting),
        unchanged=unchanged,
        failed=sum(file["state"] == FAILED for file in kept.values()),
        gone=len(gone),
        studies=gather_numbers(root, tables),
    )


def _files(root: Path, out: Path) -> Iterator[dict[str, Any]]:
    """Path, size and time of each raw file; tables, studies' own files and what halfcell wrote are none."""
    inside = os.path.relpath(out, root).replace(os.sep, "/")
    for path, stat in folder_files(root, "."):
        name = path.removeprefix("./")
        parts = name.split("/")
        is_own = parts[-1] in (*TABLES, *_OWN) or name.startswith(f"{inside}/") or "out" in parts[:-1]
        if not is_own and is_utf8(name):
            yield {"file": name, "size": stat.st_size, "mtime_ns": stat.st_mtime_ns}


def _job(file: Mapping[str, Any], cells: Mapping[str, dict[str, Any]], request: CampaignRequest) -> FileJob:
    cell = cell_of(file["file"], cells)
    return FileJob(path=file["file"], technique=request.technique, cell=cell, values=request.values)


def _mark(file: Mapping[str, Any], job: FileJob) -> str:
    """The hash of all that the rows of a file depend on, except the version of its technique."""
    cell = {name: str(value) for name, value in job.cell.items()}
    values = {name: str(value) for name, value in job.values.items()}
    stamp = [file["size"], file["mtime_ns"]]
    return digest({"stamp": stamp, "cell": cell, "values": values, "asked": job.technique, "readers": readers_hash()})


def _is_known(row: Mapping[str, Any] | None, file: Mapping[str, Any], job: FileJob) -> bool:
    """Whether the rows of a file are still what they would be now."""
    if row is None or row["mark"] != _mark(file, job):
        return False
    return not row["technique"] or row["version"] == installed_version(row["technique"])


def _analyse(
    root: Path,
    waiting: Sequence[FileJob],
    request: CampaignRequest,
    tables: Tables,
    kept: dict[str, Mapping[str, Any]],
    files: Mapping[str, Mapping[str, Any]],
) -> None:
    """Analyse the files that wait, write the parts of their rows, and list them in `kept` and the table of raw files.

    The table is written when a fiftieth of it is new, so that this costs the same per file however many there are;
    what a run that is killed had not listed yet is analysed again.
    """
    asked, listed = {job.path: job for job in waiting}, len(kept)
    for part in _parts(root, waiting, request, tables):
        tables.write_part(part.name, part.rows)
        for row in part.files:
            file = files[row["file"]]
            kept[row["file"]] = {**file, **row, "mark": _mark(file, asked[row["file"]])}
        if len(kept) - listed >= _SHARE * len(kept):
            tables.write_files(_in_order(kept))
            listed = len(kept)
    if listed < len(kept):
        tables.write_files(_in_order(kept))


def _parts(root: Path, waiting: Sequence[FileJob], request: CampaignRequest, tables: Tables) -> Iterator[Part]:
    """The parts of the files that are analysed, each as soon as it is full."""
    total, done = len(waiting), 0
    left = (Job(analyse_file, job, job.path, "file", far_file) for job in waiting)
    jobs = deque(islice(left, _AHEAD))
    numbers = iter(range(_next_number(tables), 10**9))
    part = Part(f"{next(numbers):06d}")
    for event in scheduler_for(root, request.workers, request.cluster).work_through(jobs):
        jobs.extend(islice(left, max(_AHEAD - len(jobs), 0)))
        if not isinstance(event, Finished):
            continue
        found: AnalysedFile = event.attempt.value or AnalysedFile(state=FAILED, failure=event.attempt.failure)
        about = {"reader": found.reader, "technique": found.technique, "version": _version(found)}
        file = {
            "file": event.job.what.path,
            "state": found.state,
            "failure": found.failure,
            "sha256": found.sha256,
            **about,
        }
        part.add(file, found.rows)
        done += 1
        if request.on_progress:
            request.on_progress(done, total)
        if part.is_full:
            yield part
            part = Part(f"{next(numbers):06d}")
    if part.files:
        yield part


def _version(found: AnalysedFile) -> str:
    return installed_version(found.technique) if found.technique else ""


def _next_number(tables: Tables) -> int:
    used = [int(name) for name in tables.parts() if name.isdigit()]
    return max(used, default=0) + 1


def _in_order(files: Mapping[str, Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    return (files[path] for path in sorted(files))
