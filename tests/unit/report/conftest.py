"""The report of a document made by hand, written once."""

from __future__ import annotations

from pathlib import Path

import pytest

from gallery.document import document
from halfcell import report


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with review.html, si.docx, si.pdf, figures and the crate of the example document."""
    folder = tmp_path_factory.mktemp("report")
    root = folder / "study"
    (root / "raw" / "cycling").mkdir(parents=True)
    (root / "study.toml").write_text('title = "x"\n', encoding="utf-8")
    (root / "raw" / "cycling" / "Si.mpt").write_text("raw", encoding="utf-8")
    gathered = report.gather(document(), folder)
    paths = report.write(gathered, folder)
    report.write_crate(gathered, root, folder / "crate", paths, "2026-11-22")
    return folder
