"""Paragraphs of the report for Word: small ones, and those that stay with the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.report.word.xml import write_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph


def small(document: WordDocument, text: str, size_pt: float = 9) -> Paragraph:
    """A paragraph in small letters, close to the next one."""
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    write_runs(paragraph, text, size_pt=size_pt)
    return paragraph


def keep_with_next(paragraphs: Sequence[Paragraph]) -> None:
    """Keep paragraphs on the page of what follows them."""
    for paragraph in paragraphs:
        paragraph.paragraph_format.keep_with_next = True
