"""A run that is interrupted with Ctrl-C: it ends at once, what was finished is kept, the next run completes it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import halfcell
from halfcell.study.cache.store_files import FOLDER
from halfcell.study.execute.outcome import Progress
from study_environment import environment


def _stored(root: Path) -> int:
    return len(list((root / FOLDER / "results").rglob("*.results")))


@pytest.mark.parametrize(("workers", "sent", "status"), [(1, "SIGINT", 130), (2, "SIGINT", 130), (2, "SIGTERM", 143)])
def test_finished_steps_are_kept(write, plugin: Path, workers: int, sent: str, status: int) -> None:
    root = write(cells=6)
    study = root / "study.toml"  # drawing would take the most of the time
    text = study.read_text(encoding="utf-8").replace('[[figure]]\nid = "S1"', '[[figure]]\nid = "S3"')
    study.write_text(text.replace("[[figure]]", "[[table]]"), encoding="utf-8")
    command = [sys.executable, "-m", "halfcell", "run", "--no-report", "--workers", str(workers), "--study", str(root)]
    env = environment(plugin, FAKE_SLEEP="0.4")
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    deadline = time.perf_counter() + 60
    while not _stored(root) and time.perf_counter() < deadline:
        time.sleep(0.02)
    process.send_signal(getattr(signal, sent))
    _, told = process.communicate(timeout=60)
    assert process.returncode == status
    assert "finished results are kept" in told
    kept = _stored(root)
    assert 1 <= kept < 7, "it does not wait for the analyses that are left"
    plugin.write_text("")
    assert subprocess.run(command, env=environment(plugin), check=False, capture_output=True).returncode == 0
    assert len(plugin.read_text().splitlines()) == 7 - kept, "what was stored is not computed again"


def test_an_interrupt_while_progress_is_reported(small) -> None:
    def tell(progress: Progress) -> None:
        if progress.done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        halfcell.Study.load(small.root).run(workers=2, on_progress=tell)
    assert _stored(small.root) >= 1
    outcome = halfcell.Study.load(small.root).run(workers=1)
    assert outcome.reused >= 1
    assert outcome.exit_status == 0
