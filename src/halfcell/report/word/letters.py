"""The letters of a Word document: their sizes, and what stands in for a family that a reader does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from halfcell.render.style import FONT

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from halfcell.report.text_font import TextFont

_STAND_IN: Final = "Verdana"  # as broad as DejaVu Sans, and on every computer with Word


def scale_letters(document: WordDocument, font: TextFont) -> None:
    """Bring all sizes, which are meant for Times New Roman, to those at which the family is as broad."""
    from docx.oxml.ns import qn

    parts = [document.element, document.styles.element]
    parts += [part._element for section in document.sections for part in (section.header, section.footer)]
    for part in parts:
        for size in part.iter(qn("w:sz"), qn("w:szCs")):
            size.set(qn("w:val"), str(round(int(size.get(qn("w:val"))) * font.scale)))
    if font.family == FONT:
        _name_stand_in(document)


def _name_stand_in(document: WordDocument) -> None:
    """Let the table of families say what Word takes where the family of the figures is not installed."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    entry = f'<w:font w:name="{FONT}"><w:altName w:val="{_STAND_IN}"/><w:family w:val="swiss"/></w:font></w:fonts>'
    part._blob = part.blob.replace(b"</w:fonts>", entry.encode())
