"""Numbers of the twin in the terminal, and values given as words."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.twin.predict import Prediction


def assignments(words: Sequence[str]) -> dict[str, list[float]]:
    """``PATH=A,B`` as paths and numbers; ``PATH=A:B:N`` is N numbers evenly from A to B.

    Raises
    ------
    InputError
        If a word is none of these.
    """
    found: dict[str, list[float]] = {}
    for word in words:
        path, _, text = word.partition("=")
        try:
            found[path] = _evenly(text) if ":" in text else [float(part) for part in text.split(",")]
        except ValueError:
            hint = "such as anode.active_mg=2.2, or anode.active_mg=1.8:2.4:7 for seven values"
            raise InputError(f"{word!r} is no PATH=VALUE", hint=hint) from None
    return found


def _evenly(text: str) -> list[float]:
    low, high, count = text.split(":")
    number, start, step = int(count), float(low), (float(high) - float(low)) / (int(count) - 1 or 1)
    if number < 1:
        raise ValueError(count)
    return [start + k * step for k in range(number)]


def print_table(lines: Sequence[Sequence[str]]) -> None:
    """Print lines of words in columns, aligned to the right."""
    widths = [max(len(line[k]) for line in lines if len(line) > k) for k in range(max(map(len, lines)))]
    for line in lines:
        print("  ".join(text.rjust(width) for text, width in zip(line, widths, strict=False)))


def prediction_json(made: Prediction) -> dict[str, Any]:
    """A prediction as ``--json`` prints it."""
    rows = [
        {
            "current": {"value": row.current, "unit": "mA/g"},
            "capacity": {"value": row.capacity, "unit": "mAh/g"},
            "mean_voltage": {"value": row.mean_volt, "unit": "V"},
            "energy_density": {"value": row.energy_density, "unit": "Wh/kg"},
            "measured_capacity": row.measured_capacity,
            "measured_mean_voltage": row.measured_volt,
        }
        for row in made.rows
    ]
    return {"card": made.card.title, "rows": rows, "doubts": list(made.doubts)}


def show_prediction(made: Prediction) -> None:
    """Print the rows; measured values and errors where there are any."""
    measured = any(row.measured_capacity for row in made.rows)
    print(made.card.title)
    head = ["mA/g", "mAh/g", "V", "Wh/kg"] + (["measured", "error", "measured V", "error"] if measured else [])
    lines = [head]
    for row in made.rows:
        line = [f"{row.current:.4g}", f"{row.capacity:.1f}", f"{row.mean_volt:.3f}", f"{row.energy_density:.1f}"]
        if measured and row.measured_capacity is not None:
            line += [f"{row.measured_capacity:.1f}", f"{row.capacity_error:+.1f} %"]
            line += [f"{row.measured_volt:.2f}", f"{(row.volt_error or 0) * 1000:+.0f} mV"] if row.measured_volt else []
        lines.append(line)
    print_table(lines)
    if made.mean_error is not None:
        print(f"mean error of the capacities: {made.mean_error:.2f} %")
    for doubt in made.doubts:
        print(f"note: {doubt}", file=sys.stderr)
