"""How a result is displayed in a notebook: small HTML, made with the standard library alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Protocol

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
