"""The folder of a study that was run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kept_study import KeptStudy


@pytest.fixture
def kept(tmp_path: Path) -> KeptStudy:
    """A study that was run."""
    from kept_study import kept_study  # not before the changes of a mutation run are written

    return kept_study(tmp_path)
