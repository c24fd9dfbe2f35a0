"""The study: load, check, run, and ask after its tables, figures and numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.table import Table
from halfcell.study.cache.fingerprint import unchanged
from halfcell.study.records import Outcome, Progress

if TYPE_CHECKING:
    from halfcell.core.document import Document
    from halfcell.core.figure import Figure
    from halfcell.study.items.why import Why

Publish = Callable[["Document", Path], tuple[Path, ...]]


@dataclass(frozen=True)
class Study:
    """A study on disk. It is read anew each time, so that what you edit in between counts."""

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
        from halfcell.study.files.load import load
        from halfcell.study.plan.plan_items import plan
        from halfcell.study.plan.plugin_clashes import clashing_plugins

        planned = plan(load(self.path))
        return (*planned.problems, *clashing_plugins(planned))

    def remarks(self) -> tuple[str, ...]:
        """What is no mistake but worth a look: raw files gone, of no known format or in no pattern; columns unread."""
        from halfcell.study.cache.lock_file import read_lock
        from halfcell.study.files.load import load
        from halfcell.study.plan.plan_items import plan
        from halfcell.study.plan.recognise import unrecognised
        from halfcell.study.plan.vanished_files import with_gone

        loaded = plan(load(self.path))
        lost = (one.text for task in with_gone(loaded, read_lock(loaded.root)) for one in task.gone)
        return (
            *dict.fromkeys(lost),
            *unrecognised(loaded),
            *loaded.remarks,
            *(f"{path}: {why}" for path, why in loaded.unmatched),
        )

    def run(
        self,
        items: Sequence[str] = (),
        *,
        workers: int = 0,
        scheduler: str = "",
        fresh: bool = False,
        publish: Publish | None = None,
        tell: Callable[[Progress], None] | None = None,
    ) -> Outcome:
        """Compute what is out of date and write figures, tables, numbers.csv and study.lock.

        Parameters
        ----------
        items
            Ids or names of items; none means all.
        workers
            Number of processes; 0 means as many as there are processors, 1 means this process alone.
        scheduler
            Address of a Dask scheduler that shares this file system (extra ``cluster``).
        fresh
            Whether to forget what was computed before.
        publish
            Writes the document into the folder ``out`` and returns the files: `halfcell.report.write` of the CLI.
        tell
            Called with each sign of progress.

        Raises
        ------
        StudyError
            With every mistake in the study's files; then nothing is run.
        """
        found = None if fresh else unchanged(self.path, published=publish is not None)
        if found is not None and not items:
            return found
        from halfcell.study.execute.run import Request, make_study

        request = Request(
            items=tuple(items), workers=workers, scheduler=scheduler, fresh=fresh, publish=publish, tell=tell
        )
        return make_study(self.path, request)

    def table(self, item: str) -> Table:
        """A table by its id; what it needs is computed if it is not stored.

        Raises
        ------
        InputError
            If the study has no such table.
        """
        made = self._item(item, "table")
        if not isinstance(made, Table):
            raise InputError(f"{item!r} is no table", self.path.name)
        return made

    def figure(self, item: str) -> Figure:
        """A figure by its id; what it needs is computed if it is not stored.

        Raises
        ------
        InputError
            If the study has no such figure.
        """
        made = self._item(item, "figure")
        if isinstance(made, Table):
            raise InputError(f"{item!r} is no figure", self.path.name)
        return made

    def _item(self, item: str, kind: str) -> Figure | Table:
        from halfcell.study.cache.results import Store
        from halfcell.study.execute.run import chosen_tasks, planned
        from halfcell.study.items.compose import labelled, make
        from halfcell.study.items.document import available

        loaded = planned(self.path)
        tasks = chosen_tasks(loaded, (item,))
        task = next((task for task in tasks if task.spec.kind == kind), tasks[0])
        some = available((task,), loaded.root)[0]
        task = some if some.steps else task
        return make(task, [labelled(part, Store(loaded.root)) for part in task.parts])

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
        """The finished document as data; what is missing is computed, an item that fails has its failure in place."""
        from halfcell.study.items.document import attempted

        return attempted(self.path)

    def _repr_html_(self) -> str:
        from halfcell.study.files.load import load

        file = load(self.path).file
        rows = "".join(f"<tr><td>{escape(item.name)}</td><td>{escape(item.caption)}</td></tr>" for item in file.items)
        return f"<h4>{escape(file.title)}</h4><table>{rows}</table>"
