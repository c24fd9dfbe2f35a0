"""Make a study: compute what is out of date, write the items, the numbers and the lock; say what was done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import InputError, StudyError
from halfcell.core.plugins import did_you_mean
from halfcell.study.cache import lock_file as locks
from halfcell.study.cache.fingerprint import fingerprint, forget, remember
from halfcell.study.cache.measurements import Kept
from halfcell.study.cache.results import Store, alone, as_text
from halfcell.study.execute.local_processes import Crew
from halfcell.study.files.study_files import Loaded, load
from halfcell.study.items.provenance import numbers_csv
from halfcell.study.plan.identity import identified
from halfcell.study.plan.item_plan import plan
from halfcell.study.plan.vanished_subjects import with_gone
from halfcell.study.records import Made, Outcome, Progress, Task
from halfcell.study.run_state import Work

if TYPE_CHECKING:
    from halfcell.core.document import Document

Publish = Callable[["Document", Path], tuple[Path, ...]]
Tell = Callable[[Progress], None]
NUMBERS = "out/numbers.csv"


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is asked of a run: items (none means all), workers, a Dask scheduler, whether to forget the store."""

    items: tuple[str, ...] = ()
    workers: int = 0
    scheduler: str = ""
    fresh: bool = False
    publish: Publish | None = None
    tell: Tell | None = None


def planned(path: Path) -> Loaded:
    """A study loaded and planned, its files hashed; nothing is run.

    Raises
    ------
    StudyError
        With every mistake in the study's files.
    """
    loaded = plan(load(path))
    if loaded.problems:
        count = len(loaded.problems)
        what = f"{count} mistake{'s' if count > 1 else ''} in the study; nothing was run"
        raise StudyError(what, path.name, "halfcell check lists them", loaded.problems)
    loaded = replace(loaded, tasks=with_gone(loaded, locks.read_lock(loaded.root)))
    return replace(loaded, tasks=identified(loaded))


def make_study(path: Path, request: Request) -> Outcome:
    """Run a study.

    Raises
    ------
    StudyError
        With every mistake in the study's files; then nothing is run.
    InputError
        If an item that is asked for is not in the study, or another run is at work.
    """
    root = path.resolve().parent
    loaded = planned(path)
    chosen = chosen_tasks(loaded, request.items)
    with alone(root):
        if request.fresh:
            Store(root).clear()
            loaded = replace(loaded, tasks=identified(loaded))  # the readers are asked anew, too
            chosen = chosen_tasks(loaded, request.items)
        names = [task_part.technique for task in loaded.tasks for task_part in task.spec.parts]
        mark = fingerprint(root, loaded.inputs, loaded.folders, names)
        forget(root)
        lock = locks.read_lock(root)
        work = Work(chosen, root, lock, request.tell)
        crew = Crew(root, request.workers, request.scheduler, work.begun)
        crew.work(work.jobs(), work.after)
        Kept(root).bound()
        outcome = work.outcome(tuple(f"{path}: {why}" for path, why in loaded.unmatched))
        return _finish(loaded, request, outcome, work.made, mark)


def chosen_tasks(loaded: Loaded, items: Sequence[str]) -> tuple[Task, ...]:
    """The tasks of the items asked for, by id (``S1``), name (``Table S1``) or key (``table S1``); all if none is.

    Raises
    ------
    InputError
        If there is no such item.
    """
    wanted: dict[str, None] = {}
    for item in items:
        fits = [task for task in loaded.tasks if means(item, task.spec.id, task.spec.name, task.spec.key)]
        if not fits:
            known = [task.spec.name for task in loaded.tasks]
            raise InputError(f"no item {item!r} in the study", loaded.lines.name, did_you_mean(item, known))
        wanted.update(dict.fromkeys(task.spec.key for task in fits))
    return tuple(task for task in loaded.tasks if not items or task.spec.key in wanted)


def means(word: str, *names: str) -> bool:
    """Whether a word means an item, whatever its capitals, points and the length of "Fig."."""

    def bare(text: str) -> str:
        return text.lower().replace("figure", "fig").replace(".", "").replace(" ", "")

    return bare(word) in {bare(name) for name in names}


def _finish(
    loaded: Loaded, request: Request, outcome: Outcome, made: dict[str, tuple[Task, Made]], mark: Mapping[str, Any]
) -> Outcome:
    """Write numbers.csv and the lock, remove what no item makes any more, publish the document, remember the run."""
    root, store = loaded.root, Store(loaded.root)
    loaded = replace(loaded, tasks=tuple(made.get(task.spec.key, (task,))[0] for task in loaded.tasks))
    lock = locks.read_lock(root)
    chosen = {item.kind + " " + item.id for item in outcome.items}
    others = {task.spec.key for task in loaded.tasks} - chosen
    kept = {key: entry for key, entry in lock.get("items", {}).items() if key in others}
    new = locks.new_lock(loaded.file.title, made, lock, kept)
    numbers = list(_numbers(loaded.tasks, new, store))
    _put(store, root / NUMBERS, numbers_csv(numbers))
    new |= {"report": lock["report"]} if "report" in lock else {}
    whole = not others
    if whole and request.publish is not None:
        from halfcell.study.items.document import published

        _put(store, root / locks.NAME, as_text(new))  # what was computed stands, whatever becomes of the report
        new["report"] = published(loaded, outcome, new, lock.get("report", {}), request.publish)
    _put(store, root / locks.NAME, as_text(new))
    _remove_old(root, lock, new)
    outputs = tuple(new.get("report", {}).get("outputs", {}))
    outcome = replace(outcome, published=outputs if request.publish and whole else ())
    if whole and not outcome.exit_status:
        every = [path for entry in new["items"].values() for path in entry["outputs"]]
        every += [*outputs, NUMBERS, locks.NAME]
        remember(root, mark, outcome, every, publishing=request.publish is not None)
    return outcome


def _numbers(tasks: Iterable[Task], lock: Mapping[str, Any], store: Store) -> Iterator[Mapping[str, Any]]:
    """The numbers of all items that stand, in the order of the study."""
    for task in tasks:
        entry = lock["items"].get(task.spec.key)
        record = store.made(entry["key"]) if entry else None
        if record is not None:
            yield from record.numbers


def _put(store: Store, path: Path, text: str) -> None:
    """Write a file if its content is another."""
    if not path.is_file() or path.read_bytes() != text.encode():
        store.put(path, text)


def _remove_old(root: Path, lock: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Remove the files of items that are gone or failed: an old figure beside a failure would be a lie."""
    now = {path for entry in new["items"].values() for path in entry["outputs"]}
    for entry in lock.get("items", {}).values():
        for path in set(entry["outputs"]) - now:
            (root / path).unlink(missing_ok=True)
    for folder in ("out/figures", "out/tables"):
        if (root / folder).is_dir() and not any((root / folder).iterdir()):
            os.rmdir(root / folder)
