"""BET area of an isotherm: the chosen window, its criteria, and the error by noise, windows, cold volume and mass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Kind, Quantity
from halfcell.core.result import Level, Note
from halfcell.maths import bet, bet_errors, monolayer
from halfcell.techniques.common.findings import Findings, refused
from halfcell.techniques.sorption.bet_window import chosen_window, scan_of_short_ones
from halfcell.techniques.sorption.condensation import condensation_note, condenses, farthest
from halfcell.techniques.sorption.gas_facts import doubts, gas, gas_facts, gas_in_cold_volume, krypton_scale
from halfcell.techniques.sorption.monolayer_knee import knee_note

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.maths.bet import Scan, Window
    from halfcell.techniques.sorption.bet_window import Choice
    from halfcell.techniques.sorption.branches import Branch
    from halfcell.techniques.sorption.settings import Settings

    Array = NDArray[np.float64]
    Error = Callable[[Array, Array, float], float]

_SMALL_M2 = 5.0  # area in the cell below which the cold volume is a large part of nitrogen's uptake
_FEW_WINDOWS = 10  # valid windows below which their spread says nothing
_MOST_WINDOWS = 100  # that are compared
_NEAR_VENDOR = 0.05  # relative: further from the instrument's own area is a doubt
_PAIR = 2  # windows: one has no spread
_FEWEST = 4  # points: a line leaves two deviations
_MOSTLY = 0.9  # of the whole error: the kind of an uncertainty is that of its largest part


@dataclass(frozen=True, kw_only=True, eq=False)
class BetArea:
    """What the BET analysis finds: quantities, notes, the scan of windows, the chosen one, the valid windows' areas."""

    findings: Findings
    scan: Scan
    window: Window | None = None
    areas: Array | None = None


@dataclass(frozen=True, kw_only=True)
class RelativeErrors:
    """Relative standard errors of the monolayer by noise and misfit, choice of window, cold volume, and mass."""

    noise: float
    windows: float
    cold_volume: float
    mass: float

    @property
    def whole(self) -> float:
        """All of them joined; noise and cold volume make the windows differ too, so that the greater of both counts."""
        return float(np.hypot(max(float(np.hypot(self.noise, self.cold_volume)), self.windows), self.mass))

    @property
    def kind(self) -> Kind:
        """What the whole consists of, where one part dominates."""
        return "spread over windows" if self.windows > _MOSTLY * self.whole else "propagated"


def bet_area(branch: Branch, measurement: Measurement, settings: Settings) -> BetArea:
    """BET area with its window, C, monolayer, spread and criteria; refused where no window is valid."""
    choice = chosen_window(branch, measurement, settings)
    section = _cross_section(measurement, settings)
    about_gas = Findings(notes=doubts(measurement))
    if section is None:
        text = f"No cross-section is known for {gas(measurement)} at this temperature: no BET area."
        reason = refused("unknown_adsorptive", f"{text} Set cross_section_nm2.")
        return BetArea(findings=about_gas + reason, scan=choice.scan)
    before = about_gas + choice.findings
    if choice.points is None:
        return BetArea(findings=before + _vendor_alone(measurement), scan=choice.scan)
    window = bet.window(choice.scan, *choice.points)
    if not window.c > 0 or not window.monolayer > 0:
        text = f"C = {window.c:.3g} in the window that was set is outside physics: no BET area."
        refusal = refused("negative_c", text) + _vendor_alone(measurement)
        return BetArea(findings=before + refusal, scan=choice.scan)
    valid = choice.scan.valid
    areas = np.sort(monolayer.area(1.0, section) * choice.scan.monolayer[valid])
    mass = _mass(measurement, settings)
    cold = 0.0 if mass is None else gas_in_cold_volume(measurement, settings.cold_volume_doubt_cm3) / mass
    errors = _errors(branch, window, choice, (cold, mass), settings)
    c_error = _c_error(branch, window, choice, cold)
    found = Findings(
        quantities=_quantities(branch, window, section, areas, errors, c_error),
        notes=(*_failed_criteria(window), *knee_note(window), *condensation_note(branch, window, areas)),
    )
    found += _of_the_sample(found.quantities["bet_area"], errors, measurement, settings)
    found += _beside_vendor(found.quantities["bet_area"], measurement) + _krypton(branch, window, section, measurement)
    return BetArea(findings=before + found, scan=choice.scan, window=window, areas=areas)


def _cross_section(measurement: Measurement, settings: Settings) -> float | None:
    """Cross-section (nm2): the set one, the instrument's, or the adsorptive's at its temperature."""
    if settings.cross_section_nm2 is not None:
        return settings.cross_section_nm2
    facts = gas_facts(measurement)
    own = measurement.meta.get("vendor", {}).get("cross_section_nm2")
    if own and not (facts is not None and facts.cross_section_nm2 is None):
        return float(own)
    return None if facts is None else facts.cross_section_nm2


def _mass(measurement: Measurement, settings: Settings) -> float | None:
    """Mass (g) of the sample; None where neither file nor settings have one."""
    mass = settings.sample_mass_g or measurement.meta.get("sample_mass_gram")
    return float(mass) if mass else None


def _errors(
    branch: Branch, window: Window, choice: Choice, sample: tuple[float, float | None], settings: Settings
) -> RelativeErrors:
    """The relative errors of the monolayer; without a mass those of cold volume and mass are not known and left out.

    The spread is that over the valid windows, or over shorter ones where there are few. `sample` is the gas (cm3 STP
    per gram) in an error of the cold volume at the saturation pressure, and the mass (g).
    """
    inside = slice(window.first, window.last + 1)
    p, n = branch.pressure[inside], branch.loading[inside]
    white = max(bet_errors.noise_error(p, n, choice.noise), _misfit_error(p, n, window))
    scan = choice.scan if int(choice.scan.valid.sum()) >= _FEW_WINDOWS else scan_of_short_ones(branch, settings, 0.0)
    relative = scan.monolayer / window.monolayer
    spread = _beyond_noise(branch, scan, relative, choice.noise, bet_errors.noise_error)
    if condenses(branch, window):
        spread = max(spread, farthest(relative[scan.valid]) / float(np.sqrt(3.0)))
    cold, mass = sample
    weighing = 0.0 if mass is None else 1e-3 * settings.mass_doubt_mg / mass
    return RelativeErrors(noise=white, windows=spread, cold_volume=abs(bet_errors.shift(p, n, cold * p)), mass=weighing)


def _beyond_noise(branch: Branch, scan: Scan, values: Array, noise: float, error: Error) -> float:
    """Standard deviation of a value over the valid windows, less what their own noise explains."""
    places = np.argwhere(scan.valid)
    places = places[:: -(-len(places) // _MOST_WINDOWS) or 1]
    if len(places) < _PAIR:
        return 0.0
    own = [error(branch.pressure[i : j + 1], branch.loading[i : j + 1], noise) for i, j in places]
    spread = float(np.std(values[tuple(places.T)], ddof=1))
    return float(np.sqrt(max(spread**2 - float(np.mean(np.square(own))), 0.0)))


def _c_error(branch: Branch, window: Window, choice: Choice, cold: float) -> float:
    """Standard error of C by noise or misfit and cold volume, or what windows differ by, whichever is greater.

    Noise and cold volume make the windows differ too, so that the two are not joined. A wrong mass does not move C.
    """
    inside = slice(window.first, window.last + 1)
    p, n = branch.pressure[inside], branch.loading[inside]
    spread = _beyond_noise(branch, choice.scan, choice.scan.c, choice.noise, bet_errors.c_error)
    moved = [bet_errors.c_constant(p, n + sign * cold * p) - window.c for sign in (1.0, -1.0)]
    known = np.hypot(bet_errors.c_error(p, n, choice.noise), 0.5 * (moved[0] - moved[1]))
    return float(max(known, spread))


def _quantities(
    branch: Branch, window: Window, section: float, areas: Array, errors: RelativeErrors, c_error: float
) -> dict[str, Quantity]:
    value = monolayer.area(window.monolayer, section)
    low, high = (float(areas[0]), float(areas[-1])) if len(areas) else (value, value)
    return {
        "bet_area": Quantity(value, "m2/g", value * errors.whole, errors.kind),
        "bet_area_low": Quantity(low, "m2/g"),
        "bet_area_high": Quantity(high, "m2/g"),
        "bet_c": Quantity(window.c, "", c_error, "propagated"),
        "monolayer": Quantity(window.monolayer, "cm3/g", window.monolayer * errors.whole, errors.kind),
        "bet_pressure_low": Quantity(float(branch.pressure[window.first]), ""),
        "bet_pressure_high": Quantity(float(branch.pressure[window.last]), ""),
        "bet_window_count": Quantity(float(len(areas)), "", decimals=0),
    }


def _misfit_error(p: Array, n: Array, window: Window) -> float:
    """Standard error of slope + intercept over their sum, from the covariance of the straight line."""
    if len(p) < _FEWEST:
        return 0.0
    y = p / (n * (1.0 - p))
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


def _of_the_sample(area: Quantity, errors: RelativeErrors, measurement: Measurement, settings: Settings) -> Findings:
    """The area of the whole sample, and a doubt where it is small for nitrogen or argon."""
    mass = _mass(measurement, settings)
    if mass is None:
        return Findings()
    whole = area.value * mass
    text = (
        f"The whole sample has {whole:.2g} m2. Below {_SMALL_M2:g} m2 the cold volume is a large part of what"
        f" {gas(measurement)} adsorbs: an error of {settings.cold_volume_doubt_cm3:g} cm3 (STP) moves the area by"
        f" {errors.cold_volume:.1%}. Use more sample, or krypton."
    )
    is_small = whole < _SMALL_M2 and gas(measurement) != "Kr"
    notes = (Note("doubt", "small_area", text),) if is_small else ()
    return Findings(quantities={"absolute_area": Quantity(whole, "m2")}, notes=notes)


def _krypton(branch: Branch, window: Window, section: float, measurement: Measurement) -> Findings:
    """A doubt with the area over krypton's other phase."""
    scale = krypton_scale(measurement)
    if scale is None:
        return Findings()
    factor, over = scale
    inside = slice(window.first, window.last + 1)
    p, n = branch.pressure[inside] * factor, branch.loading[inside]
    kept = p < 1.0
    slope, intercept, _ = bet.lines(p[kept], (p / (n * (1.0 - p)))[kept])
    other = monolayer.area(1.0 / float(slope[0, -1] + intercept[0, -1]), section)
    text = (
        f"Relative pressures are over {over}; over the other phase the area is {other:.3g} m2/g. The cross-section is"
        f" taken as {section:g} nm2 (0.17 to 0.23 in the literature). State both with the area."
    )
    return Findings(notes=(Note("doubt", "krypton_saturation", text),))


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
