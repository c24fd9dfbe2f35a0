"""The text of a document is in the letters of its figures, at a size at which it is as broad as before."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE

from gallery.document import document
from halfcell.core.document import Document
from halfcell.core.looks.records import FigureLook
from halfcell.report.document_view import view
from halfcell.report.latex.fonts import font_lines
from halfcell.report.text_font import text_font


def _in(*families: str) -> Document:
    """The gallery with all figures in these families."""
    made = document()
    items = (
        replace(item, figure=replace(item.figure, look=FigureLook(font=families))) if item.figure else item
        for item in made.items
    )
    return replace(made, items=tuple(items))


@pytest.mark.parametrize(
    ("wanted", "family"),
    [((), "DejaVu Sans"), (("No such family", "STIXGeneral"), "STIXGeneral"), (("No such family",), "DejaVu Sans")],
)
def test_the_family_is_that_of_the_figures(wanted: tuple[str, ...], family: str) -> None:
    found = text_font(view(_in(*wanted), review=False))
    assert found.family == family
    assert 0.7 < found.scale <= 1.0


def test_broad_letters_are_smaller() -> None:
    sans, serif = (text_font(view(_in(name), review=False)).scale for name in ("DejaVu Sans", "STIXGeneral"))
    assert sans == pytest.approx(0.79, abs=0.02)  # 0.506 em against 0.401 em of Times New Roman
    assert serif > 0.95


def test_word_has_the_family_its_size_and_what_stands_in_for_it(written: Path) -> None:
    made = docx.Document(io.BytesIO((written / "si.docx").read_bytes()))
    normal = made.styles["Normal"].font
    assert normal.name == "DejaVu Sans"
    assert normal.size is not None
    assert normal.size.pt == pytest.approx(0.79 * 11.0, abs=0.5)
    families = made.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE).blob
    assert b'<w:altName w:val="Verdana"/>' in families


def test_latex_has_the_family_for_each_engine() -> None:
    """pdfTeX by the package that has it, the others by its name; sizes as in the other documents."""
    plain = font_lines(text_font(view(_in(), review=False)))
    assert r"\IfFileExists{DejaVuSans.sty}{\usepackage[scaled=0.79" in plain
    assert r"\IfFontExistsTF{DejaVu Sans}{\setmainfont[Scale=0.79" in plain
    serif = font_lines(text_font(view(_in("STIXGeneral"), review=False)))
    assert r"\usepackage{stix2}" in serif
    assert "DejaVu" not in serif
