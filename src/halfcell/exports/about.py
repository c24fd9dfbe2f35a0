"""What a converted file says of its data: technique, columns with units and meanings, meta, notes, origin, the mark."""

from __future__ import annotations

import hashlib
import json
import math
from typing import TYPE_CHECKING, Any

from halfcell.core.sidecar import KEY
from halfcell.core.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement

_CLOCK = "unix_time_second"
_NO_ZONE = "seconds since 1970 by the instrument's clock, counted as UTC; the file does not state its time zone"
_ZONE = "seconds since 1970-01-01T00:00:00 UTC; the clock of the file was read as that of {zone}"


def about(measurement: Measurement, form: str, left_out: Sequence[str] = ()) -> dict[str, Any]:
    """All that a measurement holds beside its numbers, as plain JSON.

    Parameters
    ----------
    measurement
        What is written.
    form
        The name of the format.
    left_out
        Columns that the format has no place for.
    """
    source = measurement.source
    return {
        "format": form,
        "technique": measurement.technique,
        "simulated": measurement.is_simulated,
        "columns": [_column(measurement, name) for name in measurement.columns if name not in left_out],
        "left_out": list(left_out),
        "meta": plain(measurement.meta),
        "notes": [{"level": n.level, "code": n.code, "text": n.text} for n in measurement.notes],
        "derived_from": None
        if source is None
        else {"path": source.path, "sha256": source.sha256, "reader": source.reader},
    }


def plain(value: Any) -> Any:
    """Make a value of `meta` fit for JSON: records and arrays become what they print."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) and math.isnan(value):
        return None
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _column(measurement: Measurement, name: str) -> dict[str, str]:
    words = vocabulary()["column"].get(measurement.technique, {}).get(name, {})
    meaning = words.get("meaning", "")
    if name == _CLOCK:
        zone = measurement.meta.get("time_zone")
        meaning = _ZONE.format(zone=zone) if zone else _NO_ZONE
    return {"name": name, "unit": words.get("unit", ""), "meaning": meaning}


def beside(file_name: str, content: bytes, own: dict[str, Any], titles: Sequence[str]) -> bytes:
    """The description of a file: CSV on the Web (https://www.w3.org/TR/tabular-metadata/), readable as JSON-LD.

    `titles` are the heads of the columns of a delimited text with a head line; empty for other files.
    """
    made: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"schema": "https://schema.org/", KEY: "urn:halfcell:"}],
        "url": file_name,
        "dc:title": str(own["meta"].get("title") or file_name),
        "dc:description": _words(own),
    }
    origin = own["derived_from"]
    if origin:
        made["dc:source"] = f"{origin['path']} (SHA-256 {origin['sha256']})"
    if titles:
        made["dialect"] = {"header": True, "delimiter": ",", "encoding": "utf-8"}
        made["tableSchema"] = {"columns": [_titled(own, title) for title in titles]}
    made[KEY] = {**own, "sha256": hashlib.sha256(content).hexdigest()}
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def _words(own: dict[str, Any]) -> str:
    mark = "SIMULATED by halfcell: no measurement. " if own["simulated"] else ""
    left = f" Not in the file: {', '.join(own['left_out'])}." if own["left_out"] else ""
    return f"{mark}Data of {own['technique']}, converted by halfcell ({own['format']}).{left}"


def _titled(own: dict[str, Any], title: str) -> dict[str, Any]:
    known = {column["name"]: column for column in own["columns"]}
    column = known.get(title)
    if column is None:
        return {"titles": title}
    made = {"name": title, "titles": title, "datatype": "number", "dc:description": column["meaning"]}
    return made | ({"schema:unitText": column["unit"]} if column["unit"] else {})
