"""The folder of a study that was run."""

from __future__ import annotations

from pathlib import Path

import pytest

from kept_study import KeptStudy, kept_study


@pytest.fixture
def kept(tmp_path: Path) -> KeptStudy:
    """A study that was run."""
    return kept_study(tmp_path)
