"""A raw file of a campaign that is analysed on a machine that shares nothing with this one but a store."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from halfcell.campaign.raw_file import AnalysedFile, FileJob, analyse_file
from halfcell.study.cache.file_hashes import content_hash
from halfcell.study.cache.shared_store import SharedStore
from halfcell.study.execute.jobs import Job
from halfcell.study.plan.file_beside import file_beside


@dataclass(frozen=True, kw_only=True)
class FarFile:
    """A raw file, and the sha256 of it and of the file beside it by their paths, to fetch from the store at `url`."""

    job: FileJob
    url: str
    contents: Mapping[str, str]


def far_file(job: Job, root: Path, shared: SharedStore) -> Job:
    """Put the raw file of a job into the shared store, and give the job of a worker that fetches it from there."""
    path = job.what.path
    paths = (path, file_beside(root, path))
    contents = {name: content_hash(root / name) for name in paths if name}
    for name, sha256 in contents.items():
        shared.put_file(root / name, sha256)
    return replace(job, work=analyse_far_file, what=FarFile(job=job.what, url=shared.url, contents=contents))


def analyse_far_file(far: FarFile, _root: Path) -> AnalysedFile:
    """Fetch a raw file into a folder of its own and analyse it there.

    Raises
    ------
    HalfcellError
        If it cannot be fetched.
    """
    shared = SharedStore(far.url)
    with tempfile.TemporaryDirectory(prefix="halfcell-") as folder:
        for path, sha256 in far.contents.items():
            shared.get_file(sha256, Path(folder) / path)
        return analyse_file(far.job, Path(folder))
