"""Snapshots of figures and tables: their structure as JSON, compared with a file beside the test.

Set HALFCELL_SNAPSHOTS=write to write the files anew; look at the difference before you commit it.
"""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path
from typing import Any

import numpy as np

from halfcell.core.figure import Figure
from halfcell.core.table import Table


def structure(item: Figure | Table) -> Any:
    """The item as plain JSON values without what is empty; an array is its length, ends and range to three digits."""
    return _plain(item)


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return _array(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        kept = {name: _plain(one) for name, one in fields.items() if _says(one) and (name != "raised" or one)}
        return {"is": type(value).__name__} | kept
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return _short(value) if isinstance(value, float | np.floating) else value


def _says(value: Any) -> bool:
    """Whether a field says something: a number always, else what is not empty."""
    return isinstance(value, np.ndarray | float) or (isinstance(value, int) and value is not False) or bool(value)


def _array(values: np.ndarray[Any, Any]) -> dict[str, Any]:
    if values.size == 0:
        return {"count": 0}
    ends = [values.flat[0], values.flat[-1], np.nanmin(values), np.nanmax(values)]
    return {"count": int(values.size)} | dict(zip(("first", "last", "low", "high"), map(_short, ends), strict=True))


def _short(value: Any) -> float:
    return float(f"{float(value):.3g}")


def check(item: Figure | Table, path: Path) -> None:
    """Compare the structure of a figure or table with the file at `path`."""
    found = json.dumps(structure(item), indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("HALFCELL_SNAPSHOTS") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(found)
