"""The report as PDF, typeset by typst: vector figures, embedded fonts, tables that continue on the next page."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from halfcell.core import markup
from halfcell.core.errors import HalfcellError
from halfcell.render.figure_size import size_mm
from halfcell.render.fonts import font_folders
from halfcell.render.offline_page import font_folder
from halfcell.render.style import FONT
from halfcell.report.column_widths import PAGE_MM
from halfcell.report.properties import properties_of
from halfcell.report.table_layout import LANDSCAPE_MM, laid_out
from halfcell.report.text_font import text_font
from halfcell.report.typeset.content import rich, string, words
from halfcell.report.typeset.front_pages import box, first_page, methods, references
from halfcell.report.typeset.table import table_below

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from halfcell.core.document import Document
    from halfcell.report.document_view import ItemView, View
    from halfcell.report.remarks import Remark

_TEXT_WIDTH: Final = 180  # mm on A4
_COLUMN: Final = 88  # mm; width of two figures side by side
_FEW_LETTERS: Final = 400  # at most, below a figure that is placed next to another
_TEXT_HEIGHT: Final = 225
_WHOLE: Final = 22  # rows; a table of up to so many is kept on one page
_KEPT_LINES: Final = 12  # of notes at most, that stay on the page of their item
_LINE_LETTERS: Final = 130  # in a line of notes, about
_ALONE: Final = "#let running = []\n#let mark = []"  # for an item that is typeset alone
_STYLE: Final = """
#let pt = SCALE * 1pt // sizes are those of Times New Roman: broader letters are smaller
#set page(paper: "a4", margin: (x: 15mm, top: 20mm, bottom: 18mm), numbering: "1", header: context {
  if counter(page).get().first() > 1 { set text(8 * pt, fill: luma(90)); grid(columns: (1fr, auto), running, mark) } })
#set text(font: (FAMILIES), size: 10.5 * pt, lang: "en", hyphenate: false)
#set par(justify: false, leading: 0.62em)
#set super(typographic: false) // raised and smaller, not letters of the font that look raised: a reader of the
#set sub(typographic: false) // file, and who copies from it, gets 10 to the power of -10, not 10-10
#set table(stroke: none, inset: (x: 5pt, y: 3.2pt), align: center + horizon)
#show table: set text(size: 9.5 * pt)
#show heading: set text(size: 13 * pt)
#let note(body) = block(above: 0.5em, below: 0.3em, text(size: 8.5 * pt, fill: luma(60), body))
#let remark(level, body) = note([#text(weight: "bold", level) #h(0.3em) #body])
#let entry(label, name, body, size) = block(above: 0.42em, below: 0.42em, breakable: false, text(size, link(label,
  grid(columns: (17mm, 1fr, 8mm), column-gutter: 2mm, strong(name), body,
    align(right, context str(counter(page).at(label).first()))))))
"""


def pdf(shown: View, files: Mapping[str, Mapping[str, Path]]) -> bytes:
    """The bytes of the document.

    Raises
    ------
    HalfcellError
        If typst cannot typeset it; the error names the item.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for anchor, kinds in files.items():
            shutil.copyfile(kinds["svg"], folder / f"{anchor}.svg")
        fonts = (font_folder(), *font_folders(name for item in shown.items for name in _families(item)))
        made = _compiled(source(shown), folder, fonts)
        if isinstance(made, str):
            style = _ALONE + _style(shown)
            alone = ((item.name, _compiled(style + _item(item), folder, fonts)) for item in shown.items)
            cause = next((f"{name}: {why}" for name, why in alone if isinstance(why, str)), made)
            raise HalfcellError(f"the PDF could not be typeset: {cause}", "si.pdf")
    return made


def _families(item: ItemView) -> tuple[str, ...]:
    """The families of letters that the look of a figure asks for."""
    return item.figure.look.font if item.figure and item.figure.look else ()


def _compiled(text: str, folder: Path, fonts: Sequence[Path]) -> bytes | str:
    """The PDF of a typst source whose pictures are in this folder, or the error message; letters are from `fonts`."""
    import typst

    path = folder / "si.typ"
    path.write_text(text, encoding="utf-8")
    paths = [str(place) for place in fonts]
    try:
        made = typst.compile(str(path), root=str(folder), font_paths=paths, ignore_system_fonts=True, format="pdf")
    except typst.TypstError as error:
        return str(error)
    return bytes(made)


def _meta(document: Document) -> str:
    """The properties of the PDF."""
    facts = properties_of(document)
    year, month, day = (int(part) for part in facts.date.split("-")) if facts.date else (0, 0, 0)
    date = f"datetime(year: {year}, month: {month}, day: {day})" if year else "none"
    authors, keywords = (f"({''.join(f'{string(one)}, ' for one in many)})" for many in (facts.authors, facts.keywords))
    title, description = string(facts.title), string(facts.description)
    return (
        f"#set document(title: {title}, author: {authors}, keywords: {keywords}, "
        f"description: {description}, date: {date})\n"
    )


def source(shown: View) -> str:
    """The document in the language of typst; every text is a string literal, so that none is taken for a command."""
    document = shown.document
    mark = "simulated data" if document.simulated else ""
    running = f"#let running = {rich(shown.title)}\n#let mark = [{words(mark)}]\n"
    body = [first_page(shown), methods(shown), *_items(shown.items), references(shown)]
    return _meta(document) + running + _style(shown) + "\n".join(body)


def _style(shown: View) -> str:
    """How the document looks, in the letters of its figures; DejaVu Sans has the signs that they lack."""
    font = text_font(shown)
    families = ", ".join(string(name) for name in dict.fromkeys((font.family, FONT)))
    return _STYLE.replace("FAMILIES", f"{families},").replace("SCALE", f"{font.scale:.3f}")


def _items(items: Sequence[ItemView]) -> Iterator[str]:
    """The items one below the other, but consecutive narrow figures in pairs side by side."""
    at = 0
    while at < len(items):
        pair = items[at : at + 2]
        is_pair = len(pair) == 2 and all(map(_is_narrow, pair))
        yield _pair(*pair) if is_pair else _item(items[at])
        at += 2 if is_pair else 1


def _is_narrow(item: ItemView) -> bool:
    """Whether a figure fits next to another, with not too many words below it."""

    letters = sum(map(len, item.lines)) + sum(len(remark.text) for remark in item.on_paper)
    return item.figure is not None and size_mm(item.figure)[0] <= _TEXT_WIDTH / 2 and letters <= _FEW_LETTERS


def _pair(left: ItemView, right: ItemView) -> str:
    cells = (
        f"[{_anchor(item)}\n{_picture(item, _COLUMN)}\n{_caption(item)}\n{_notes(item)}]" for item in (left, right)
    )
    gutter = _TEXT_WIDTH - 2 * _COLUMN
    grid = f"#grid(columns: ({_COLUMN}mm, {_COLUMN}mm), column-gutter: {gutter}mm, {', '.join(cells)})"
    return f"#v(1.2em, weak: true)\n#block(breakable: false)[{grid}]"


def _anchor(item: ItemView) -> str:
    return f"#[#metadata(none) <{item.anchor}>]"


def _item(item: ItemView) -> str:
    start = f"#v(1.2em, weak: true)\n{_anchor(item)}"
    if item.item.failure:
        said = f"[#strong({string(item.name + ' could not be made.')}) {words(item.item.failure)}]"
        return "\n".join((start, box("#fdeee8", "#e0a08a", said), _caption(item)))
    if item.figure is not None:
        return f"{start}\n{_figure(item)}"
    return "\n".join((start, _table(item), "#v(1.2em, weak: true)"))


def _figure(item: ItemView) -> str:
    """A figure with its caption, and with its notes unless they are long: these go on with the next page."""
    shown, notes = f"{_picture(item)}\n{_caption(item)}", _notes(item)
    if _is_long(item):
        return f"#block(breakable: false)[{shown}]\n{notes}"
    return f"#block(breakable: false)[{shown}\n{notes}]"


def _is_long(item: ItemView) -> bool:
    """Whether the notes below an item are too long to be kept on the page of the item."""
    texts = [*item.lines, *(remark.text for remark in item.on_paper)]
    return sum(1 + len(text) // _LINE_LETTERS for text in texts) > _KEPT_LINES


def _table(item: ItemView) -> str:
    """A table with its caption and notes, on a landscape page if it is wide; a short one is kept on one page."""
    if item.grid is None:
        return "\n".join((_caption(item), _notes(item)))
    layout = laid_out(item.grid)
    page_mm = LANDSCAPE_MM if layout.landscape else PAGE_MM
    whole = sum(len(part.rows) for part in layout.parts) <= _WHOLE
    below = "" if _is_long(item) else _notes(item)
    made = [table_below(part, page_mm, kept=not whole) for part in layout.parts[:-1]]
    made.append(table_below(layout.parts[-1], page_mm, below, kept=not whole))
    table = "\n".join((_caption(item), "\n#v(0.8em)\n".join(made), "" if below else _notes(item)))
    if layout.landscape:
        return f"#page(flipped: true)[{table}]"
    return f"#block(breakable: false)[{table}]" if whole else table


def _picture(item: ItemView, available: float = _TEXT_WIDTH) -> str:

    if item.figure is None:
        return ""
    width, height = size_mm(item.figure)
    part = min(1.0, available / width, _TEXT_HEIGHT / height)
    alt = string(f"{item.name}: {markup.plain(item.caption)}")
    return f'#block(below: 0.9em, image("{item.anchor}.svg", width: {width * part:.2f}mm, alt: {alt}))'


def _caption(item: ItemView) -> str:
    simulated = ' #text(size: 8 * pt, fill: rgb("#8a5a00"))[(simulated~data)]' if item.item.simulated else ""
    words = f"#strong({string(item.name)}) #h(0.15em) #{rich(item.caption)}{simulated}"
    return f"#block(below: 0.7em, sticky: true)[{words}]"


def _notes(item: ItemView) -> str:
    lines = [f"#note({rich(line)})" for line in item.lines]
    return "\n".join([*lines, *(_remark(remark) for remark in item.on_paper)])


def _remark(remark: Remark) -> str:
    words = f"{', '.join(remark.subjects)}: {remark.text}"
    return f"#remark({string(remark.level)}, {rich(words)})"
