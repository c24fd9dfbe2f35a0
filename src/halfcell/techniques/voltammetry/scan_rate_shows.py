"""Series of scan rates as figures and a table: peak currents with their exponents, and the capacitive share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.figure import MARKERS, Axis, Figure, Layer, Line, Panel, Points
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.voltammetry.scan_rate_series import followed_peaks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.voltammetry.result import VoltammetryResult

_BRANCHES = ("anodic", "cathodic")
_MARGIN = 1.3  # times the slowest and the fastest scan rate, at either end of the axis
_HINT = "three files of one electrode or more, at scan rates that span a factor of three"


def peak_currents(results: Sequence[VoltammetryResult]) -> Figure:
    """Current of the largest peak of either branch over the scan rate, both logarithmic, with the line of i = a v^b."""
    layers: list[Layer] = []
    several = len(_series(results)) > 1
    for number, (name, members) in enumerate(_series(results).items()):
        for branch in _BRANCHES:
            layers += _branch(members, branch, f"{name}, " if several else "", 2 * number + _BRANCHES.index(branch))
    if not layers:
        raise Refused("no peak is followed over the scan rates", results[0].label, _HINT)
    axis = Axis(label="Scan rate", unit="mV s^{-1}", log=True)
    panel = Panel(x=axis, y=Axis(label="Peak current", unit="mA", log=True), layers=tuple(layers), legend="best")
    return Figure(panels=(panel,), caption=_caption(results, "Peak currents"), simulated=simulated(results))


def capacitive_share(results: Sequence[VoltammetryResult]) -> Figure:
    """Share of the charge whose current is proportional to the scan rate, over the scan rate, with its uncertainty."""
    layers: list[Layer] = []
    for number, (name, members) in enumerate(_series(results).items()):
        shares = [(one["scan_rate"].value, one.quantities.get("capacitive_share")) for one in members]
        found = [(rate, share) for rate, share in shares if share is not None]
        if not found:
            raise Refused("no capacitive share is known", members[0].label, _HINT)
        rate = np.array([value for value, _ in found])
        share = np.array([quantity.value for _, quantity in found])
        std = np.array([quantity.std or 0.0 for _, quantity in found])
        marker = MARKERS[number % len(MARKERS)]
        layers.append(Points(x=rate, y=share, y_error=std, label=name, colour=number, marker=marker, joined=True))
    panel = Panel(
        x=Axis(label="Scan rate", unit="mV s^{-1}", log=True),
        y=Axis(label="Capacitive share", unit="%", low=0.0, high=100.0),
        layers=tuple(layers),
        legend="best" if len(layers) > 1 else "none",
    )
    return Figure(panels=(panel,), caption=_caption(results, "Capacitive share"), simulated=simulated(results))


def scan_rates(results: Sequence[VoltammetryResult]) -> Table:
    """One row per scan rate: peak currents that were followed, exponents of the series, capacitive share."""
    columns = (
        Column(key="label", label="Materials"),
        Column(key="scan_rate", label="Scan rate", unit="mV s^{−1}"),
        *(Column(key=f"{branch}_b_value", label=f"b, {branch}") for branch in _BRANCHES),
        *(
            Column(key=f"{branch}_diffusion_coefficient", label=f"D, {branch}", unit="cm^{2} s^{−1}")
            for branch in _BRANCHES
        ),
        Column(key="capacitive_share", label="Capacitive share", unit="%"),
    )
    rows = []
    for name, members in _series(results).items():
        for place, one in enumerate(members):
            shared = [_of_series(one, column.key, place, len(members)) for column in columns[2:-1]]
            rows.append((Entry(text=name), entry(one, "scan_rate"), *shared, entry(one, "capacitive_share")))
    notes = ("b: exponent of the peak current over the scan rate. D: by the equation of Randles and Ševčík.",)
    return Table(columns=columns, rows=tuple(rows), notes=notes, simulated=simulated(results))


def _of_series(result: VoltammetryResult, key: str, place: int, count: int) -> Entry | None:
    """The entry of what a whole series has, merged over its rows."""
    if place:
        return None
    made = entry(result, key)
    return Entry(text=made.text, quantity=made.quantity, origin=made.origin, doubt=made.doubt, rows=count)


def _series(results: Sequence[VoltammetryResult]) -> dict[str, list[VoltammetryResult]]:
    """The results of each electrode by its name, slowest first: labels that differ in the last word are its states."""
    found: dict[str, list[VoltammetryResult]] = {}
    names = [result.label.rpartition(", ")[0] or result.label for result in results]
    one_series = len(set(names)) == len(results) and len({_exponents(result) for result in results}) == 1
    for name, result in zip(names, results, strict=True):
        found.setdefault("" if one_series and len(results) > 1 else name, []).append(result)
    return {name: sorted(members, key=lambda one: one["scan_rate"].value) for name, members in found.items()}


def _exponents(result: VoltammetryResult) -> tuple[float, ...]:
    """The exponents of a result's series, which all its members share."""
    keys = (f"{branch}_b_value" for branch in _BRANCHES)
    return tuple(result.quantities[key].value for key in keys if key in result.quantities)


def _branch(members: Sequence[VoltammetryResult], branch: str, prefix: str, colour: int) -> list[Layer]:
    """The points of one branch and the line through them; nothing where its exponent is not known."""
    exponent = members[0].quantities.get(f"{branch}_b_value")
    if exponent is None:
        return []
    rate, current = followed_peaks(members, branch)
    x, y = 1e3 * rate, 1e3 * current
    offset = float(np.mean(np.log(y) - exponent.value * np.log(x)))
    ends = np.array([x.min() / _MARGIN, x.max() * _MARGIN])
    fitted = np.exp(offset) * ends**exponent.value
    label = f"{prefix}{branch}, b = {exponent.number}"
    marker = MARKERS[colour % len(MARKERS)]
    return [
        Points(x=x, y=y, label=label, colour=colour, marker=marker, name=f"{prefix}{branch} peak"),
        Line(x=ends, y=fitted, colour=colour, width_pt=0.8, name=f"{prefix}{branch} line"),
    ]


def _caption(results: Sequence[VoltammetryResult], what: str) -> str:
    names = ", ".join(name for name in _series(results) if name)
    return f"{what}{f' of {names}' if names else ''} over the scan rate."
