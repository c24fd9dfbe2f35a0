"""Run a study: compute the steps, make each figure and table as soon as its steps are done, report the progress."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean, plugins
from halfcell.study.cache.fingerprint import Fingerprint, fingerprint
from halfcell.study.cache.last_run import forget_last_run
from halfcell.study.cache.lock_file import read_lock
from halfcell.study.cache.results import Store
from halfcell.study.cache.run_lock import only_run_in
from halfcell.study.execute.outcome import Outcome, Progress
from halfcell.study.files.item_spec import is_item_name
from halfcell.study.plan.identified_plan import IdentifiedItem, IdentifiedPlan, Step
from halfcell.study.plan.identity import identify
from halfcell.study.plan.predicted_part import predicting_technique
from halfcell.study.plan.study_plan import checked_plan
from halfcell.study.run_outputs import write_outputs
from halfcell.study.run_request import RunRequest
from halfcell.study.run_state import RunState

if TYPE_CHECKING:
    from halfcell.study.execute.jobs import Job, Scheduler


def _mark(identified: IdentifiedPlan) -> Fingerprint:
    """The fingerprint of the run; a standard or a card that the settings name may lie outside the raw folders."""
    files = identified.files
    parts = [part for item in identified.items for part in item.spec.parts]
    techniques = [part.technique for part in parts if part.technique]
    techniques += [predicting_technique(part.technique) for part in parts if part.predict]
    named = (file.path for item in identified.items for step in item.steps for file in step.references.values())
    return fingerprint(identified.root, dict.fromkeys((*files.inputs, *named)), files.raw.folders, techniques)


_FEW = 4  # analyses and items that one process does sooner than two have started


def run_study(path: Path, request: RunRequest) -> Outcome:
    """Run a study: plan it, compute what is out of date, write figures, tables, numbers.csv, study.lock and the report.

    Raises
    ------
    StudyError
        With every mistake in the study's files; then nothing is run.
    InputError
        If an item that is asked for is not in the study, or another run is already working on this study.
    """
    plan = checked_plan(path, keep=True)
    identified = identify(plan, trust_times=request.publish is None)
    chosen_items(identified, request.items)
    root = identified.root
    with only_run_in(root):
        if request.fresh:
            Store(root).clear()
            identified = identify(plan)  # the readers are looked for again, too
        mark = _mark(identified)
        forget_last_run(root)
        state = RunState(chosen_items(identified, request.items), root, read_lock(root))
        with closing(work_through(state, root, request)) as reports:
            for progress in reports:
                if request.on_progress:
                    request.on_progress(progress)
        if state.steps:
            from halfcell.study.cache.measurements import StoredMeasurements

            StoredMeasurements(root).limit_size()
        return write_outputs(identified, state, mark, request.publish)


def _scheduler(state: RunState, root: Path, request: RunRequest) -> Scheduler:
    """What does the jobs of a run: few are done sooner than more processes have started.

    They are done in this process where the last run analysed the same files in the same way with other settings. Other
    analyses are done in another process, since a damaged file may end it.
    """
    from halfcell.study.execute.local_processes import LocalProcesses
    from halfcell.study.execute.scheduler import scheduler_for

    is_free = not request.workers and request.cluster is None
    if is_free and len(state.steps) + state.items_left <= _FEW:
        return scheduler_for(root, 1) if _are_known(state.steps, root) else LocalProcesses(root, 1)
    return scheduler_for(root, request.workers, request.cluster, fresh=request.fresh)


def _are_known(steps: Sequence[Step], root: Path) -> bool:
    """Whether the last run did all these analyses with other settings, by techniques of halfcell itself."""
    if not steps:
        return True
    from halfcell.study.execute.lock_entries import was_analysed

    lock, own = read_lock(root), plugins("techniques")
    return all(own[step.technique].package == "halfcell" and was_analysed(step, lock) for step in steps)


def work_through(state: RunState, root: Path, request: RunRequest) -> Generator[Progress, None, None]:
    """Compute all steps and make all items of a run; an item is made as soon as the last of its steps has ended.

    What does the jobs is imported where there are any.
    """
    jobs = deque(_step_jobs(state.steps))
    yield from _queue_items(state, state.items_ready(), jobs)
    if not jobs:
        return
    from halfcell.study.execute.jobs import Started

    for event in _scheduler(state, root, request).work_through(jobs):
        if isinstance(event, Started):
            yield state.progress(busy=tuple(_job_name(job) for job in event.jobs))
        elif isinstance(event.job.what, Step):
            state.step_ended(event.job.what, event.attempt)
            yield state.progress()
            yield from _queue_items(state, state.items_ready(last=event.job.what), jobs)
        else:
            yield state.progress(item=state.item_ended(event.job.what, event.attempt))


def _step_jobs(steps: Sequence[Step]) -> Iterator[Job]:
    if steps:
        from halfcell.study.execute.jobs import Job
        from halfcell.study.execute.step_job import compute_and_store

        yield from (Job(compute_and_store, step, step.id, step.technique) for step in steps)


def _item_jobs(items: Sequence[IdentifiedItem]) -> Iterator[Job]:
    if items:
        from halfcell.study.execute.jobs import Job
        from halfcell.study.items.write_item import write_item

        yield from (Job(write_item, item, item.key) for item in items)


def _queue_items(state: RunState, items: Sequence[IdentifiedItem], jobs: deque[Job]) -> Iterator[Progress]:
    """Put the items that have to be made at the front of the queue; report those that need no work."""
    to_make = []
    for item in items:
        done = state.done_without_work(item)
        if done is None:
            to_make.append(item)
        else:
            yield state.progress(item=done)
    jobs.extendleft(reversed(list(_item_jobs(to_make))))


def _job_name(job: Job) -> str:
    """What a job does, as the progress bar shows it: ``diffraction of Si/Sn-5``, ``Fig. S3``."""
    if isinstance(job.what, Step):
        return f"{job.what.technique} of {job.what.subject}" if job.what.subject else job.what.technique
    return str(job.what.spec.name)


def chosen_items(plan: IdentifiedPlan, names: Sequence[str]) -> tuple[IdentifiedItem, ...]:
    """The items asked for by id (``S1``), name (``Table S1``) or key (``table S1``); all items if none is asked for.

    Raises
    ------
    InputError
        If there is no such item.
    """
    wanted: set[str] = set()
    for name in names:
        keys = {item.spec.key for item in plan.items if is_item_name(name, item.spec.id, item.spec.name, item.spec.key)}
        if not keys:
            known = [item.spec.name for item in plan.items]
            raise InputError(f"no item {name!r} in the study", plan.files.lines.name, did_you_mean(name, known))
        wanted |= keys
    return tuple(item for item in plan.items if not names or item.spec.key in wanted)
