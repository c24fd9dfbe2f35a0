"""A table as CSV: what a run writes beside the figures, and what a report gathers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from halfcell.core.markup import plain
from halfcell.core.spreadsheet_cells import harmless_row

if TYPE_CHECKING:
    from halfcell.core.table import Table


def without_markup(text: str) -> str:
    """Text with markup as it is typed on a keyboard: ``10^{−10} J`` -> ``10^-10 J``."""
    return plain(re.sub(r"\^\{([^{}]*)\}", r"^\1", text)).replace("−", "-")


def table_csv(table: Table, missing: Sequence[str] = ()) -> str:
    """A table as CSV, as it is printed.

    A merged cell stands in its first place, units stand in the heads, and each missing subject has an empty row.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    heads = [f"{column.label} ({column.unit})" if column.unit else column.label for column in table.columns]
    writer.writerow(harmless_row(without_markup(head) for head in heads))
    writer.writerows(harmless_row(plain(entry.text) if entry else "" for entry in row) for row in table.rows)
    writer.writerows(harmless_row([plain(label), *[""] * (len(heads) - 1)]) for label in missing)
    return out.getvalue()
