"""How the audit read each head of a document: for whoever wonders why a column was not checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from halfcell.audit import Report
    from halfcell.audit.heads import Head

TEACHING = """To teach a word, write a file like this and give it with --lexicon:

[quantity.capacity]          # a quantity of the list, or a new one with its units
words = ["our word for it"]
"""


def text(report: Report) -> str:
    """One line per head, by table."""
    lines: list[str] = []
    for table in report.facts.tables:
        lines.append(table.name + ("" if table.is_table else f" (left out: {table.no_table})"))
        lines += [f"    {head.text!r}: {_meaning(head)}" for head in table.heads]
    return "\n".join([*lines, "", TEACHING.rstrip()])


def _meaning(head: Head) -> str:
    """What a head was read as, or why it was not."""
    if not head.understood:
        return f"not understood ({head.note})"
    said = [
        head.quantity.replace("_", " ") + (" (names)" if head.names else ""),
        f"in {head.unit.text}" if head.unit else "",
        f"of the {head.of}" if head.of else "",
        f"of {head.object}" if head.object and not head.of else "",
        f"cycle {head.cycle}" if head.cycle is not None else "",
        f"at {head.at}" if head.at else "",
        f"per gram of {head.basis}" if head.basis else "",
        f"below {head.group!r}" if head.group else "",
        head.note,
    ]
    return ", ".join(part for part in said if part)
