"""What becomes of a small study whose files fail, or change, at every place in turn: the rows of docs/durability.md."""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unittest import mock

import faults
import halfcell
from halfcell.core.atomic_files import write_aside
from halfcell.core.errors import InputError
from halfcell.study.cache.kept_records import stored_record
from halfcell.study.cache.last_run import forget_last_run
from halfcell.study.cache.lock_file import LOCK_FILE, check_lock
from halfcell.study.cache.results import Store
from halfcell.study.cache.sealed import Damaged, unsealed
from halfcell.study.cache.store_files import FOLDER, StoreFiles
from halfcell.study.cache.verify_store import verify_store

_TIMED: Final = ("hashes.json", "state.json", "readers.json", "records.json")
_SEED: Final = 20261130


@dataclass(frozen=True)
class Fault:
    """What came of one operation that failed: `kind` of operation, and whether all was well."""

    kind: str
    fault: str
    verdict: str  # "told", "same bytes", or what was wrong


@dataclass(frozen=True)
class Flipped:
    """What came of changing each byte of the files of one kind, and of runs with one of these bytes changed."""

    files: int = 0
    bytes: int = 0
    found: int = 0  # by `store verify`
    unused: int = 0  # by a run
    runs: int = 0
    equal: int = 0


@contextmanager
def undrawn() -> Iterator[None]:
    """Figures are drawn by a stand-in in no time, and written as the renderer writes them."""

    def print_figure(figure: halfcell.Figure, stem: Path) -> tuple[Path, ...]:
        paths = [stem.with_name(f"{stem.name}.{suffix}") for suffix in ("svg", "pdf", "png", "csv")]
        return tuple(write_aside(path, f"{figure.panels[0].layers[0].y.tolist()}\n") for path in paths)

    with mock.patch("halfcell.render.print_figure", print_figure):
        yield


def run(root: Path) -> halfcell.Outcome:
    """A run with its review document, in this process."""
    from halfcell.report import write_review

    return halfcell.Study.load(root).run(workers=1, publish=write_review)


def outputs(root: Path) -> dict[str, bytes]:
    """Every file that a run leaves for people."""
    paths = [*(root / "out").rglob("*"), root / LOCK_FILE]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def faulty(root: Path, step: int = 1) -> Iterator[Fault]:
    """The first run of a study, with each `step`-th operation failing in turn, by each fault; and the run after it.

    Each pair of runs has a process of its own, a copy of this one.
    """
    with faults.failing(root, 0, 0) as done:
        run(root)
    kinds, expected = list(done), outputs(root)
    for fault, number in faults.FAULTS.items():
        for at in range(1, len(kinds) + 1, step):
            _as_new(root)
            told = _apart(lambda at=at, number=number: _told(root, at, number, expected))
            verdict = _apart(lambda told=told: _mended(root, told, expected))
            yield Fault(kinds[at - 1], fault, verdict)
    _as_new(root)


def _as_new(root: Path) -> None:
    """The study as before its first run."""
    for name in ("out", FOLDER):
        shutil.rmtree(root / name, ignore_errors=True)
    (root / LOCK_FILE).unlink(missing_ok=True)


def _told(root: Path, at: int, number: int, expected: Mapping[str, bytes]) -> str:
    """What a run says of an operation that failed."""
    with faults.failing(root, at, number):
        try:
            outcome = run(root)
            said = " ".join(item.problem for item in outcome.items)
        except (halfcell.HalfcellError, OSError) as error:
            said = str(error)
    if os.strerror(number) in said:
        return "told"
    return "same bytes" if outputs(root) == expected else f"not told: {said}"


def _mended(root: Path, told: str, expected: Mapping[str, bytes]) -> str:
    """Whether the run after a fault makes everything as it should be; if so, what the run with the fault said."""
    outcome = run(root)
    if outcome.exit_status or outputs(root) != expected:
        return f"not mended: {outcome.exit_status}, {_differing(outputs(root), expected)}"
    problems = verify_store(root).problems
    return f"damaged: {problems[0]}" if problems else told


def _differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def _apart(work: Callable[[], str]) -> str:
    """What `work` returns, in a copy of this process; "killed" if it did not live to say it."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            said = work()
        except Exception as error:  # noqa: BLE001 -- whatever it is, the table names it
            said = f"exception: {error!r}"
        os.write(writing, json.dumps(said).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        said = file.read()
    _, status = os.waitpid(child, 0)
    return "killed" if os.waitstatus_to_exitcode(status) == faults.KILLED else str(json.loads(said))


def flipped(root: Path, runs: int) -> dict[str, Flipped]:
    """Each byte of each file that a run keeps is changed, one at a time, and as many runs are made with one changed.

    By kind of file; the study has been run.
    """
    expected, found = outputs(root), {}
    for kind, paths in _kept(root).items():
        counts: Counter[str] = Counter(files=len(paths))
        for path in paths:
            for _ in _each_flipped(path):
                counts["bytes"] += 1
                counts["found"] += _is_found(root, path)
                counts["unused"] += _is_unused(root, path)
        for path, place in _chosen(paths, runs):
            counts["runs"] += 1
            content = bytearray(path.read_bytes())
            content[place] ^= _bit(place)
            path.write_bytes(content)
            if path.name != "state.json":
                forget_last_run(root)  # or it believes that nothing has changed, and reads nothing
            run(root)
            counts["equal"] += outputs(root) == expected
        found[kind] = Flipped(**counts)
    return found


def _kept(root: Path) -> dict[str, list[Path]]:
    """The files of the store by kind, and the lock."""
    store = root / FOLDER
    kinds = {
        "results of analyses": store.glob("results/*/*.results"),
        "records of figures and tables": store.glob("items/*.json"),
        "parts of the report": store.glob("parts/*.txt"),
        "plan and outlines": store.glob("shown/*.shown"),
        "hashes, readers, last run": (store / name for name in _TIMED),
        LOCK_FILE: [root / LOCK_FILE],
    }
    return {kind: sorted(path for path in paths if path.is_file()) for kind, paths in kinds.items()}


def _each_flipped(path: Path) -> Iterator[None]:
    """Change one byte of a file after the other, each back before the next; damaged files stay where they are."""
    content = path.read_bytes()
    with path.open("r+b", buffering=0) as file, mock.patch.object(StoreFiles, "set_aside"):
        for place, byte in enumerate(content):
            for value in (byte ^ _bit(place), byte):
                file.seek(place)
                file.write(bytes([value]))
                if value != byte:
                    yield


def _bit(place: int) -> int:
    """The bit that is changed, another one at each place."""
    return 1 << place % 8


def _chosen(paths: list[Path], runs: int) -> Iterator[tuple[Path, int]]:
    chance = random.Random(_SEED)
    for _ in range(runs if paths else 0):
        path = chance.choice(paths)
        if path.is_file():  # parts of an older report are removed
            yield path, chance.randrange(path.stat().st_size)


def _is_found(root: Path, path: Path) -> bool:
    """Whether `store verify` names the file."""
    if path.name == LOCK_FILE:
        return _refuses_lock(root)
    try:
        unsealed(path.read_bytes())
    except Damaged:
        return True
    return False


def _is_unused(root: Path, path: Path) -> bool:
    """Whether what a run reads the file with says that it holds nothing."""
    store = Store(root)
    match path.parent.name, path.suffix:
        case _, ".lock":
            return _refuses_lock(root)
        case _, ".results":
            return store.load_results(path.stem) is None
        case "items", _:
            return store.load_record(path.stem) is None
        case _, ".shown":
            return stored_record(store, path.stem) is None
        case "parts", _:
            return _is_found(root, path)
        case _:
            return not store.read_json(path)


def _refuses_lock(root: Path) -> bool:
    try:
        check_lock(root)
    except InputError:
        return True
    return False


def main(words: Sequence[str]) -> int:
    """Print what came of every fifth operation of a small study: ``python tests/durability.py FOLDER 5``."""
    from small_study import small_study

    with undrawn():
        found = faulty(small_study(Path(words[0])), int(words[1]))
        print(json.dumps([[one.kind, one.fault, one.verdict] for one in found]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
