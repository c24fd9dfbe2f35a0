"""How results, measurements and figures show themselves in a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

from halfcell.core.markup import html, unit
from halfcell.core.vocabulary import quantity_word

if TYPE_CHECKING:
    from halfcell.core.quantity import Quantity


class Remark(Protocol):
    """What is printed of a note."""

    @property
    def level(self) -> str:
        """How much it matters: info, correction, doubt, refused."""

    @property
    def code(self) -> str:
        """Its name in the documentation."""

    @property
    def text(self) -> str:
        """What it says."""


def result_html(technique: str, label: str, quantities: Mapping[str, Quantity], notes: Sequence[Remark]) -> str:
    """A result: its quantities with the kind of their uncertainty, then its notes."""
    rows = [
        f"<tr><td>{escape(quantity_word(technique, name).get('label', name))}</td><td>{html(unit(str(quantity)))}</td>"
        f"<td>{escape(quantity.kind)}</td></tr>"
        for name, quantity in quantities.items()
    ]
    remarks = "".join(f"<li><b>{note.level}</b> {escape(note.text)} <code>{note.code}</code></li>" for note in notes)
    head = f"<caption>{escape(technique)}{': ' + html(label) if label else ''}</caption>"
    return f"<table>{head}{''.join(rows)}</table>" + (f"<ul>{remarks}</ul>" if remarks else "")


def measurement_html(
    title: str, columns: Mapping[str, Any], meta: Mapping[str, object], notes: Sequence[Remark]
) -> str:
    """A measurement: the range of each column, what the file states, and the notes of its reader."""
    ranges = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{_range(column)}</td></tr>" for name, column in columns.items()
    )
    stated = "".join(
        f"<tr><td>{escape(str(key))}</td><td>{escape(str(value))}</td></tr>"
        for key, value in meta.items()
        if isinstance(value, str | int | float)
    )
    remarks = "".join(f"<li><b>{n.level}</b> {escape(n.text)} <code>{n.code}</code></li>" for n in notes)
    whole = f"<table><caption>{escape(title)}</caption>{ranges}{stated}</table>"
    mark = "<p><i>simulated data</i></p>" if meta.get("simulated") else ""
    return whole + (f"<ul>{remarks}</ul>" if remarks else "") + mark


def _range(column: Any) -> str:
    """The least and the largest value of a column; the size of an image; the first texts."""
    if column.ndim != 1:
        return " x ".join(map(str, column.shape))
    if column.dtype.kind not in "fiu":
        return escape(", ".join(map(str, column[:3])))
    known = column[abs(column) < float("inf")]  # without what is missing
    return f"{known.min():.6g} to {known.max():.6g}" if len(known) else "no values"
