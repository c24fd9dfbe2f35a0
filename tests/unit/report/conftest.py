"""The report of a document made by hand, written once."""

from __future__ import annotations

from pathlib import Path

import pytest

from gallery.document import document
from halfcell import report


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with review.html, si.docx, si.pdf and figures of the example document."""
    folder = tmp_path_factory.mktemp("report")
    gathered = report.gather(document(), folder)
    report.write(gathered, folder)
    return folder
