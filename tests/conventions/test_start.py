"""Convention 8: start-up budgets, counted in modules, and import without side effects."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import halfcell

SOURCE = Path(__file__).resolve().parents[2] / "src"


def _modules(code: str) -> set[str]:
    """Names of the modules loaded after running `code` in a bare interpreter."""
    script = f"{code}\nimport sys\nsys.stderr.write(' '.join(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(SOURCE), "PATH": os.environ["PATH"]},
    )
    return set(done.stderr.split())


HELP = "from halfcell.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"


def test_import_adds_at_most_25_modules() -> None:
    added = _modules("import halfcell") - _modules("pass")
    assert len(added) <= 25, sorted(added)


def test_help_adds_at_most_60_modules() -> None:
    added = _modules(HELP) - _modules("pass")
    assert len(added) <= 60, sorted(added)


def test_import_loads_no_third_party() -> None:
    loaded = {name.split(".")[0] for name in _modules("import halfcell, halfcell.core.figure, halfcell.core.result")}
    assert loaded.isdisjoint({"numpy", "scipy", "polars", "matplotlib", "pydantic", "pint"})


def test_all_is_what_is_there() -> None:
    assert halfcell.__all__ == sorted(halfcell.__all__)
    modules_of = halfcell.__dict__["_HOMES"]
    assert set(halfcell.__all__) == set(modules_of) | {"__version__"}
    for name in halfcell.__all__:
        assert getattr(halfcell, name) is not None, name
