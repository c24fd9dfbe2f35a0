"""Each write, rename and new folder of a run fails once: a clear message or the right files; the next run mends all.

The disk is full, or gives an error, or the process is killed at that moment.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import halfcell
from halfcell.study.cache.verify_store import verify_store
from study_environment import environment
from study_runs import study_of

OPERATIONS = ((os, "replace"), (os, "fsync"), (Path, "write_bytes"), (Path, "write_text"), (Path, "mkdir"))

KILLED = """
import os, sys
from pathlib import Path
import halfcell

left = int(sys.argv[2])


def counted(what):
    def call(*args, **options):
        global left
        left -= 1
        if not left:
            os._exit(9)
        return what(*args, **options)

    return call


for place, name in ((os, "replace"), (os, "fsync"), (Path, "write_bytes"), (Path, "write_text"), (Path, "mkdir")):
    setattr(place, name, counted(getattr(place, name)))
halfcell.Study.load(sys.argv[1]).run(workers=1)
sys.exit(0 if left > 0 else 1)
"""


@contextmanager
def failing(at: int, number: int) -> Iterator[list[str]]:
    """Let the operation of that number fail with that error, once; yields the names of the operations so far."""
    done: list[str] = []

    def counted(name: str, what: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            done.append(name)
            if len(done) == at:
                raise OSError(number, os.strerror(number), str(args[0]))
            return what(*args, **options)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for place, name in OPERATIONS:
            patch.setattr(place, name, counted(name, getattr(place, name)))
        yield done


def _publish(_document: object, folder: Path) -> tuple[Path, ...]:
    from halfcell.core.atomic_files import write_aside

    return (write_aside(folder / "review.html", "<p>Weights</p>"),)


def _fresh(small: Any) -> None:
    """The study as before its first run."""
    import shutil

    for name in ("out", ".halfcell"):
        shutil.rmtree(small.root / name, ignore_errors=True)
    (small.root / "study.lock").unlink(missing_ok=True)


def _undisturbed(small: Any) -> tuple[dict[str, bytes], int]:
    with failing(0, 0) as done:
        study_of(small).run(workers=1, publish=_publish)
    expected, operations = small.outputs(), len(done)
    _fresh(small)
    return expected, operations


def _told_by_a_run(small: Any) -> str:
    """What a run says of what went wrong; the command line prints an error of either kind in one line."""
    try:
        outcome = study_of(small).run(workers=1, publish=_publish)
    except (halfcell.HalfcellError, OSError) as error:
        return str(error)
    return " ".join(item.problem for item in outcome.items)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "step"), [(errno.ENOSPC, 1), (errno.EIO, 4)], ids=["disk full", "input/output error"]
)
def test_operations_fail_once(small, number: int, step: int) -> None:
    expected, operations = _undisturbed(small)
    assert operations > 30
    for at in range(1, operations + 1, step):
        with failing(at, number):
            told = _told_by_a_run(small)
        assert os.strerror(number) in told or small.outputs() == expected, at
        outcome = study_of(small).run(workers=1, publish=_publish)
        assert outcome.exit_status == 0
        assert small.outputs() == expected, f"after operation {at} failed"
        assert not verify_store(small.root).problems
        _fresh(small)


@pytest.mark.slow
def test_killed_at_every_fifth_operation(small, write, plugin) -> None:
    root = write("killed")
    study_of(small).run(workers=1)
    script = plugin.parent / "killed.py"
    script.write_text(KILLED, encoding="utf-8")
    env = environment(plugin)
    at, status = 1, 9
    while status == 9:
        status = subprocess.run([sys.executable, str(script), str(root), str(at)], env=env, check=False).returncode
        at += 5
    assert status == 0
    assert at > 30
    assert not verify_store(root).problems
    tables = {name: content for name, content in small.outputs().items() if name.endswith("tables/S1.csv")}
    assert tables == {name: (root / name).read_bytes() for name in tables}
