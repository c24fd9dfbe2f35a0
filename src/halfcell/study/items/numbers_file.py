"""numbers.csv: one row for each number of a study, with the result, settings and files that it comes from."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from halfcell.core.document import Number

HEADS: Final = (
    "id", "printed", "value", "unit", "std", "kind", "technique", "quantity", "label",
    "result", "version", "settings", "sources", "code_version", "members",
)  # fmt: skip


def numbers_csv(numbers: Iterable[Number]) -> str:
    """The text of numbers.csv; settings as JSON, sources as ``path@sha256`` joined by ``;``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADS)
    writer.writerows(_row(number) for number in numbers)
    return out.getvalue()


def _row(number: Number) -> list[object]:
    quantity, origin = number.quantity, number.origin
    return [
        number.id,
        number.printed,
        quantity.value if math.isfinite(quantity.value) else "",
        quantity.unit,
        quantity.std if quantity.std is not None and math.isfinite(quantity.std) else "",
        quantity.kind,
        origin.technique,
        origin.quantity,
        origin.label,
        origin.result,
        origin.version,
        json.dumps(origin.settings, sort_keys=True, ensure_ascii=False),
        ";".join(f"{source.path}@{source.sha256}" for source in origin.sources),
        origin.code_version,
        ";".join(f"{one.label}={one.printed}" for one in origin.members),
    ]
