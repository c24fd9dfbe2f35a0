"""The report for Word: captions with SEQ fields, tables that can be edited, figures with 600 dpi in their true size."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Final, NamedTuple

from halfcell.core import markup
from halfcell.render.figure_size import size_mm
from halfcell.report import wording
from halfcell.report.word import table
from halfcell.report.word.xml import begin_bookmark, write_field, write_runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from docx.document import Document as WordDocument

    from halfcell.report.document_view import ItemView, View

_FONT: Final = "Times New Roman"
_MARGIN_MM: Final = 15
_LARGEST_MM: Final = (180.0, 225.0)  # fits between the margins of A4, with a caption below
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_NUMBERED: Final = re.compile(r"^(.*?)(\d+)$")


def docx(shown: View, files: Mapping[str, Mapping[str, Path]]) -> bytes:
    """The bytes of the document."""
    document = _empty(shown)
    _first_page(document, shown)
    labels = caption_labels([item.name for item in shown.items])
    for item, label in zip(shown.items, labels, strict=True):
        _item(document, item, files.get(item.anchor, {}), label)
    _last_pages(document, shown)
    buffer = io.BytesIO()
    document.save(buffer)
    return _settled(buffer.getvalue())


class CaptionLabel(NamedTuple):
    """The label of a caption: its words, the SEQ field for its number and that number, and the number of its bookmark.

    A name without a number has no field.
    """

    words: str
    field: str = ""
    number: str = ""
    bookmark: int = 0


def caption_labels(names: Sequence[str]) -> list[CaptionLabel]:
    """The label of each caption: ``Fig. S2`` -> ``("Fig. S", "SEQ Fig._S ...", "2", ...)``.

    If a number does not follow the one before it (items were left out), its field restarts the count there.
    """
    last: dict[str, int] = {}
    found = []
    for bookmark, name in enumerate(names, start=1):
        numbered = _NUMBERED.match(name)
        if not numbered:
            found.append(CaptionLabel(name, bookmark=bookmark))
            continue
        words, number = numbered.group(1), int(numbered.group(2))
        reset = "" if last.get(words, 0) + 1 == number else f" \\r {number}"
        field = f"SEQ {words.strip().replace(' ', '_')} \\* ARABIC{reset}"
        found.append(CaptionLabel(words, field, str(number), bookmark))
        last[words] = number
    return found


def _settled(content: bytes) -> bytes:
    """The same file with fixed dates inside, so that equal documents have equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _EPOCH)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.external_attr = 0o600 << 16
            new.writestr(fixed, old.read(entry.filename))
    return buffer.getvalue()


def _empty(shown: View) -> WordDocument:
    """A document on A4 with the styles of the report."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(_MARGIN_MM)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    for name, size in (("Normal", 11), ("Title", 20), ("Heading 1", 14), ("Caption", 10.5)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), _FONT)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    document.styles["Caption"].font.bold = False
    document.core_properties.title = markup.plain(shown.title)
    document.core_properties.author = shown.document.code_version
    document.core_properties.comments = "simulated data" if shown.document.simulated else ""
    return document


def _first_page(document: WordDocument, shown: View) -> None:
    from docx.shared import RGBColor

    write_runs(document.add_paragraph(style="Title"), shown.title)
    if shown.subtitle:
        write_runs(document.add_paragraph(), shown.subtitle, size_pt=13)
    if shown.document.simulated:
        paragraph = document.add_paragraph()
        write_runs(paragraph, f"{wording.SIMULATED} ", bold=True)
        write_runs(paragraph, wording.SIMULATED_TEXT)
        for run in paragraph.runs:
            run.font.color.rgb = RGBColor(0x8A, 0x5A, 0x00)
    if shown.failed:
        names = ", ".join(item.name for item in shown.failed)
        write_runs(document.add_paragraph(), f"Items that could not be made: {names}.", bold=True)
    if shown.incomplete:
        write_runs(document.add_paragraph(), f"*{{{wording.MISSING}}} {shown.missing}")


def _item(document: WordDocument, item: ItemView, files: Mapping[str, Path], label: CaptionLabel) -> None:
    if item.item.failure:
        write_runs(document.add_paragraph(), f"{item.name} could not be made. {item.item.failure}", bold=True)
        _caption(document, item, label)
    elif item.figure is not None:
        _picture(document, item, files)
        _caption(document, item, label)
    else:
        _caption(document, item, label, above=True)
        if item.grid:
            table.put(document, item.grid)
    for line in item.lines:
        _small(document, line)
    for remark in item.on_paper:
        _small(document, f"*{{{remark.level.capitalize()}:}} {', '.join(remark.subjects)}: {remark.text}")
    document.add_paragraph()


def _small(document: WordDocument, text: str) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    write_runs(paragraph, text, size_pt=9)


def _picture(document: WordDocument, item: ItemView, files: Mapping[str, Path]) -> None:
    """The figure in the width that it was drawn for (or that fits), with an alternative text."""
    from docx.shared import Mm

    if item.figure is None:
        return
    width, height = size_mm(item.figure)
    part = min(1.0, _LARGEST_MM[0] / width, _LARGEST_MM[1] / height)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(str(files["png"]), width=Mm(width * part))
    properties = shape._inline.docPr
    properties.set("descr", f"{item.name}: {markup.plain(item.caption)}")
    properties.set("name", item.name)


def _caption(document: WordDocument, item: ItemView, label: CaptionLabel, above: bool = False) -> None:
    """A caption whose number is a SEQ field, so that Word can list it and refer to it."""
    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = above
    end = begin_bookmark(paragraph, "_Ref" + re.sub(r"\W", "", item.name), label.bookmark)
    write_runs(paragraph, label.words, bold=True)
    if label.field:
        write_field(paragraph, label.field, label.number, bold=True)
    paragraph._p.append(end)
    write_runs(paragraph, f" {item.caption}")
    if item.item.simulated:
        write_runs(paragraph, " (simulated data)", size_pt=9)


def _last_pages(document: WordDocument, shown: View) -> None:
    if shown.truth:
        write_runs(document.add_paragraph(style="Heading 1"), wording.TRUTH)
        write_runs(document.add_paragraph(), wording.TRUTH_TEXT)
        table.put(document, shown.truth)
    if shown.document.unmatched:
        write_runs(document.add_paragraph(style="Heading 1"), wording.UNUSED)
        for line in shown.document.unmatched:
            _small(document, line)
