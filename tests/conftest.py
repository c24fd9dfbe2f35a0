"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# a property is true or not on any machine: no deadline, and the same examples in each run
settings.register_profile("halfcell", deadline=None, derandomize=True)
settings.load_profile("halfcell")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real instrument files: HALFCELL_DATA, or ../shared/data beside the project."""
    folder = Path(os.environ.get("HALFCELL_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no real instrument files at {folder}: set HALFCELL_DATA")
    return folder


@pytest.fixture(scope="session")
def cases() -> Path:
    """The folder of situations from public bug reports: HALFCELL_CASES, or ../shared/cases beside the project."""
    folder = Path(os.environ.get("HALFCELL_CASES", ROOT.parent / "shared" / "cases"))
    if not folder.is_dir():
        pytest.skip(f"no cases at {folder}: set HALFCELL_CASES")
    return folder


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder on `sys.path` for packages of others, see `foreign_packages.install`."""
    from foreign_packages import site  # not before the changes of a mutation run are written

    with site(tmp_path / "site", monkeypatch) as folder:
        yield folder
