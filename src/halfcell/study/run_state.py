"""The work of a run, job by job: steps that are not stored, then the items that waited for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from halfcell.study.cache import lock_file as locks
from halfcell.study.cache.results import Store
from halfcell.study.execute.local_processes import Attempt, Job, do_item, do_step
from halfcell.study.items.omitted import failure_of, without_failed
from halfcell.study.plan.identity import hash_files
from halfcell.study.records import ItemDone, Made, Outcome, Progress, Step, Task

Tell = Callable[[Progress], None]


class Work:
    """What is to be done in one run and what has been: it gives out jobs and hears how they ended.

    An item is made as soon as the last step that it waited for has ended, without the subjects whose step failed; with
    no subject left it fails.
    """

    def __init__(self, tasks: Sequence[Task], root: Path, lock: Mapping[str, Any], tell: Tell | None) -> None:
        steps = {step.id: step for task in tasks for step in task.steps}
        self._tasks, self._root, self._lock, self._tell = tasks, root, lock, tell
        self._records = standing(root, tasks)
        self._pending = {name: step for name, step in steps.items() if not Store(root).has(name)}
        self._reused = len(steps) - len(self._pending)
        self._open = set(self._pending)
        self._total = len(self._pending) + len(tasks)
        self._busy: tuple[str, ...] = ()
        self.failures: dict[str, str] = {}
        self.done: dict[str, ItemDone] = {}
        self.made: dict[str, tuple[Task, Made]] = {}

    def jobs(self) -> list[Job]:
        """The first jobs: items whose results are there, then steps in the order of the items that need them."""
        ready = [task for task in self._tasks if _ready(task, self._open)]
        return [*self._settle(ready), *(Job(do_step, step) for step in self._pending.values())]

    def begun(self, jobs: Sequence[Job]) -> None:
        """Hear which jobs are at work."""
        self._busy = tuple(_named(job) for job in jobs)
        self._say()

    def after(self, job: Job, end: Attempt) -> Iterable[Job]:
        """Hear how a job ended; gives the items that can be made now."""
        if isinstance(job.what, Step):
            return self._after_step(job.what, end)
        self._after_item(job.what, end)
        return ()

    def _after_step(self, step: Step, end: Attempt) -> Iterable[Job]:
        self._open.discard(step.id)
        if end.failure:
            self.failures[step.id] = end.failure
        self._say()
        waited = [task for task in self._tasks if step.id in {one.id for one in task.steps}]
        return self._settle([task for task in waited if _ready(task, self._open)])

    def _after_item(self, task: Task, end: Attempt) -> None:
        if end.failure:
            self._put(item_done(task, "failed", failure=end.failure))
            return
        self.made[task.spec.key] = task, end.value
        self._put(replace(item_done(task, "made", end.value), reasons=locks.reasons(task, self._lock)))

    def _settle(self, tasks: Iterable[Task]) -> list[Job]:
        """Items that failed or stand are told at once; the others are jobs."""
        jobs = []
        for task in (without_failed(whole, self.failures) for whole in tasks):
            known = standing(self._root, (task,)) if task.missing else self._records  # by another key, looked up now
            record = known.get(task.key)
            if task.missing and not task.steps:
                self._put(item_done(task, "failed", failure=failure_of(task)))
            elif record is not None:
                self.made[task.spec.key] = task, record
                self._put(item_done(task, "unchanged", record))
            else:
                jobs.append(Job(do_item, task))
        return jobs

    def _put(self, item: ItemDone) -> None:
        self.done[f"{item.kind} {item.id}"] = item
        self._say(item)

    def _say(self, item: ItemDone | None = None) -> None:
        if self._tell:
            done = len(self._pending) - len(self._open) + len(self.done)
            self._tell(Progress(done=done, total=self._total, item=item, busy=self._busy))

    def outcome(self, unmatched: tuple[str, ...]) -> Outcome:
        """What the run did, in the order of the study."""
        return Outcome(
            items=tuple(self.done[task.spec.key] for task in self._tasks),
            computed=len(self._pending) - len(self.failures),
            reused=self._reused,
            unmatched=unmatched,
        )


def _ready(task: Task, waiting: Collection[str]) -> bool:
    """Whether none of an item's steps is still to be done."""
    return not any(step.id in waiting for step in task.steps)


def _named(job: Job) -> str:
    """What a job is, for a person who waits: ``diffraction of Si/Sn-5``, ``Fig. S3``."""
    if isinstance(job.what, Step):
        return f"{job.what.technique} of {job.what.subject}" if job.what.subject else job.what.technique
    return str(job.what.spec.name)


def item_done(
    task: Task, state: Literal["made", "unchanged", "failed"], made: Made | None = None, failure: str = ""
) -> ItemDone:
    """The line of one item."""
    return ItemDone(
        id=task.spec.id,
        kind=task.spec.kind,
        name=task.spec.name,
        state=state,
        results=len(task.steps),
        missing=made.missing if made else (),
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
