"""The submission as LaTeX (`si.tex`), with the vector figures beside it; any engine typesets it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from halfcell.render.figure_size import size_mm
from halfcell.report import wording
from halfcell.report.column_widths import PAGE_MM
from halfcell.report.latex.fonts import font_lines
from halfcell.report.latex.table import table
from halfcell.report.latex.text import escaped, rich
from halfcell.report.table_layout import LANDSCAPE_MM, laid_out
from halfcell.report.text_font import text_font

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from halfcell.report.document_view import ItemView, View
    from halfcell.report.table_grid import Grid

_NEEDED: Final = 12  # lines that must be left on a page for the caption of a table, its head and some rows
_WHOLE: Final = 22  # rows; a table of up to so many is kept on one page with its caption
_LINES: Final = 1.3  # of text for a row, about
_LARGEST_MM: Final = (178.0, 220.0)
_HEAD: Final = r"""% Written by halfcell. Typeset with pdflatex, lualatex or xelatex, twice.
\documentclass[10pt,a4paper]{article}
\usepackage{iftex}
\ifPDFTeX\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}\fi
\usepackage{textcomp}
\usepackage[a4paper,margin=16mm,top=20mm,bottom=20mm]{geometry}
\usepackage{graphicx,array,booktabs,longtable,multirow,pdflscape,caption,fancyhdr,needspace,hyperref}
\hypersetup{hidelinks}
\captionsetup{labelformat=empty,labelsep=none,listformat=empty,justification=justified,singlelinecheck=false}
\setlength{\LTcapwidth}{\textwidth}
\setlength{\LTpost}{4pt}
\setlength{\tabcolsep}{1.2mm}
\setlength{\emergencystretch}{3em}
\newcommand{\note}[1]{\par{\raggedright\noindent\footnotesize #1\par}}
\pagestyle{fancy}\fancyhf{}\cfoot{\thepage}
"""


def latex(shown: View, files: Mapping[str, Mapping[str, Path]], folder: Path) -> str:
    """The text of ``si.tex``; figures are included from their PDF files, by paths relative to `folder`."""
    title = rich(shown.title)
    parts = [_HEAD, font_lines(text_font(shown)), rf"\lhead{{\footnotesize {title}}}", r"\begin{document}"]
    parts += [rf"{{\noindent\small {escaped(wording.KIND)}\par}}", rf"{{\noindent\LARGE\bfseries {title}\par}}"]
    parts += [rf"\medskip\noindent {rich(line)}\par" for line in (shown.subtitle, shown.authors) if line]
    parts += [rf"\noindent{{\small {rich(line)}}}\par" for line in shown.affiliations]
    if shown.document.simulated:
        parts.append(rf"\medskip\noindent\textbf{{{escaped(wording.SIMULATED)}}} {escaped(wording.SIMULATED_TEXT)}\par")
    parts += [r"\renewcommand{\listfigurename}{Figures}\renewcommand{\listtablename}{Tables}"]
    parts += [r"\listoffigures\listoftables\clearpage", *_methods(shown)]
    for item in shown.items:
        parts += _item(item, files.get(item.anchor, {}), folder)
    return "\n".join([*parts, *_references(shown), r"\end{document}", ""])


def _methods(shown: View) -> Iterator[str]:
    if shown.methods:
        yield rf"\section*{{{wording.METHODS}}}"
    for section in shown.methods:
        yield rf"\paragraph{{{escaped(section.title)}.}} {rich(section.text)}" + "\n"


def _references(shown: View) -> Iterator[str]:
    if shown.references:
        yield rf"\section*{{{wording.REFERENCES}}}"
    for text in shown.references:
        yield rf"\noindent\hangindent=1.6em {rich(text)}\par"


def _item(item: ItemView, files: Mapping[str, Path], folder: Path) -> Iterator[str]:
    yield f"\n% {item.name}"
    if item.item.failure:
        yield rf"\noindent\textbf{{{escaped(item.name)} could not be made.}} {escaped(item.item.failure)}\par"
    elif item.figure is not None:
        yield r"\bigskip\noindent\begin{minipage}{\textwidth}\centering"  # no float: items stay in their order
        yield _picture(item, files, folder)
        yield _caption(item, r"\captionof{figure}")
        yield from (rf"\note{{{rich(line)}}}" for line in item.lines)
        yield r"\end{minipage}\par"
    elif item.grid is not None:
        yield from _table(item, item.grid)


def _picture(item: ItemView, files: Mapping[str, Path], folder: Path) -> str:
    if item.figure is None:
        return ""
    width, height = size_mm(item.figure)
    part = min(1.0, _LARGEST_MM[0] / width, _LARGEST_MM[1] / height)
    path = Path(os.path.relpath(files["pdf"], folder)).as_posix()
    return rf"\includegraphics[width={width * part:.1f}mm]{{\detokenize{{{path}}}}}"


def _caption(item: ItemView, command: str) -> str:
    """The caption with its label in bold; the list of figures or tables has its first sentence."""
    simulated = r" {\footnotesize (simulated data)}" if item.item.simulated else ""
    short = rf"{escaped(item.name)} {rich(item.entry)}"
    return rf"{command}[{{{short}}}]{{\textbf{{{escaped(item.name)}}} {rich(item.caption)}{simulated}}}"


def _needed(parts: Sequence[Grid]) -> int:
    """Lines that must be left on a page for a table with its caption: all of a short one."""
    rows = sum(len(part.rows) for part in parts)
    return _NEEDED + round(_LINES * rows) if len(parts) == 1 and rows <= _WHOLE else _NEEDED


def _table(item: ItemView, grid: Grid) -> Iterator[str]:
    layout = laid_out(grid)
    page_mm = LANDSCAPE_MM if layout.landscape else PAGE_MM
    if layout.landscape:
        yield r"\begin{landscape}"
    yield rf"\bigskip\Needspace{{{_needed(layout.parts)}\baselineskip}}"
    if grid.empty:
        yield _caption(item, r"\captionof{table}")
    captions = [_caption(item, r"\caption"), *[""] * len(layout.parts)]  # in the table: it never stands alone
    yield from (table(part, page_mm, caption) for part, caption in zip(layout.parts, captions, strict=False))
    if layout.landscape:
        yield r"\end{landscape}"
