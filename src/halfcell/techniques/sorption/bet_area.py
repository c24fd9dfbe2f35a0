"""BET area of an isotherm: the chosen window, its criteria, the spread over all valid windows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Kind, Quantity
from halfcell.core.result import Level, Note
from halfcell.maths import bet
from halfcell.techniques.common.findings import Findings, refused

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.maths.bet import Scan, Window
    from halfcell.techniques.sorption.branches import Branch
    from halfcell.techniques.sorption.settings import Settings

    Array = NDArray[np.float64]

_CROSS_SECTIONS = {"N2": 0.162, "Ar": 0.142, "Kr": 0.202, "CO2": 0.170}  # nm2
_NITROGEN_KELVIN, _KELVIN_TOLERANCE = 77.35, 2.0
_RELAXED = 4  # points of a window where none of the wanted length is valid
_FEWEST_ASKED = 3  # points in a window that is set
_SMALL_M2 = 1.0
_NEAR_VENDOR = 0.05  # relative: further from the instrument's own area is a doubt


@dataclass(frozen=True, kw_only=True, eq=False)
class BetArea:
    """What the BET analysis finds: quantities, notes, the scan of windows, the chosen one, the valid windows' areas."""

    findings: Findings
    scan: Scan
    window: Window | None = None
    areas: Array | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Choice:
    """A scan and the first and last point of the window that was chosen in it (None: there is none), and why."""

    scan: Scan
    points: tuple[int, int] | None = None
    findings: Findings = field(default_factory=Findings)


def bet_area(branch: Branch, measurement: Measurement, settings: Settings) -> BetArea:
    """BET area with its window, C, monolayer, spread and criteria; refused where no window is valid."""
    section = _cross_section(measurement, settings)
    made = bet.scan(branch.pressure, branch.loading, settings.fewest_points, settings.least_r2, settings.largest_error)
    if section is None:
        text = f"No cross-section is known for {_gas(measurement)}: no BET area. Set cross_section_nm2."
        return BetArea(findings=refused("unknown_adsorptive", text), scan=made)
    choice = _choose(made, branch, measurement, settings)
    before = _temperature(measurement) + choice.findings
    if choice.points is None:
        return BetArea(findings=before + _vendor_alone(measurement), scan=choice.scan)
    window = bet.window(choice.scan, *choice.points)
    if not window.c > 0 or not window.monolayer > 0:
        text = f"C = {window.c:.3g} in the window that was set is outside physics: no BET area."
        refusal = refused("negative_c", text) + _vendor_alone(measurement)
        return BetArea(findings=before + refusal, scan=choice.scan)
    areas = np.sort(bet.area(1.0, section) * choice.scan.monolayer[choice.scan.valid])
    found = Findings(quantities=_quantities(branch, window, section, areas), notes=_failed_criteria(window))
    found += _of_the_sample(found.quantities["bet_area"], measurement, settings)
    found += _beside_vendor(found.quantities["bet_area"], measurement)
    return BetArea(findings=before + found, scan=choice.scan, window=window, areas=areas)


def _gas(measurement: Measurement) -> str:
    return str(measurement.meta.get("adsorptive", "N2"))


def _cross_section(measurement: Measurement, settings: Settings) -> float | None:
    """Cross-section (nm2): the set one, the instrument's, or the adsorptive's."""
    if settings.cross_section_nm2 is not None:
        return settings.cross_section_nm2
    found = measurement.meta.get("vendor", {}).get("cross_section_nm2") or _CROSS_SECTIONS.get(_gas(measurement))
    return None if found is None else float(found)


def _temperature(measurement: Measurement) -> Findings:
    """A doubt where the file's temperature, often entered by hand, is not that of boiling nitrogen."""
    kelvin = float(measurement.meta.get("temperature_kelvin", _NITROGEN_KELVIN))
    if _gas(measurement) != "N2" or abs(kelvin - _NITROGEN_KELVIN) <= _KELVIN_TOLERANCE:
        return Findings()
    text = f"The file says {kelvin:g} K; BET area and pore volumes of nitrogen are those at 77 K."
    return Findings(notes=(Note("doubt", "odd_temperature", text),))


def _choose(made: Scan, branch: Branch, measurement: Measurement, settings: Settings) -> Choice:
    """The window that is set, the best one, or the best of shorter ones where no other is valid."""
    asked = settings.bet_window
    if asked is None and settings.bet_method == "instrument":
        own = measurement.meta.get("vendor", {}).get("bet_window")
        if own is None:
            text = "The file names no BET window of the instrument."
            return Choice(scan=made, findings=refused("no_instrument_window", text))
        asked = (float(own[0]), float(own[1]))
    if asked is not None:
        inside = np.flatnonzero((branch.pressure >= asked[0] - 1e-9) & (branch.pressure <= asked[1] + 1e-9))
        if len(inside) < _FEWEST_ASKED:
            text = f"{len(inside)} points lie between {asked[0]:g} and {asked[1]:g}: no BET area."
            return Choice(scan=made, findings=refused("no_bet_window", text))
        return Choice(scan=made, points=(int(inside[0]), int(inside[-1])))
    found = bet.best(made)
    if found is not None:
        return Choice(scan=made, points=found)
    shorter = bet.scan(branch.pressure, branch.loading, _RELAXED, settings.least_r2, settings.largest_error)
    found = bet.best(shorter)
    if found is None:
        text = "No window meets Rouquerol's criteria (rising n(1-p), C > 0, monolayer inside, 20 %): no BET area."
        return Choice(scan=made, findings=refused("no_bet_window", text))
    text = f"No valid window has {settings.fewest_points} points; windows of {_RELAXED} or more were used."
    return Choice(scan=shorter, points=found, findings=Findings(notes=(Note("doubt", "few_points", text),)))


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


def _failed_criteria(window: Window) -> tuple[Note, ...]:
    failed = [str(number) for number, passed in enumerate(window.criteria, 1) if not passed]
    text = f"The window that was set fails Rouquerol's criterion {' and '.join(failed)}."
    return (Note("doubt", "rouquerol", text),) if failed else ()


def _of_the_sample(area: Quantity, measurement: Measurement, settings: Settings) -> Findings:
    """The area of the whole sample, and a doubt where it is small."""
    mass = settings.sample_mass_g or measurement.meta.get("sample_mass_gram")
    if not mass:
        return Findings()
    whole = area.value * float(mass)
    text = f"The whole sample has {whole:.2g} m2: below 1 m2 nitrogen is uncertain, use krypton or more sample."
    notes = (Note("doubt", "small_area", text),) if whole < _SMALL_M2 else ()
    return Findings(quantities={"absolute_area": Quantity(whole, "m2")}, notes=notes)


def _beside_vendor(area: Quantity, measurement: Measurement) -> Findings:
    """How far the area is from that of the instrument's report."""
    own = measurement.meta.get("vendor", {}).get("bet_area")
    if not own:
        return Findings()
    off = area.value / float(own) - 1.0
    level: Level = "info" if abs(off) < _NEAR_VENDOR else "doubt"
    text = f"The BET area in the instrument's report is {own:.6g} m2/g; this one is {off:+.2%} from it."
    return Findings(notes=(Note(level, "vendor_bet", text),))


def _vendor_alone(measurement: Measurement) -> Findings:
    """The area of the instrument's report where there is none of ours beside it."""
    own = measurement.meta.get("vendor", {}).get("bet_area")
    if not own:
        return Findings()
    text = f"The instrument's report gives a BET area of {float(own):.8g} m2/g, which is not confirmed here."
    return Findings(notes=(Note("doubt", "vendor_bet", text),))
