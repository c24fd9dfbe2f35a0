"""One document as publishers set it: the structure of their pages (``publisher_pages.toml``), with texts of our own."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from printed_documents import Document, grid, tagged

with Path(__file__).with_suffix(".toml").open("rb") as _file:
    PAGES: dict[str, dict[str, str]] = tomllib.load(_file)
_RAISED = re.compile(r"<(sup|sub)>(.*?)</\1>")
_MENU = (
    '<header><nav><ul><li><a href="#">Home</a></li><li>Journals</li></ul></nav></header><div class="sidebar">'
    "<h2>Article metrics</h2><table><tr><td>Views</td><td>1024</td></tr>"
    "<tr><td>Citations</td><td>17</td></tr></table></div>"
)


def publisher_page(document: Document, publisher: str) -> str:
    """The page of a publisher with the texts of a document."""
    parts = PAGES[publisher]
    body = [parts["abstract"].format(text=tagged(document.abstract))]
    body += [parts["paragraph"].format(text=tagged(text)) for text in document.before]
    for number, table in document.numbered():
        head, rows = grid(table)
        notes = "".join(parts["note"].format(text=tagged(note)) for note in table.notes)
        filled = {"number": number, "caption": tagged(table.caption), "head": head, "body": rows, "notes": notes}
        body.append(parts["table"].format(**filled))
    body += [parts["paragraph"].format(text=tagged(text)) for text in document.after]
    text = "".join([*body, parts["end"]])
    text = _RAISED.sub(_mathematics, text) if publisher == "arxiv" else text
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{_MENU}<main>{text}</main></body></html>"


def _mathematics(match: re.Match[str]) -> str:
    """A raised or lowered part as the MathML of LaTeXML, with its annotations."""
    name, text = f"m{match[1]}", match[2]
    return (
        f'<math class="ltx_Math" display="inline"><semantics><{name}><mi></mi><mrow><mn>{text}</mn></mrow></{name}>'
        f"<annotation-xml><apply><csymbol>superscript</csymbol><cn>{text}</cn></apply></annotation-xml>"
        f'<annotation encoding="application/x-tex">{{}}^{{\\rm {text}}}</annotation></semantics></math>'
    )
