"""A run on a Dask cluster gives the bytes of a run at home."""

from __future__ import annotations

import subprocess
import sys

import pytest

import halfcell
from study_environment import environment

SCRIPT = """
import subprocess, sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        words = ["run", "--no-report", "--study", sys.argv[1], "--scheduler", cluster.scheduler_address]
        sys.exit(subprocess.run([sys.executable, "-m", "halfcell", *words]).returncode)
"""


@pytest.mark.slow
def test_dask(drawn, write, tmp_path) -> None:
    pytest.importorskip("distributed")
    halfcell.Study.load(drawn.root).run(workers=1)
    other = write("other")
    (tmp_path / "cluster.py").write_text(SCRIPT)
    command = [sys.executable, str(tmp_path / "cluster.py"), str(other)]
    done = subprocess.run(command, env=environment(drawn.log), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    again = {p.relative_to(other).as_posix(): p.read_bytes() for p in (other / "out").rglob("*") if p.is_file()}
    assert again == {name: content for name, content in drawn.outputs().items() if name.startswith("out/")}


def test_without_dask_the_extra_is_named(small, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(halfcell.HalfcellError, match="distributed is not installed") as caught:
        halfcell.Study.load(small.root).run(scheduler="tcp://127.0.0.1:1")
    assert "halfcell[cluster]" in caught.value.hint
