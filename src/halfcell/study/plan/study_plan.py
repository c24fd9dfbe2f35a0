"""The plan of a study: every item with its subjects and steps, all mistakes, and the raw files that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from halfcell.core.errors import InputError, StudyError
from halfcell.study.cache.lock_file import vanished_files
from halfcell.study.files.folder_files import NOT_UTF8
from halfcell.study.files.patterns import expression, natural_order, why_unmatched
from halfcell.study.files.raw_files import EmptyPattern, sample_names
from halfcell.study.files.study_files import StudyFiles, read_study_files
from halfcell.study.plan.file_beside import file_beside
from halfcell.study.plan.item_plan import ItemPlan, plan_item
from halfcell.study.plan.kept_plan import KeptPlan, keep_plan, kept_plan
from halfcell.study.plan.planned_item import PlannedItem
from halfcell.study.plan.replicate_groups import mixed_groups
from halfcell.study.plan.settings_layers import wrong_settings


class UnmatchedFile(NamedTuple):
    """A raw file that no pattern matches and no setting names, and why."""

    path: str
    why: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.path}: {self.why}"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A study as planned: its files, its items in order, all mistakes, and the raw files that nothing uses."""

    files: StudyFiles
    items: tuple[PlannedItem, ...]
    problems: tuple[InputError, ...]
    unmatched: tuple[UnmatchedFile, ...]


def plan_study(files: StudyFiles, kept: KeptPlan | None = None) -> Plan:
    """Plan every item of a study; nothing is computed. Items that were planned before are taken from `kept`."""
    items: list[PlannedItem] = []
    problems = [*_with_last_file(files)]
    known = [kept.item(files, spec) if kept else None for spec in files.file.items]
    if not (kept and kept.is_of_this_study):
        problems += [*wrong_settings(files), *mixed_groups(files)]
    for spec, planned_before in zip(files.file.items, known, strict=True):
        planned = ItemPlan(item=planned_before, problems=()) if planned_before else plan_item(files, spec)
        items.append(planned.item)
        problems += planned.problems
    if not items and not problems:
        hint = "add [[figure]] or [[table]] with id, technique and show"
        problems.append(InputError("the study has no figures and no tables", files.lines.name, hint))
    return Plan(
        files=files,
        items=tuple(items),
        problems=_in_order(problems, files),
        unmatched=tuple(_unmatched(files, items)),
    )


def checked_plan(path: Path, *, keep: bool = False) -> Plan:
    """Read and plan a study that has no mistakes; with `keep` its plan is kept for the next run.

    Raises
    ------
    StudyError
        With every mistake in the study's files.
    """
    files = read_study_files(path)
    kept = kept_plan(files) if keep else None
    plan = plan_study(files, kept)
    if plan.problems:
        count = len(plan.problems)
        what = f"{count} mistake{'s' if count > 1 else ''} in the study; nothing was run"
        raise StudyError(what, path.name, "halfcell check lists them", plan.problems)
    if kept is not None:
        keep_plan(files, kept, plan.items)
    return plan


def _with_last_file(files: StudyFiles) -> list[InputError]:
    """The mistakes in the study's files; a pattern without files says which file it matched in the last run."""
    empty = {one.problem: one for one in files.raw.empty_patterns}
    return [_last_matched(files, empty[problem]) if problem in empty else problem for problem in files.problems]


def _last_matched(files: StudyFiles, empty: EmptyPattern) -> InputError:
    problem, shape = empty.problem, expression(empty.pattern, None)
    last = next((path for *_, path in vanished_files(files.root) if shape.fullmatch(path)), "")
    if not last:
        return problem
    return InputError(problem.what, problem.where, f"it was {last} in the last run; {problem.hint}")


def _in_order(problems: Sequence[InputError], files: StudyFiles) -> tuple[InputError, ...]:
    """Each problem once: first those that leave subjects unknown, then study.toml line by line, then the tables."""
    once = {(problem.what, problem.where): problem for problem in problems}

    def place(problem: InputError) -> tuple[bool, bool, tuple[tuple[int, float, str], ...]]:
        in_study_file = problem.where.startswith(files.lines.name)
        return problem not in files.table_problems, not in_study_file, natural_order(problem.where)

    return tuple(sorted(once.values(), key=place))


def _unmatched(files: StudyFiles, items: Sequence[PlannedItem]) -> Iterator[UnmatchedFile]:
    """Raw files that no pattern matches and no setting names."""
    used = {file.path for file in files.raw.matched}
    used |= {path for item in items for step in item.steps for path in step.references.values()}
    used |= {text for path in tuple(used) if (text := file_beside(files.root, path))}
    patterns = [pattern for entry in files.file.raw for pattern in entry.patterns]
    names = {"cell": list(files.subjects.cells), "sample": sample_names(files.subjects)}
    for path in files.raw.found:
        if path not in used:
            yield UnmatchedFile(path, why_unmatched(path, patterns, names))
    for path in files.raw.not_utf8:
        yield UnmatchedFile(path, NOT_UTF8)
