"""A step that is computed on a machine that shares nothing with this one but a store."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from halfcell.core.errors import HalfcellError
from halfcell.study.cache.file_hashes import hash_files
from halfcell.study.cache.results import Store
from halfcell.study.cache.shared_store import SharedStore
from halfcell.study.execute.step import compute_step
from halfcell.study.files.input_file import InputFile
from halfcell.study.plan.file_beside import file_beside
from halfcell.study.plan.identified_plan import Step


@dataclass(frozen=True, kw_only=True)
class FarStep:
    """A step whose files have names of their own, under which a worker fetches them from the store at `url`.

    `contents` are path and sha256 of each file to fetch, `names` the paths in the study by the names that the worker
    sees, for its errors. Without `fresh`, results that are in the store already are not computed again.
    """

    step: Step
    url: str
    contents: Mapping[str, str]
    names: Mapping[str, str]
    fresh: bool = False


def send(step: Step, root: Path, store: SharedStore, *, fresh: bool = False) -> FarStep:
    """Put the files of a step into the shared store, and describe the step to a worker."""
    contents: dict[str, str] = {}
    names: dict[str, str] = {}
    for file in (*step.files, *step.references.values()):
        for path, sha256 in _with_file_beside(file, root):
            moved = _moved(path, file.sha256)
            contents[moved], names[moved] = sha256, path
            store.put_file(root / path, sha256)
    return FarStep(
        step=replace(
            step,
            files=tuple(replace(file, path=_moved(file.path, file.sha256)) for file in step.files),
            references={
                name: replace(file, path=_moved(file.path, file.sha256)) for name, file in step.references.items()
            },
        ),
        url=store.url,
        contents=contents,
        names=names,
        fresh=fresh,
    )


def compute_far_step(far: FarStep, _root: Path) -> None:
    """Fetch the files of a step into a folder of its own, compute it, and put its results into the shared store.

    Raises
    ------
    HalfcellError
        If a file cannot be fetched or read, or the analysis refuses; it names the files as the study does.
    """
    shared = SharedStore(far.url)
    if not far.fresh and shared.get_results(far.step.id) is not None:
        return  # a worker that died had stored them already
    with tempfile.TemporaryDirectory(prefix="halfcell-") as folder:
        root = Path(folder)
        try:
            for path, sha256 in far.contents.items():
                shared.get_file(sha256, root / path)
            Store(root).save_results(far.step.id, compute_step(far.step, root))
        except HalfcellError as error:
            raise _named_as_in_study(error, root, far.names) from error
        shared.put_results(far.step.id, Store(root).results_path(far.step.id).read_bytes())


def receive(step: Step, root: Path, store: SharedStore) -> bool:
    """Fetch the results of a step into the study's own store; False if they are not in the shared one."""
    content = store.get_results(step.id)
    if content is None:
        return False
    Store(root).write_file(Store(root).results_path(step.id), content)
    return True


def _with_file_beside(file: InputFile, root: Path) -> Iterator[tuple[str, str]]:
    """Path and hash of a file, and of the file beside it that its reader reads, too."""
    yield file.path, file.sha256
    beside = file_beside(root, file.path)
    if beside:
        yield beside, hash_files(root, [beside])[beside]


def _moved(path: str, sha256: str) -> str:
    """Where a worker has a file: its own name in a folder of its content, whatever folder it is in here."""
    return f"{sha256[:16]}/{PurePosixPath(path).name}"


def _named_as_in_study(error: HalfcellError, root: Path, names: Mapping[str, str]) -> HalfcellError:
    """The same error with the paths of the study in the place of those of the worker."""
    texts = [error.what, error.where, error.hint]
    for moved, path in names.items():
        texts = [text.replace(str(root / moved), path).replace(moved, path) for text in texts]
    return type(error)(*texts)
