"""The document that the audit is tested on."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def document(data: Path) -> Path:
    """The supplementary information as text; the test is skipped if it is not next to the data."""
    path = data.parent / "mission" / "supplementary-information.txt"
    if not path.is_file():
        pytest.skip(f"the document is not at {path}")
    return path
