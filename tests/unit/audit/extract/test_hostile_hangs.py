"""Documents on which an extractor once took minutes, or gigabytes: each is read or refused at once."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from halfcell.audit.extract import extract
from halfcell.audit.extract.common import limits, markup_tables
from halfcell.core.errors import HalfcellError, InputError
from halfcell.core.time_limit import time_limit

WORD = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)
END = "</w:body></w:document>"
ENOUGH = 10.0  # s of computing; each took 15 and more


def _docx(path: Path, content: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{WORD}{content}{END}")
    return path


def _text(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def test_text_boxes_inside_one_another_are_read_once(tmp_path: Path) -> None:
    """The time doubled with each level."""
    box, end = "<w:p><w:txbxContent>", "</w:txbxContent></w:p>"
    path = _docx(tmp_path / "a.docx", f"{box * 60}<w:p><w:r><w:t>inside</w:t></w:r></w:p>{end * 60}")
    with time_limit(ENOUGH, "reading", "a.docx", ""):
        assert extract(path).paragraphs == ("inside",)


HANGS: dict[str, Callable[[Path], Path]] = {
    "tabulars without end": lambda folder: _text(folder / "a.tex", "\\begin{tabular}{l}" * 100_000),
}


@pytest.mark.parametrize("name", HANGS)
def test_a_hang_is_none(tmp_path: Path, name: str) -> None:
    path = HANGS[name](tmp_path)
    said = ""
    with time_limit(ENOUGH, "reading it", path.name, ""):
        try:
            extract(path)
        except HalfcellError as error:
            said = str(error)
    assert "did not end" not in said
    assert " failed: " not in said


@pytest.mark.parametrize("attributes", ["".join(f" a{i}" for i in range(20_000)), ' href="?q=1&a=2"'])
def test_a_flood_of_attributes(tmp_path: Path, attributes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup_tables, "MAX_ATTRIBUTES", 1000)
    assert limits.MAX_ATTRIBUTES > 1000
    many = 1 if len(attributes) > 1000 else 600
    path = _text(tmp_path / "a.html", "<html><body>" + f"<p{attributes}>x</p>" * many)
    with pytest.raises(InputError, match="too many attributes"):
        extract(path)
