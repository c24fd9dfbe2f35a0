"""The process of one run: ``python -m halfcell.app.jobs.run_process STUDY [ITEM...]``, progress as lines of JSON.

An interrupt (or the end of its standard input, when the app ends) stops it as Ctrl-C stops ``halfcell run``: finished
results are kept.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

from halfcell.core.errors import HalfcellError, StudyError

if TYPE_CHECKING:
    from halfcell.study.execute.outcome import ItemDone, Outcome, Progress


def main(words: list[str]) -> int:
    """Run the study; one line of JSON for each step, the last one says how it ended."""
    try:
        _watch_the_parent()
        from halfcell.report import write_review
        from halfcell.study import Study

        outcome = Study.load(words[0]).run(words[1:], publish=write_review, on_progress=_tell_progress)
    except KeyboardInterrupt:
        _tell({"ended": "cancelled"})
        return 130
    except HalfcellError as error:
        problems = error.problems if isinstance(error, StudyError) else ()
        _tell({"ended": "failed", "problems": [str(one) for one in problems or (error,)]})
        return 2
    _tell({"ended": "done", **_summary(outcome)})
    return outcome.exit_status


def _watch_the_parent() -> None:
    """Interrupt this process when its standard input ends: the app is gone, or has asked for it."""

    def wait() -> None:
        sys.stdin.buffer.read()
        if os.name == "nt":
            os.kill(os.getpid(), signal.CTRL_C_EVENT)  # type: ignore[attr-defined,unused-ignore]
        else:
            os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=wait, daemon=True).start()


def _tell(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=True) + "\n")
    sys.stdout.flush()


def _tell_progress(progress: Progress) -> None:
    message: dict[str, object] = {"done": progress.done, "total": progress.total, "busy": list(progress.busy)}
    if progress.item:
        message["item"] = _item(progress.item)
    _tell(message)


def _item(item: ItemDone) -> dict[str, str]:
    return {"slug": f"{item.kind}-{item.id}", "name": item.name, "state": item.state, "problem": item.problem}


def _summary(outcome: Outcome) -> dict[str, object]:
    return {
        "computed": outcome.computed,
        "reused": outcome.reused,
        "failures": [_item(item) for item in outcome.items if item.problem],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
