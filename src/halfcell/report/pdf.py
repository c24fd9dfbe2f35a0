"""The report as PDF, typeset by typst: vector figures, embedded fonts, tables that continue on the next page."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from halfcell.core import markup
from halfcell.core.errors import HalfcellError
from halfcell.render.figure_size import size_mm
from halfcell.render.offline_page import font_folder
from halfcell.report import wording
from halfcell.report.column_widths import fitted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from halfcell.report.document_view import ItemView, View
    from halfcell.report.remarks import Remark
    from halfcell.report.table_grid import Cell, Grid

_TEXT_WIDTH: Final = 180  # mm on A4
_COLUMN: Final = 88  # mm; width of two figures side by side
_FEW_LETTERS: Final = 400  # at most, below a figure that is placed next to another
_TEXT_HEIGHT: Final = 225
_LIBERTINUS: Final = 0.92  # its letters are narrower than `column_widths` assumes
_LEAST_MM: Final = 3.6  # insets of a cell
_WHOLE: Final = 22  # rows; a table of up to so many is kept on one page
_ALONE: Final = "#let running = []\n#let mark = []"  # for an item that is typeset alone
_STYLE: Final = """
#set page(paper: "a4", margin: (x: 15mm, top: 20mm, bottom: 18mm), numbering: "1", header: context {
  if counter(page).get().first() > 1 { set text(8pt, fill: luma(90)); grid(columns: (1fr, auto), running, mark) } })
#set text(font: "Libertinus Serif", size: 10.5pt, lang: "en", hyphenate: false)
#set par(justify: false, leading: 0.62em)
#set table(stroke: none, inset: (x: 5pt, y: 3.2pt), align: center + horizon)
#show table: set text(size: 9.5pt)
#show heading: set text(size: 13pt)
#let note(body) = block(above: 0.5em, below: 0.3em, text(size: 8.5pt, fill: luma(60), body))
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
        made = _compiled(source(shown), folder)
        if isinstance(made, str):
            alone = ((item.name, _compiled(_ALONE + _STYLE + _item(item), folder)) for item in shown.items)
            cause = next((f"{name}: {why}" for name, why in alone if isinstance(why, str)), made)
            raise HalfcellError(f"the PDF could not be typeset: {cause}", "si.pdf")
    return made


def _compiled(text: str, folder: Path) -> bytes | str:
    """The PDF of a typst source whose pictures are in this folder, or the error message."""
    import typst

    path = folder / "si.typ"
    path.write_text(text, encoding="utf-8")
    fonts = [str(font_folder())]
    try:
        made = typst.compile(str(path), root=str(folder), font_paths=fonts, ignore_system_fonts=True, format="pdf")
    except typst.TypstError as error:
        return str(error)
    return bytes(made)


def source(shown: View) -> str:
    """The document in the language of typst; every text is a string literal, so that none is taken for a command."""
    document = shown.document
    mark = "simulated data" if document.simulated else ""
    running = f"#let running = {_rich(shown.title)}\n#let mark = [{_text(mark)}]\n"
    meta = f"#set document(title: {_string(markup.plain(shown.title))}, author: (), date: none)\n"
    body = [_first_page(shown), *_items(shown.items), _last_pages(shown)]
    return meta + running + _STYLE + "\n".join(body)


def _string(text: str) -> str:
    """A typst string literal."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _text(text: str) -> str:
    return f"#{_string(text)}" if text else ""


def _rich(text: str) -> str:
    """Marked-up text as content: ``[#"CoSi"#sub[#"2"]]``."""
    wraps = {"base": "{}", "sub": "#sub[{}]", "sup": "#super[{}]", "bold": "#strong[{}]"}
    parts = []
    for part, place in markup.runs(text):
        lines = "#linebreak()".join(_text(line) for line in part.split("\n"))
        parts.append(wraps[place].format(lines))
    return "[" + "".join(parts) + "]"


def _first_page(shown: View) -> str:
    parts = [
        f"#text(size: 9pt, fill: luma(90), tracking: 0.08em)[#upper({_string(wording.KIND)})]",
        f"#block(above: 0.6em, text(size: 20pt, weight: 700, {_rich(shown.title)}))",
    ]
    if shown.subtitle:
        parts.append(f"#text(size: 12pt, fill: luma(70), {_rich(shown.subtitle)})")
    if shown.document.simulated:
        words = f"[#strong({_string(wording.SIMULATED)}) {_text(wording.SIMULATED_TEXT)}]"
        parts.append(_box("#fff6e0", "#e2b64a", words))
    if shown.failed:
        names = ", ".join(item.name for item in shown.failed)
        parts.append(_box("#fdeee8", "#e0a08a", f"[{_text(f'Items that could not be made: {names}.')}]"))
    if shown.incomplete:
        parts.append(_box("#fdeee8", "#e0a08a", _rich(f"*{{{wording.MISSING}}} {shown.missing}")))
    parts.append(f"#block(above: 1em, text(fill: luma(60), {_string(_facts(shown))}))")
    parts.append('#block(above: 1.6em, below: 0.8em, text(size: 13pt, weight: 700, "Contents"))')
    size = "9.5pt" if len(shown.items) < 30 else "8.4pt"
    parts += [f"#entry(<{item.anchor}>, {_string(item.name)}, {_rich(item.caption)}, {size})" for item in shown.items]
    if shown.truth:
        parts.append(f'#entry(<truth>, "Truth", {_string(wording.TRUTH)}, {size})')
    return "\n".join([*parts, "#pagebreak()"])


def _facts(shown: View) -> str:
    levels = {"refused": "refused", "doubt": "in doubt", "correction": "corrected"}
    words = [f"{shown.many('figure')} figures", f"{shown.many('table')} tables", f"{shown.number_count} numbers"]
    words += [f"{count} {levels[level]}" for level, count in shown.counts.items() if level in levels]
    return " · ".join([*words, shown.document.code_version])


def _box(fill: str, stroke: str, body: str) -> str:
    look = f'fill: rgb("{fill}"), stroke: 0.6pt + rgb("{stroke}"), inset: 8pt, radius: 3pt, width: 100%'
    return f"#block(above: 1em, {look}, {body})"


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

    words = sum(map(len, item.lines)) + sum(len(remark.text) for remark in item.on_paper)
    return item.figure is not None and size_mm(item.figure)[0] <= _TEXT_WIDTH / 2 and words <= _FEW_LETTERS


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
        words = f"[#strong({_string(item.name + ' could not be made.')}) {_text(item.item.failure)}]"
        return "\n".join((start, _box("#fdeee8", "#e0a08a", words), _caption(item)))
    if item.figure is not None:
        return "\n".join((start, f"#block(breakable: false)[{_picture(item)}\n{_caption(item)}]", _notes(item)))
    table = "\n".join((_caption(item), _table(item.grid) if item.grid else ""))
    if item.grid and len(item.grid.rows) <= _WHOLE:
        table = f"#block(breakable: false)[{table}]"
    return "\n".join((start, table, _notes(item), "#v(1.2em, weak: true)"))


def _picture(item: ItemView, available: float = _TEXT_WIDTH) -> str:

    if item.figure is None:
        return ""
    width, height = size_mm(item.figure)
    part = min(1.0, available / width, _TEXT_HEIGHT / height)
    alt = _string(f"{item.name}: {markup.plain(item.caption)}")
    return f'#block(below: 0.9em, image("{item.anchor}.svg", width: {width * part:.2f}mm, alt: {alt}))'


def _caption(item: ItemView) -> str:
    simulated = ' #text(size: 8pt, fill: rgb("#8a5a00"))[(simulated~data)]' if item.item.simulated else ""
    words = f"#strong({_string(item.name)}) #h(0.15em) #{_rich(item.caption)}{simulated}"
    return f"#block(below: 0.7em, sticky: true)[{words}]"


def _notes(item: ItemView) -> str:
    lines = [f"#note({_rich(line)})" for line in item.lines]
    return "\n".join([*lines, *(_remark(remark) for remark in item.on_paper)])


def _remark(remark: Remark) -> str:
    words = f"{', '.join(remark.subjects)}: {remark.text}"
    return f"#remark({_string(remark.level)}, {_rich(words)})"


def _table(table: Grid) -> str:
    """A table with the notes below it; of an empty one only the notes."""
    feet = [f"#note([#super[{_text(mark)}] #{_rich(text)}])" for mark, text in table.footnotes]
    feet += [f"#note({_rich(text)})" for text in table.notes]
    return "\n".join(feet if table.empty else [_ruled(table), *feet])


def _ruled(table: Grid) -> str:
    """A table between two thick lines, its header repeated on each page."""
    size = 9.5 if len(table.headers) <= 6 else 8.5 if len(table.headers) <= 8 else 7.5
    columns = ", ".join("left + horizon" if words else "center + horizon" for words in table.words)
    header = ", ".join(f"strong({_rich(text)})" for text in table.headers)
    body = ",\n".join(_cell(cell) for row in table.rows for cell in row)
    heavy, light = "table.hline(stroke: 1pt)", "table.hline(stroke: 0.5pt)"
    part, found = fitted(table, size * _LIBERTINUS, _LEAST_MM)
    size = part / _LIBERTINUS
    widths = ", ".join(f"{width:.2f}mm" for width in found)
    shape = f"columns: ({widths},), align: ({columns},)"
    between = "".join(f"table.hline(y: {row + 1}, stroke: 0.3pt + luma(170)), " for row in table.groups)
    grid = f"table({shape}, table.header({heavy}, {header}, {light}),\n{between}{body},\n{heavy})"
    return f"#text(size: {size:.3g}pt)[#show table: set text(size: {size:.3g}pt)\n#{grid}]"


def _cell(cell: Cell) -> str:
    mark = f"#super[{_text(cell.mark)}]" if cell.mark else ""
    where = f"x: {cell.column}, y: {cell.row + 1}, rowspan: {cell.rows}, colspan: {cell.columns}"
    where += ", align: center + horizon" if cell.columns > 1 else ""
    return f"table.cell({where})[#{_rich(cell.text)}{mark}]"


def _last_pages(shown: View) -> str:
    parts = []
    if shown.truth:
        title = f"= #{_string(wording.TRUTH)} <truth>"
        parts += ["#pagebreak(weak: true)", title, _text(wording.TRUTH_TEXT), _table(shown.truth)]
    if shown.document.unmatched:
        parts += ["#pagebreak(weak: true)", f"= #{_string(wording.UNUSED)}"]
        parts += [f"- {_text(line)}" for line in shown.document.unmatched]
    return "\n".join(parts)
