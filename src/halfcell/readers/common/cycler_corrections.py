"""Signs, counters and units that a cycler's file leaves open: settled by its other columns, with a note."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from polars import Series

    Values = NDArray[Any]  # floats or integers
    Columns = dict[str, Values]

_SHARE = 0.99  # fraction of the records that must agree


def coded(words: Series) -> tuple[Values, dict[str, str]]:
    """Codes 1, 2, ... of a column of step types, in order of first appearance, and the step type of each code."""
    import polars as pl

    if words.dtype != pl.String:
        words = words.cast(pl.Int64, strict=False).cast(pl.String)
    clean = words.str.strip_chars().fill_null("")
    kinds = clean.unique(maintain_order=True).to_list()
    codes = clean.replace_strict(kinds, list(range(1, len(kinds) + 1))).to_numpy()
    return codes.astype(np.uint8 if len(kinds) < 255 else np.uint32), {str(i): k for i, k in enumerate(kinds, 1)}


def directions(codes: Values, words: Mapping[str, str], charge: Sequence[str], discharge: Sequence[str]) -> Values:
    """+1 where the step type means charging, -1 where it means discharging (looked at first), 0 otherwise."""
    signs = np.zeros(len(words) + 1, dtype=np.int8)
    for code, word in words.items():
        signs[int(code)] = -1 if _is_one_of(word, discharge) else int(_is_one_of(word, charge))
    return np.asarray(signs[codes])


def _is_one_of(word: str, choices: Sequence[str]) -> bool:
    """Whether a step type is one of some, which may have ``*`` for any letters; upper and lower case are the same."""
    return any(fnmatchcase(word.lower(), choice.lower()) for choice in choices)


def signed(current: Values, direction: Values) -> tuple[Values, list[Note]]:
    """Correct the sign of a current that contradicts the step types: unsigned, or positive while discharging."""
    charging, discharging = current[direction > 0], current[direction < 0]
    if not len(discharging) or np.mean(discharging > 0) < _SHARE:
        return current, []
    if len(charging) and np.mean(charging < 0) >= _SHARE:
        text = "the current is positive while discharging; its sign was inverted"
        return -current, [Note("correction", "sign_from_state", text)]
    turned = np.where(direction < 0, -np.abs(current), current)
    text = "the current is unsigned; its sign was taken from the step types"
    return turned, [Note("correction", "sign_from_state", text)]


def amounts(columns: Columns, direction: Values | None) -> tuple[Columns, list[Note]]:
    """Name unsigned counters by when they are reset: with each step, or with each half cycle.

    A counter that continues from one step to the next of the same direction counts half cycles.
    """
    found = {name: column for name, column in columns.items() if not name.startswith("amount_")}
    given = {name: column for name, column in columns.items() if name.startswith("amount_")}
    if not given:
        return found, []
    by_step = direction is None or _resets_each_step(columns, direction)
    for name, column in given.items():
        kind = name.removeprefix("amount_")
        if by_step:
            found[f"step_cumulative_{kind}"] = column
        elif direction is not None and kind == "capacity_ah":
            found["half_cycle_net_capacity_ah"] = column * np.sign(direction)
    if by_step:
        return found, []
    text = "the charge counter continues across steps of the same direction; read as counting half cycles"
    return found, [Note("info", "counter_by_half_cycle", text)]


def _resets_each_step(columns: Columns, direction: Values) -> bool:
    step, amount = columns.get("step_id"), columns.get("amount_capacity_ah")
    if step is None or amount is None:
        return True
    turns = np.flatnonzero((step[1:] != step[:-1]) & (direction[1:] == direction[:-1]) & (direction[1:] != 0))
    return not len(turns) or bool(np.mean(amount[turns + 1] < 0.5 * amount[turns]) > 0.5)


def plausible_voltage(columns: Columns) -> list[Note]:
    """Convert millivolts under a header that says volts: found by energy per charge, or by their size."""
    voltage = columns["voltage_volt"]
    low, high = (float(voltage.min()), float(voltage.max())) if len(voltage) else (0.0, 0.0)
    if np.isnan(low):
        low, high = float(np.nanmin(voltage, initial=0.0)), float(np.nanmax(voltage, initial=0.0))
    if not max(high, -low) > 100.0:
        return []
    evidence = _ratio(columns)
    typical = float(np.nanmedian(np.abs(voltage)))
    if evidence is not None and evidence > 0.2 * typical:
        return []
    columns["voltage_volt"] = voltage * 1e-3
    why = f"energy per charge is {evidence:.2f} V" if evidence else "no cell has that voltage"
    text = f"the header of the voltage says volts but the values are about {typical:.0f} and {why}; read as millivolts"
    return [Note("correction", "unit_by_plausibility", text)]


def _ratio(columns: Columns) -> float | None:
    """Energy per charge in V, from the counters, where the charge is largest."""
    charge = next((c for n, c in columns.items() if n.endswith("capacity_ah")), None)
    energy = next((c for n, c in columns.items() if n.endswith("energy_wh")), None)
    if charge is None or energy is None or not len(charge):
        return None
    place = int(np.nanargmax(np.abs(charge))) if np.isfinite(charge).any() else 0
    return abs(float(energy[place] / charge[place])) if charge[place] else None
