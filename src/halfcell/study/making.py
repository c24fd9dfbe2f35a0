"""Make a study: compute what is out of date, write the items, the numbers and the lock; say what was done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import InputError, StudyError
from halfcell.core.plugins import did_you_mean
from halfcell.study import lock as locks
from halfcell.study.identity import hash_files, identified
from halfcell.study.loading import Loaded, load
from halfcell.study.planning import plan
from halfcell.study.records import ItemDone, Made, Outcome, Progress, Step, Task
from halfcell.study.runner import Crew, do_item, do_step
from halfcell.study.store import Store, alone, as_text
from halfcell.study.traced import numbers_csv
from halfcell.study.unchanged import fingerprint, forget, remember

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


@dataclass(frozen=True, kw_only=True)
class _Phase:
    """What the two phases of a run (analyses, items) came to."""

    failures: Mapping[str, str] = field(default_factory=dict)  # step id -> why
    computed: int = 0
    reused: int = 0


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
        names = [task_part.technique for task in loaded.tasks for task_part in task.spec.parts]
        mark = fingerprint(root, loaded.inputs, loaded.folders, names)
        forget(root)
        lock = locks.read_lock(root)
        crew = Crew(root, request.workers, request.scheduler)
        phase = _compute(chosen, crew, request.tell)
        done, made = _items(chosen, crew, phase, lock, request.tell)
        outcome = Outcome(
            items=done,
            computed=phase.computed,
            reused=phase.reused,
            unmatched=tuple(f"{path}: {why}" for path, why in loaded.unmatched),
        )
        return _finish(loaded, request, outcome, made, mark)


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


def _compute(tasks: Sequence[Task], crew: Crew, tell: Tell | None) -> _Phase:
    """Compute the steps that are not in the store."""
    store = Store(crew.root)
    steps = {step.id: step for task in tasks for step in task.steps}
    pending: list[Step] = [step for step in steps.values() if not store.has(step.id)]
    failures = {}
    total = len(pending) + len(tasks)
    for count, (step, attempt) in enumerate(crew.each(do_step, pending), start=1):
        if attempt.failure:
            failures[step.id] = attempt.failure
        if tell:
            tell(Progress(done=count, total=total))
    computed = len(pending) - len(failures)
    return _Phase(failures=failures, computed=computed, reused=len(steps) - len(pending))


def _items(
    tasks: Sequence[Task], crew: Crew, phase: _Phase, lock: Mapping[str, Any], tell: Tell | None
) -> tuple[tuple[ItemDone, ...], dict[str, tuple[Task, Made]]]:
    """Make the items whose results are there and whose files are not as recorded."""
    done: dict[str, ItemDone] = {}
    made: dict[str, tuple[Task, Made]] = {}
    pending = []
    records = standing(crew.root, tasks)
    for task in tasks:
        record = records.get(task.key)
        failure = _failure(task, phase.failures)
        if failure:
            done[task.spec.key] = _done(task, "failed", failure=failure)
        elif record is not None:
            done[task.spec.key] = _done(task, "unchanged", record)
            made[task.spec.key] = task, record
        else:
            pending.append(task)
    before = phase.computed + len(phase.failures)
    for item in done.values():
        _say(tell, before + len(done), before + len(tasks), item)
    for task, attempt in crew.each(do_item, pending):
        key = task.spec.key
        if attempt.failure:
            done[key] = _done(task, "failed", failure=attempt.failure)
        else:
            made[key] = task, attempt.value
            done[key] = replace(_done(task, "made", attempt.value), reasons=locks.reasons(task, lock))
        _say(tell, before + len(done), before + len(tasks), done[key])
    return tuple(done[task.spec.key] for task in tasks), made


def _failure(task: Task, failures: Mapping[str, str]) -> str:
    """Why an item cannot be made: the failures of its steps, each with its subject."""
    said = []
    for slot in (slot for part in task.parts for slot in part if slot.step.id in failures):
        failure = failures[slot.step.id]
        told = any(file.path in failure for file in slot.step.files)
        said.append(failure if told else f"{slot.label}: {failure}")
    return "; ".join(dict.fromkeys(said))


def _say(tell: Tell | None, done: int, total: int, item: ItemDone) -> None:
    if tell:
        tell(Progress(done=done, total=total, item=item))


def _done(task: Task, state: Any, made: Made | None = None, failure: str = "") -> ItemDone:
    return ItemDone(
        id=task.spec.id,
        kind=task.spec.kind,
        name=task.spec.name,
        state=state,
        results=len(task.steps),
        failure=failure,
        notes=made.notes if made else (),
        simulated=made.simulated if made else False,
    )


def standing(root: Path, tasks: Iterable[Task]) -> dict[str, Made]:
    """The records of items whose files are all there with the content recorded, by the items' keys."""
    records = {task.key: Store(root).made(task.key) for task in tasks}
    there = hash_files(root, {path for record in records.values() if record for path in record.outputs})
    return {
        key: record
        for key, record in records.items()
        if record and all(there[path] == sha256 for path, sha256 in record.outputs.items())
    }


def _finish(
    loaded: Loaded, request: Request, outcome: Outcome, made: dict[str, tuple[Task, Made]], mark: Mapping[str, Any]
) -> Outcome:
    """Write numbers.csv and the lock, remove what no item makes any more, publish the document, remember the run."""
    root, store = loaded.root, Store(loaded.root)
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
        from halfcell.study.publishing import published

        _put(store, root / locks.NAME, as_text(new))  # what was computed stands, whatever becomes of the report
        new["report"] = published(loaded, outcome, new, lock.get("report", {}), request.publish)
    _put(store, root / locks.NAME, as_text(new))
    _remove_old(root, lock, new)
    outputs = tuple(new.get("report", {}).get("outputs", {}))
    outcome = replace(outcome, published=outputs if request.publish and whole else ())
    if whole and not outcome.failed:
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
