"""One document in many formats: title, abstract, text and tables, written as authors and publishers write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

_SPAN = re.compile(r"(?<![\^_])\{(\d+)\}$")
_MARK = re.compile(r"([\^_])\{([^{}]*)\}")
_SIGNS = {"−": "$-$", "⁻": "$^{-}$", "·": r"$\cdot$", "±": r"$\pm$", "×": r"$\times$", "~": r"\textasciitilde{}"}
_SPECIAL = {"%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_"}


@dataclass(frozen=True)
class Table:
    """A table: its caption, rows of texts (``text{3}`` spans three columns), number of head rows, notes below it."""

    caption: str
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()
    heads: int = 1
    number: str = ""


@dataclass(frozen=True)
class Document:
    """A document; raised and lowered text is marked ``^{...}`` and ``_{...}``."""

    tables: Sequence[Table]
    title: str = "A study"
    abstract: str = ""
    before: Sequence[str] = ()
    after: Sequence[str] = field(default=())

    def numbered(self) -> Iterator[tuple[str, Table]]:
        """The tables with their numbers."""
        return ((table.number or str(place), table) for place, table in enumerate(self.tables, start=1))


def spans(row: Sequence[str]) -> list[tuple[str, int]]:
    """The texts of a row, each with the number of columns it spans."""
    found = [(_SPAN.sub("", cell), _SPAN.search(cell)) for cell in row]
    return [(text, int(match.group(1)) if match else 1) for text, match in found]


def _bare(text: str) -> str:
    """The text without marks."""
    return _MARK.sub(r"\2", text)


def tagged(text: str) -> str:
    """The text with tags for raised and lowered parts."""
    return _MARK.sub(lambda m: f"<{_tag(m)}>{m[2]}</{_tag(m)}>", escape(text, quote=False))


def _tag(match: re.Match[str]) -> str:
    return "sup" if match[1] == "^" else "sub"


def grid(table: Table) -> tuple[str, str]:
    """Head rows and body rows of a table in HTML and JATS."""
    rows = [
        "<tr>" + "".join(f'<td colspan="{n}">{tagged(text)}</td>' for text, n in spans(line)) + "</tr>"
        for line in table.rows
    ]
    return "".join(rows[: table.heads]), "".join(rows[table.heads :])


def html(document: Document) -> str:
    """A plain page."""
    parts = [f"<h1>{tagged(document.title)}</h1>"]
    parts += [f"<h2>Abstract</h2><p>{tagged(document.abstract)}</p>"] if document.abstract else []
    parts += [f"<p>{tagged(text)}</p>" for text in document.before]
    for number, table in document.numbered():
        head, body = grid(table)
        parts.append(f"<p>Table {number}. {tagged(table.caption)}</p><table>{head}{body}</table>")
        parts += [f"<p>{tagged(note)}</p>" for note in table.notes]
    parts += [f"<p>{tagged(text)}</p>" for text in document.after]
    return f"<!DOCTYPE html><html><body>{''.join(parts)}</body></html>"


def jats(document: Document) -> str:
    """An article as PubMed Central keeps it."""
    wraps = []
    for number, table in document.numbered():
        head, body = grid(table)
        notes = "".join(f"<fn><p>{tagged(note)}</p></fn>" for note in table.notes)
        foot = f"<table-wrap-foot>{notes}</table-wrap-foot>" if notes else ""
        wraps.append(
            f'<table-wrap id="t{number}"><label>Table {number}</label>'
            f"<caption><p>{tagged(table.caption)}</p></caption>"
            f"<table><thead>{head}</thead><tbody>{body}</tbody></table>{foot}</table-wrap>"
        )
    abstract = f"<abstract><p>{tagged(document.abstract)}</p></abstract>" if document.abstract else ""
    before, after = ("".join(f"<p>{tagged(text)}</p>" for text in part) for part in (document.before, document.after))
    return (
        '<?xml version="1.0"?><article><front><article-meta><title-group><article-title>'
        f"{tagged(document.title)}</article-title></title-group>{abstract}</article-meta></front>"
        f"<body><sec><title>Results</title>{before}{''.join(wraps)}{after}</sec></body></article>"
    )


def markdown(document: Document) -> str:
    """Pipe tables; a cell over several columns is followed by blank ones."""
    parts = [f"# {tagged(document.title)}"]
    parts += ["## Abstract", tagged(document.abstract)] if document.abstract else []
    parts += [tagged(text) for text in document.before]
    for number, table in document.numbered():
        plain = [[cell for text, n in spans(row) for cell in (tagged(text), *[""] * (n - 1))] for row in table.rows]
        lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in plain]
        parts += [
            f"Table {number}. {tagged(table.caption)}",
            "\n".join([lines[0], "|" + "---|" * len(plain[0]), *lines[1:]]),
        ]
        parts += [tagged(note) for note in table.notes]
    return "\n\n".join([*parts, *(tagged(text) for text in document.after), ""])


def _tex(text: str) -> str:
    pieces = []
    place = 0
    for match in _MARK.finditer(text):
        pieces += [_escaped(text[place : match.start()]), f"${match[1]}{{\\mathrm{{{_escaped(match[2])}}}}}$"]
        place = match.end()
    return "".join([*pieces, _escaped(text[place:])])


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(sign, _SIGNS.get(sign, sign)) for sign in text)


def latex(document: Document) -> str:
    """A source with booktabs."""
    parts = [r"\documentclass{article}\usepackage{booktabs}\begin{document}", rf"\title{{{_tex(document.title)}}}"]
    if document.abstract:
        parts.append(rf"\begin{{abstract}}{_tex(document.abstract)}\end{{abstract}}")
    parts += [_tex(text) for text in document.before]
    for _, table in document.numbered():
        width = sum(n for _, n in spans(table.rows[0]))
        rows = [" & ".join(_texcell(text, n) for text, n in spans(line)) + r" \\" for line in table.rows]
        rows.insert(table.heads, r"\midrule")
        parts.append(
            "\n".join(
                [
                    rf"\begin{{table}}\caption{{{_tex(table.caption)}}}\begin{{tabular}}{{{'l' * width}}}\toprule",
                    *rows,
                    r"\bottomrule\end{tabular}",
                    *(f"\n{_tex(note)}" for note in table.notes),
                    r"\end{table}",
                ]
            )
        )
    return "\n\n".join([*parts, *(_tex(text) for text in document.after), r"\end{document}"])


def _texcell(text: str, n: int) -> str:
    return _tex(text) if n == 1 else rf"\multicolumn{{{n}}}{{c}}{{{_tex(text)}}}"


def csv_table(table: Table) -> str:
    """The table alone, with commas."""
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in table.rows:
        writer.writerow([_bare(cell) for text, n in spans(row) for cell in (text, *[""] * (n - 1))])
    return buffer.getvalue()


def docx(document: Document, path: Path) -> None:
    """A Word document with real superscripts and merged cells."""
    from docx import Document as Word

    word = Word()
    word.add_heading(document.title, 0)
    for text in ["Abstract", document.abstract] if document.abstract else []:
        _runs(word.add_paragraph(), text)
    for text in document.before:
        _runs(word.add_paragraph(), text)
    for number, table in document.numbered():
        _runs(word.add_paragraph(), f"Table {number}. {table.caption}")
        width = sum(n for _, n in spans(table.rows[0]))
        _fill(word.add_table(rows=len(table.rows), cols=width), table)
        for note in table.notes:
            _runs(word.add_paragraph(), note)
    for text in document.after:
        _runs(word.add_paragraph(), text)
    word.save(str(path))


def _fill(made: object, table: Table) -> None:
    for row, line in enumerate(table.rows):
        column = 0
        for text, n in spans(line):
            cell = made.cell(row, column)  # type: ignore[attr-defined]
            if n > 1:
                cell = cell.merge(made.cell(row, column + n - 1))  # type: ignore[attr-defined]
            _runs(cell.paragraphs[0], text)
            column += n


def _runs(paragraph: object, text: str) -> None:
    place = 0
    for match in _MARK.finditer(text):
        paragraph.add_run(text[place : match.start()])  # type: ignore[attr-defined]
        run = paragraph.add_run(match[2])  # type: ignore[attr-defined]
        run.font.superscript, run.font.subscript = match[1] == "^", match[1] == "_"
        place = match.end()
    paragraph.add_run(text[place:])  # type: ignore[attr-defined]


def xlsx(document: Document, path: Path) -> None:
    """A workbook: a sheet per table, its caption in the first row."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, table in document.numbered():
        sheet = book.create_sheet(f"Table {number}")
        sheet.append([_bare(f"Table {number}. {table.caption}")])
        for row, line in enumerate(table.rows, start=3):
            column = 1
            for text, n in spans(line):
                sheet.cell(row=row, column=column, value=_bare(text))
                if n > 1:
                    sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + n - 1)
                column += n
        for note in table.notes:
            sheet.append([_bare(note)])
    book.save(path)


def pdf(document: Document, path: Path, ruled: bool = False, columns: int = 1, wide: bool = False) -> None:
    """A typeset document: tables with a grid, or with three ruling lines as in journals; `wide`: over all columns."""
    import typst

    parts = [f"#set page(columns: {columns}, margin: 2cm)", "#set text(size: 9pt)", f"= {_typed(document.title)}"]
    parts += ["== Abstract", _typed(document.abstract)] if document.abstract else []
    parts += [_typed(text) for text in document.before]
    for number, table in document.numbered():
        made = "\n\n".join([_typed_table(number, table, ruled), *(_typed(note) for note in table.notes)])
        parts.append(
            f'#place(auto, scope: "parent", float: true)[{made}]' if wide else f"#block(breakable: false)[{made}]"
        )
    parts += [_typed(text) for text in document.after]
    source = path.with_suffix(".typ")
    source.write_text("\n\n".join(parts), encoding="utf-8")
    path.write_bytes(typst.compile(str(source)))


def _typed_table(number: str, table: Table, ruled: bool) -> str:
    width = sum(n for _, n in spans(table.rows[0]))
    lines = [
        ", ".join(f"table.cell(colspan: {n}, align: center)[{_typed(text)}]" for text, n in spans(line)) + ","
        for line in table.rows
    ]
    if not ruled:
        lines.insert(table.heads, "table.hline(stroke: 0.5pt),")
        lines = ["table.hline(stroke: 0.8pt),", *lines, "table.hline(stroke: 0.8pt),"]
    stroke = "0.5pt" if ruled else "none"
    body = "\n".join(lines)
    return f"Table {number}. {_typed(table.caption)}\n\n#table(columns: {width}, stroke: {stroke}, {body})"


def _typed(text: str) -> str:
    pieces = []
    place = 0
    for match in _MARK.finditer(text):
        name = "super" if match[1] == "^" else "sub"
        pieces += [_literal(text[place : match.start()]), f"#{name}(typographic: false){_literal(match[2])[1:]}"]
        place = match.end()
    return "".join([*pieces, _literal(text[place:])])


def _literal(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'#[#"{quoted}"]'
