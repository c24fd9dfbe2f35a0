"""The study: load, check, run, and look up its tables, figures and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.study.execute.cluster import Cluster
from halfcell.study.execute.last_outcome import outcome_if_unchanged

if TYPE_CHECKING:
    from halfcell.core.document import Document
    from halfcell.core.figure import Figure
    from halfcell.core.table import Table
    from halfcell.study.execute.outcome import Outcome
    from halfcell.study.files.item_spec import Kind
    from halfcell.study.items.why import Why
    from halfcell.study.plan.study_plan import Plan
    from halfcell.study.run_request import OnProgress, Publish
    from halfcell.study.shown_items import ShownFigure, ShownTable


@dataclass(frozen=True)
class Study:
    """A study on disk. It is read again each time, so that your edits in between count."""

    path: Path

    @classmethod
    def load(cls, path: str | Path = "study.toml") -> Study:
        """Open a study by its ``study.toml`` or its folder.

        Raises
        ------
        InputError
            If there is no such file.
        """
        path = Path(path)
        path = path / "study.toml" if path.is_dir() else path
        if not path.is_file():
            raise InputError(
                "no such study file", str(path), "name the study, or draft one: halfcell new FOLDER --from RAW"
            )
        return cls(path)

    def check(self) -> tuple[InputError, ...]:
        """Every mistake in the study's files, each with its place and a hint; nothing is run."""
        return _problems(_plan(self.path))

    def remarks(self) -> tuple[str, ...]:
        """What is not a mistake but should be looked at.

        Raw files that have vanished since the last run, are of no known format, match no pattern or state another mass;
        masses unlike those of the other cells; unused columns; a journal's fonts that this machine does not have.
        """
        return _remarks(_plan(self.path))

    def run(
        self,
        items: Sequence[str] = (),
        *,
        workers: int = 0,
        scheduler: str | Cluster = "",
        fresh: bool = False,
        publish: Publish | None = None,
        on_progress: OnProgress | None = None,
    ) -> Outcome:
        """Compute what is out of date and write figures, tables, numbers.csv and study.lock.

        Parameters
        ----------
        items
            Ids or names of items; none means all.
        workers
            Number of worker processes; 0 means one per CPU, 1 means this process alone.
        scheduler
            Address of a Dask scheduler whose workers share this file system (extra ``cluster``), or a `Cluster` with
            the address and a store that they share.
        fresh
            Whether to compute everything again.
        publish
            Writes the document into the folder ``out`` and returns the files: `halfcell.report.write` in the command
            line.
        on_progress
            Called with the progress.

        Raises
        ------
        StudyError
            With every mistake in the study's files; then nothing is run.
        """
        last = None if fresh or items else outcome_if_unchanged(self.path, published=publish is not None)
        if last is not None:
            return last
        from halfcell.study.run import run_study
        from halfcell.study.run_request import RunRequest

        request = RunRequest(
            items=tuple(items),
            workers=workers,
            cluster=Cluster(scheduler) if scheduler and isinstance(scheduler, str) else scheduler or None,
            fresh=fresh,
            publish=publish,
            on_progress=on_progress,
        )
        return run_study(self.path, request)

    def table(self, item: str) -> ShownTable:
        """A table by its id, which shows itself, saves itself and gives its data; what it needs is computed.

        Raises
        ------
        InputError
            If the study has no such table.
        """
        from halfcell.core.table import Table
        from halfcell.study.shown_items import shown_table

        made = self._item(item, "table")
        if not isinstance(made, Table):
            raise InputError(f"{item!r} is not a table", self.path.name)
        return shown_table(made, item)

    def figure(self, item: str) -> ShownFigure:
        """A figure by its id, which shows itself, saves itself and gives its data; what it needs is computed.

        Raises
        ------
        InputError
            If the study has no such figure.
        """
        from halfcell.core.table import Table
        from halfcell.study.shown_items import shown_figure

        made = self._item(item, "figure")
        if isinstance(made, Table):
            raise InputError(f"{item!r} is not a figure", self.path.name)
        return shown_figure(made, item)

    def _item(self, word: str, kind: Kind) -> Figure | Table:
        from halfcell.study.cache.results import Store
        from halfcell.study.items.compose import compose_item
        from halfcell.study.items.document import compute_missing_results
        from halfcell.study.plan.identity import identify
        from halfcell.study.plan.study_plan import checked_plan
        from halfcell.study.run import chosen_items

        plan = identify(checked_plan(self.path))
        items = chosen_items(plan, (word,))
        whole = next((item for item in items if item.spec.kind == kind), items[0])
        without_failed = compute_missing_results((whole,), plan.root)[0]
        item = without_failed if without_failed.steps else whole
        return compose_item(item, Store(plan.root)).content

    def why(self, number: str | Sequence[str]) -> Why:
        """Where a number of the last run comes from: ``study.why("S1:Si/Sn-10:ICE")``.

        Raises
        ------
        InputError
            If no number, or more than one, is meant.
        """
        from halfcell.study.items.why import why

        return why(self.path.resolve().parent, [number] if isinstance(number, str) else list(number))

    def document(self) -> Document:
        """The finished document as data; what is missing is computed, a failed item is replaced by its failure."""
        from halfcell.study.items.document import document_of_study

        return document_of_study(self.path)

    def _repr_html_(self) -> str:
        from halfcell.study.files.study_files import read_study_files

        file = read_study_files(self.path).file
        rows = "".join(f"<tr><td>{escape(item.name)}</td><td>{escape(item.caption)}</td></tr>" for item in file.items)
        return f"<h4>{escape(file.title)}</h4><table>{rows}</table>"


def _plan(path: Path) -> Plan:
    from halfcell.study.files.study_files import read_study_files
    from halfcell.study.plan.study_plan import plan_study

    return plan_study(read_study_files(path))


def examined(study: Study) -> tuple[tuple[InputError, ...], tuple[str, ...]]:
    """What `Study.check` and `Study.remarks` say, planned once; no remarks while there are mistakes."""
    plan = _plan(study.path)
    problems = _problems(plan)
    return problems, () if problems else _remarks(plan)


def _problems(plan: Plan) -> tuple[InputError, ...]:
    from halfcell.study.plan.plugin_clashes import clashing_plugins

    return (*plan.problems, *clashing_plugins(plan))


def _remarks(plan: Plan) -> tuple[str, ...]:
    from halfcell.study.cache.lock_file import read_lock
    from halfcell.study.plan.file_readers import unrecognised
    from halfcell.study.plan.file_remarks import file_remarks
    from halfcell.study.plan.font_remark import font_remarks
    from halfcell.study.plan.vanished_subjects import vanished_subjects

    lock = read_lock(plan.files.root)
    vanished = (one.text for item in plan.items for one in vanished_subjects(plan.files, item, lock))
    return (
        *dict.fromkeys(vanished),
        *unrecognised(plan),
        *plan.files.remarks,
        *font_remarks(item.spec.style for item in plan.items),
        *file_remarks(plan),
        *(str(file) for file in plan.unmatched),
    )
