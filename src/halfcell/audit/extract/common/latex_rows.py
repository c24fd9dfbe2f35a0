"""The rows and cells of a LaTeX tabular; what stands in braces or in a tabular of its own stays together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.latex_text import argument

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(r"\\begin\{|\\end\{|\\\\\*?(?:\s*\[[^\]]*\])?|\\tabularnewline|\\[^A-Za-z]|\\[A-Za-z]+|[{}&]")
_INNER = re.compile(r"\\begin\{(tabular\*?|array|tabularx)\}")
_STACKED = re.compile(r"\\(?:makecell|thead|shortstack|Centerstack)\*?(?:\[[^\]]*\])?\s*(?=\{)")
_RULES = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot|centering|small|footnotesize"
    r"|scriptsize|raggedright|arraybackslash|noalign|specialrule|hhline|rowfont|bfseries|itshape|firsthline|lasthline)\b"
    r"(?:(?<=toprule)|(?<=midrule)|(?<=bottomrule))?(?:\[[^\]]*\])?"
    r"|\\(?:cline|cmidrule|addlinespace|vspace|rowcolor|rowcolors|label)\*?(?:\([^)]*\))?(?:\[[^\]]*\])?(?:\([^)]*\))?(?:\{[^}]*\})?"
)
_DEEPER = {"{": 1, "}": -1, "\\begin{": 2, "\\end{": 0}  # the brace of \\begin{ and \\end{ is closed by a } of its own
DEEPEST = 3  # tabulars inside one another
_REPEATED = re.compile(r"(?<=\\endfirsthead).*?\\endhead", re.DOTALL)  # the head of the following pages
_FEET = re.compile(r"\\end(?:first)?head\b(?P<feet>.*?)\\end(?:last)?foot\b(?:.*?\\endlastfoot\b)?", re.DOTALL)


def rows(inner: str) -> Iterator[list[str]]:
    """The cells of each row, as sources; rows without any text are left out."""
    inner = _FEET.sub(r"\\endhead ", _REPEATED.sub("", inner, count=1), count=1)
    inner = _RULES.sub(" ", _stacked(inner))
    for row in _split(inner):
        if any(cell.strip() for cell in row):
            yield row


def _split(text: str) -> Iterator[list[str]]:
    """Rows end at ``\\\\`` and cells at ``&``, outside of braces and of inner environments."""
    row: list[str] = []
    start, depth = 0, 0
    for match in _TOKEN.finditer(text):
        sign = match[0]
        depth = max(depth + _DEEPER.get(sign, 0), 0)
        if depth == 0 and sign == "&":
            row.append(text[start : match.start()])
            start = match.end()
        elif depth == 0 and (sign.startswith("\\\\") or sign == "\\tabularnewline"):
            yield [*row, text[start : match.start()]]
            row, start = [], match.end()
    yield [*row, text[start:]]


def _stacked(text: str) -> str:
    """The lines of a cell that is stacked, by a command or by a tabular inside the cell, in braces."""
    for _ in range(DEEPEST):
        pieces, place = [], 0
        endless: set[str] = set()  # looked for once, so that the time is linear
        for match in _INNER.finditer(text):
            ending = f"\\end{{{match[1]}}}"
            if match.start() < place or ending in endless:
                continue
            end = text.find(ending, match.end())
            if end < 0:
                endless.add(ending)
                continue
            body = text[_past_arguments(text, match.end()) : end]
            pieces += [text[place : match.start()], _lines(body)]
            place = end + len(ending)
        if not place:
            break
        text = "".join([*pieces, text[place:]])
    pieces, place = [], 0
    for match in _STACKED.finditer(text):
        if match.start() >= place:
            body, end = argument(text, match.end())
            pieces += [text[place : match.start()], _lines(body)]
            place = end
    return "".join([*pieces, text[place:]])


def _lines(body: str) -> str:
    return "{" + body.replace("\\\\", "\\newline ") + "}"


def _past_arguments(text: str, place: int) -> int:
    """The place behind the position and the columns of a tabular."""
    while place < len(text) and text[place] in "[{ \n":
        if text[place] == "[":
            place = text.find("]", place) + 1 or len(text)
        elif text[place] == "{":
            place = argument(text, place)[1]
            break
        else:
            place += 1
    return place
