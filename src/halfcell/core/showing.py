"""How results and tables show themselves in a notebook: small HTML, nothing imported but the standard library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from halfcell.core.markup import html, unit
from halfcell.core.vocabulary import quantity_word

if TYPE_CHECKING:
    from halfcell.core.quantity import Quantity
    from halfcell.core.result import Note
    from halfcell.core.table import Entry, Table


def result_html(technique: str, label: str, quantities: Mapping[str, Quantity], notes: Sequence[Note]) -> str:
    """A result: its quantities with the kind of their uncertainty, then its notes."""
    rows = [
        f"<tr><td>{escape(quantity_word(technique, name).get('label', name))}</td><td>{html(unit(str(quantity)))}</td>"
        f"<td>{escape(quantity.kind)}</td></tr>"
        for name, quantity in quantities.items()
    ]
    remarks = "".join(f"<li><b>{note.level}</b> {escape(note.text)} <code>{note.code}</code></li>" for note in notes)
    head = f"<caption>{escape(technique)}{': ' + html(label) if label else ''}</caption>"
    return f"<table>{head}{''.join(rows)}</table>" + (f"<ul>{remarks}</ul>" if remarks else "")


def table_html(table: Table) -> str:
    """A table with its head, merged cells and notes."""
    titles = [f"{c.label} ({c.unit})" if c.unit else c.label for c in table.columns]
    head = "".join(f"<th>{html(unit(title))}</th>" for title in titles)
    body = "".join("<tr>" + "".join(_cell(entry) for entry in row if entry) + "</tr>" for row in table.rows)
    notes = "".join(f"<p>{html(note)}</p>" for note in table.notes)
    mark = "<p><i>simulated data</i></p>" if table.simulated else ""
    caption = f"<caption>{html(table.caption)}</caption>" if table.caption else ""
    return f"<table>{caption}<tr>{head}</tr>{body}</table>{notes}{mark}"


def _cell(entry: Entry) -> str:
    spans = f' rowspan="{entry.rows}"' if entry.rows > 1 else ""
    spans += f' colspan="{entry.columns}"' if entry.columns > 1 else ""
    doubt = f' title="{escape(entry.doubt, quote=True)}"' if entry.doubt else ""
    return f"<td{spans}{doubt}>{html(entry.text)}</td>"
