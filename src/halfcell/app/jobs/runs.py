"""The runs of the app: at most one per study, watched by any number of pages."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from halfcell.core.errors import InputError


@dataclass(frozen=True)
class RunView:
    """What a page shows of a run: jobs done and in all, what is being worked on, how it ended, and what failed."""

    number: int = 0
    done: int = 0
    total: int = 0
    busy: tuple[str, ...] = ()
    ended: str = ""
    lines: tuple[str, ...] = ()
    failures: tuple[tuple[str, str], ...] = ()  # slug, problem

    @property
    def is_running(self) -> bool:
        """Whether it is still at work."""
        return self.number > 0 and not self.ended


class _Run:
    """A process with what it has said so far."""

    def __init__(self, process: subprocess.Popen[str], view: RunView) -> None:
        self.process, self.view = process, view
        self.follower = threading.Thread(target=_follow, args=(self, process.stdout), daemon=True)
        self.follower.start()


class Runs:
    """The runs, by the folder of their study."""

    def __init__(self) -> None:
        self._runs: dict[Path, _Run] = {}
        self._lock = threading.Lock()
        self._count = 0

    def view(self, root: Path) -> RunView:
        """The state of the last run of a study."""
        run = self._runs.get(root)
        return run.view if run else RunView()

    def start(self, root: Path, items: Sequence[str] = ()) -> RunView:
        """Start a run of a study, or of some of its items.

        Raises
        ------
        InputError
            If one is at work already.
        """
        with self._lock:
            if self.view(root).is_running:
                raise InputError("a run of this study is at work already", hint="wait until it has ended, or cancel it")
            self._count += 1
            command = [sys.executable, "-m", "halfcell.app.jobs.run_process", str(root), *items]
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
            run = self._runs[root] = _Run(process, RunView(number=self._count))
        return run.view

    def cancel(self, root: Path) -> None:
        """Cancel the run of a study; finished results are kept."""
        run = self._runs.get(root)
        if run and run.view.is_running and run.process.stdin:
            run.process.stdin.close()

    def close(self) -> None:
        """Cancel all runs and wait for their processes."""
        for root in list(self._runs):
            self.cancel(root)
        for run in self._runs.values():
            try:
                run.process.wait(20)
            except subprocess.TimeoutExpired:
                run.process.kill()
            run.follower.join()


def _follow(run: _Run, output: IO[str] | None) -> None:
    """Read what the process says until it ends."""
    with run.process:
        for line in output or ():
            run.view = _next(run.view, json.loads(line))
    code = run.process.returncode
    if not run.view.ended:
        words = f"the run ended with status {code} without a word"
        run.view = _next(run.view, {"ended": "failed", "problems": [words]})


def _next(view: RunView, message: dict[str, Any]) -> RunView:
    item = message.get("item")
    failures = view.failures
    if item and item["problem"]:
        failures = (*failures, (item["slug"], f"{item['name']}: {item['problem']}"))
    return RunView(
        number=view.number,
        done=message.get("done", view.done),
        total=message.get("total", view.total),
        busy=tuple(message.get("busy", ())) or (view.busy if not message.get("ended") else ()),
        ended=message.get("ended", ""),
        lines=tuple(message.get("problems", view.lines)),
        failures=failures,
    )
