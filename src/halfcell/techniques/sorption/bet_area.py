"""BET area of an isotherm: the chosen window, its criteria, the spread over all valid windows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.quantity import Kind, Quantity
from halfcell.core.result import Note
from halfcell.maths import bet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.maths.bet import Scan, Window
    from halfcell.techniques.sorption.records import Branch, Settings

    Array = NDArray[np.float64]

_CROSS_SECTIONS = {"N2": 0.162, "Ar": 0.142, "Kr": 0.202, "CO2": 0.170}
_RELAXED = 4  # points of a window where none of the wanted length is valid
_SMALL_M2 = 1.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Surface:
    """What the BET analysis finds: quantities, notes, the scan of windows, the chosen one, the valid windows' areas."""

    quantities: dict[str, Quantity]
    notes: tuple[Note, ...]
    scan: Scan
    window: Window | None = None
    areas: Array | None = None


def surface(branch: Branch, meta: Mapping[str, Any], settings: Settings) -> Surface:
    """BET area with its window, C, monolayer, spread and criteria; refused where no window is valid."""
    section, notes = _section(meta, settings)
    made = bet.scan(branch.pressure, branch.loading, settings.fewest_points, settings.least_r2, settings.largest_error)
    if section is None:
        return Surface(quantities={}, notes=tuple(notes), scan=made)
    chosen, more = _choose(made, branch, meta, settings)
    notes += more
    if isinstance(chosen, bet.Scan):
        made, chosen = chosen, bet.best(chosen)
    if chosen is None:
        text = "No window meets Rouquerol's criteria (rising n(1-p), C > 0, monolayer inside, 20 %): no BET area."
        return Surface(quantities={}, notes=(*notes, Note("refused", "no_bet_window", text)), scan=made)
    window = bet.window(made, *chosen)
    if not window.c > 0 or not window.monolayer > 0:
        text = f"C = {window.c:.3g} in the window asked for is outside physics: no BET area."
        return Surface(quantities={}, notes=(*notes, Note("refused", "negative_c", text)), scan=made)
    areas = np.sort(bet.area(1.0, section) * made.monolayer[made.valid])
    quantities = _quantities(branch, window, section, areas)
    return Surface(
        quantities=quantities,
        notes=(*notes, *_remarks(window, quantities, meta, settings)),
        scan=made,
        window=window,
        areas=areas,
    )


def _section(meta: Mapping[str, Any], settings: Settings) -> tuple[float | None, list[Note]]:
    """Cross-section (nm2): the set one, the instrument's, or the adsorptive's."""
    if settings.cross_section_nm2 is not None:
        return settings.cross_section_nm2, []
    own = meta.get("vendor", {}).get("cross_section_nm2")
    gas = str(meta.get("adsorptive", "N2"))
    found = own or _CROSS_SECTIONS.get(gas)
    if found is None:
        text = f"No cross-section is known for {gas}: no BET area. Set cross_section_nm2."
        return None, [Note("refused", "unknown_adsorptive", text)]
    kelvin = float(meta.get("temperature_kelvin", 77.35))
    if gas == "N2" and abs(kelvin - 77.35) > 2.0:
        text = f"The file says {kelvin:g} K; nitrogen's BET area is for 77 K."
        return float(found), [Note("doubt", "odd_temperature", text)]
    return float(found), []


def _choose(
    made: Scan, branch: Branch, meta: Mapping[str, Any], settings: Settings
) -> tuple[tuple[int, int] | Scan | None, list[Note]]:
    """The window to use: the one asked for, the best, or a scan with shorter windows where there is no best one."""
    asked = settings.bet_window
    if asked is None and settings.bet_method == "instrument":
        own = meta.get("vendor", {}).get("bet_window")
        if own is None:
            return None, [Note("refused", "no_instrument_window", "The file names no BET window of the instrument.")]
        asked = (float(own[0]), float(own[1]))
    if asked is not None:
        inside = np.flatnonzero((branch.pressure >= asked[0] - 1e-9) & (branch.pressure <= asked[1] + 1e-9))
        if len(inside) < 3:
            text = f"{len(inside)} points lie between {asked[0]:g} and {asked[1]:g}: no BET area."
            return None, [Note("refused", "no_bet_window", text)]
        return (int(inside[0]), int(inside[-1])), []
    found = bet.best(made)
    if found is not None:
        return found, []
    shorter = bet.scan(branch.pressure, branch.loading, _RELAXED, settings.least_r2, settings.largest_error)
    if bet.best(shorter) is None:
        return None, []
    text = f"No valid window has {settings.fewest_points} points; windows of {_RELAXED} or more were used."
    return shorter, [Note("doubt", "few_points", text)]


def _quantities(branch: Branch, window: Window, section: float, areas: Array) -> dict[str, Quantity]:
    value = bet.area(window.monolayer, section)
    fit = value * _relative_error(branch, window)
    spread = float(np.std(areas, ddof=1)) if len(areas) > 1 else 0.0
    kind: Kind = "spread over windows" if spread > fit else "fit covariance"
    low, high = (float(areas[0]), float(areas[-1])) if len(areas) else (value, value)
    return {
        "bet_area": Quantity(value, "m2/g", max(spread, fit), kind),
        "bet_area_low": Quantity(low, "m2/g"),
        "bet_area_high": Quantity(high, "m2/g"),
        "bet_c": Quantity(window.c, ""),
        "monolayer": Quantity(window.monolayer, "cm3/g", window.monolayer * max(spread, fit) / value, kind),
        "bet_pressure_low": Quantity(float(branch.pressure[window.first]), ""),
        "bet_pressure_high": Quantity(float(branch.pressure[window.last]), ""),
        "bet_window_count": Quantity(float(len(areas)), "", decimals=0),
    }


def _relative_error(branch: Branch, window: Window) -> float:
    """Standard error of slope + intercept over their sum, from the covariance of the straight line."""
    inside = slice(window.first, window.last + 1)
    p, n = branch.pressure[inside], branch.loading[inside]
    y = p / (n * (1.0 - p))
    if len(p) < 4:
        return 0.0
    misfit = y - window.slope * p - window.intercept
    variance = float(misfit @ misfit) / (len(p) - 2)
    centre = float(np.mean(p))
    spread = float(np.sum((p - centre) ** 2))
    error = np.sqrt(variance * (1.0 / len(p) + (1.0 - centre) ** 2 / spread))  # of the line at p = 1
    return float(error / (window.slope + window.intercept))


def _remarks(
    window: Window, quantities: dict[str, Quantity], meta: Mapping[str, Any], settings: Settings
) -> list[Note]:
    notes = []
    failed = [str(number) for number, passed in enumerate(window.criteria, 1) if not passed]
    if failed:
        text = f"The window asked for fails Rouquerol's criterion {' and '.join(failed)}."
        notes.append(Note("doubt", "rouquerol", text))
    mass = settings.sample_mass_g or meta.get("sample_mass_gram")
    if mass:
        whole = quantities["bet_area"].value * float(mass)
        quantities["absolute_area"] = Quantity(whole, "m2")
        if whole < _SMALL_M2:
            text = f"The whole sample has {whole:.2g} m2: below 1 m2 nitrogen is uncertain, use krypton or more sample."
            notes.append(Note("doubt", "small_area", text))
    own = meta.get("vendor", {}).get("bet_area")
    if own:
        off = quantities["bet_area"].value / float(own) - 1.0
        level = "info" if abs(off) < 0.05 else "doubt"
        text = f"The instrument's own BET area is {own:.6g} m2/g; this one is {off:+.2%} from it."
        notes.append(Note(level, "vendor_bet", text))  # type: ignore[arg-type]
    return notes
