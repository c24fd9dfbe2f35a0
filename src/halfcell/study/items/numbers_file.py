"""numbers.csv and settings.json: every number of a study, with the result, settings and files that it comes from."""

from __future__ import annotations

import csv
import io
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from halfcell.core.spreadsheet_cells import harmless_row
from halfcell.core.unit_notations import notations
from halfcell.study.cache.json_files import digest

if TYPE_CHECKING:
    from halfcell.core.document import Number, Origin

FORMAT: Final = 2  # raised when a column changes its meaning; docs/explanation/records.md has the history
BYTE_ORDER_MARK: Final = "\ufeff"  # tells Excel that the text is UTF-8
COLUMNS: Final[Mapping[str, str]] = {
    "id": "The number by its place: item, label and quantity (`halfcell why` takes it).",
    "key": "The number by its origin, whatever the figure is called: technique, label, quantity and result.",
    "printed": "The number as it is printed, its uncertainty in the last digits.",
    "value": "The value, unrounded; empty if it is infinite or not a number.",
    "unit": "The unit of value and std in the notation of halfcell; empty for a pure number.",
    "ucum": "The unit in the Unified Code for Units of Measure; empty where it has no code.",
    "qudt": "The unit in the QUDT vocabulary; empty where it has none.",
    "std": "The standard uncertainty, in the same unit; empty if none is known.",
    "kind": "What kind of uncertainty it is.",
    "technique": "The technique that computed it.",
    "quantity": "The name of the quantity in that technique.",
    "label": "The subject: the sample or cell as it is printed.",
    "result": "The identifier of the result: sha256 over technique, version, settings and files; several joined by +.",
    "version": "The version of the technique's recipe.",
    "settings": "The key of its settings in settings.json.",
    "sources": "The files, each as path@sha256, joined by ;.",
    "code_version": "The version of halfcell.",
    "members": "The cells that a mean is of, each as label=number, joined by ;.",
}
NUMERIC: Final = frozenset({"value", "std"})


def numbers_csv(numbers: Iterable[Number]) -> str:
    """The text of numbers.csv (UTF-8 with a byte order mark, which Excel needs)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    found = list(numbers)
    origins = {number.origin.result: number.origin for number in found}  # the settings of a result are hashed once
    settings = {result: settings_key(origin) for result, origin in origins.items()}
    rows = (_row(number, key, settings[number.origin.result]) for number, key in zip(found, _keys(found), strict=True))
    writer.writerows(map(harmless_row, rows))
    return BYTE_ORDER_MARK + out.getvalue()


def settings_json(numbers: Iterable[Number]) -> str:
    """The text of settings.json: the settings of every result, each once, by the key that numbers.csv gives."""
    origins = {number.origin.result: number.origin for number in numbers}.values()
    found = {settings_key(origin): _plain(origin.settings) for origin in origins}
    content = {"format": FORMAT, "settings": dict(sorted(found.items()))}
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def settings_key(origin: Origin) -> str:
    """The key of a number's settings: the beginning of the hash of their JSON."""
    return digest(_plain(origin.settings))[:16]


def _plain(settings: Mapping[str, object]) -> dict[str, object]:
    """Settings as JSON holds them."""
    plain: dict[str, object] = json.loads(json.dumps(settings, default=str))
    return plain


def _keys(numbers: Iterable[Number]) -> Iterator[str]:
    """The key of each number; other values of one result, label and quantity are counted."""
    values: dict[str, list[object]] = defaultdict(list)
    for number in numbers:
        origin, value = number.origin, repr(number.quantity.value)
        result = origin.result if len(origin.result) <= 64 else digest({"results": origin.result})
        name = f"{origin.technique}:{origin.label}:{origin.quantity}@{result[:8]}"
        if value not in values[name]:
            values[name].append(value)
        count = values[name].index(value) + 1
        yield name if count == 1 else f"{name}#{count}"


def _row(number: Number, key: str, settings: str) -> list[object]:
    quantity, origin, unit = number.quantity, number.origin, notations(number.quantity.unit)
    return [
        number.id,
        key,
        number.printed,
        quantity.value if math.isfinite(quantity.value) else "",
        *unit,
        quantity.std if quantity.std is not None and math.isfinite(quantity.std) else "",
        quantity.kind,
        origin.technique,
        origin.quantity,
        origin.label,
        origin.result,
        origin.version,
        settings,
        ";".join(f"{source.path}@{source.sha256}" for source in origin.sources),
        origin.code_version,
        ";".join(f"{one.label}={one.printed}" for one in origin.members),
    ]
