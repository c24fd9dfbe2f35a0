"""An I-V sweep from data to resistance and conductivity, with the limits of a two-probe cell."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Row
from halfcell.maths.line import ohmic_resistance, polynomial
from halfcell.techniques.common.pellet import conduction, geometry_notes, resistivity
from halfcell.techniques.conductivity.ohmic_range import Sweep, branches, prepare
from halfcell.techniques.conductivity.records import Bound, ConductivityResult, Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement

_REPEAT = 0.2  # how well contacts repeat, where it is not stated
_MATTERS = 0.05  # of the resistance: from here on what the contacts may have makes a bound


def analyse(measurement: Measurement, settings: Settings) -> ConductivityResult:
    """Fit the ohmic line of a sweep and make the conductivity.

    I = a + V/R by least squares with intercept over the ohmic range, forward and backward branch together; sigma =
    L/(R A). Quantities: ``resistance`` (ohm; of the pellet, contacts subtracted where known), ``conductivity`` (S/cm),
    ``resistivity`` (ohm cm), ``voltage_offset`` (mV), ``hysteresis`` and ``cubic_share`` (%). The uncertainty of R is
    that of the fit (correlated residuals counted) and half the difference of the branches, in quadrature.

    Raises
    ------
    InputError
        If a column is missing.
    Refused
        If there is no line: too few points, or a current that does not depend on the voltage.
    """
    sweep = prepare(measurement, settings)
    notes = [*measurement.notes, *sweep.notes, *geometry_notes(settings.pellet, settings.electrodes, settings.claimed)]
    conductance = float(sweep.line.values[1])
    apart, loop = _branches(sweep, notes)
    total = 1 / conductance
    std = float(np.hypot(sweep.line.std[1] / conductance, apart) * total)
    resistance, std, bound = _without_contacts(total, std, settings, notes, measurement.where)
    quantities = _quantities(sweep, settings, (resistance, std), loop)
    return ConductivityResult(
        technique="conductivity",
        quantities=quantities,
        rows=(_row(sweep, settings, bound),),
        notes=(*notes, *_offset_note(sweep)),
        simulated=measurement.is_simulated,
        voltage=sweep.voltage,
        current=sweep.current,
        used=sweep.used,
        conductance=conductance,
        zero_ampere=float(sweep.line.values[0]),
        conduction=conduction(settings.electrodes),
        bound=bound,
        pellet=settings.pellet,
        meta=dict(measurement.meta),
    )


def _row(sweep: Sweep, settings: Settings, bound: Bound) -> Row:
    used = sweep.voltage[sweep.used]
    return {
        "kind": conduction(settings.electrodes),
        "bound": bound,
        "wires": settings.wires,
        "points": int(sweep.used.sum()),
        "low_volt": float(used.min()),
        "high_volt": float(used.max()),
    }


def blank_resistance(measurement: Measurement, settings: Settings) -> float:
    """The resistance (ohm) of a sweep without a pellet: contacts and leads."""
    sweep = prepare(measurement, dataclasses.replace(settings, contact_resistance_ohm=None))
    return float(1 / sweep.line.values[1])


def claims(measurement: Measurement) -> str:
    """Why a sweep looks like a pellet's, not like a voltammogram; nothing where it does not."""
    columns = measurement.columns
    if not {"voltage_volt", "current_ampere"} <= columns.keys():
        return ""
    found = ohmic_resistance(columns["voltage_volt"], columns["current_ampere"])
    return f"the current is a straight line through zero ({found:.4g} ohm), symmetric in the voltage" if found else ""


def _branches(sweep: Sweep, notes: list[Note]) -> tuple[float, float]:
    """Half the relative difference of the slopes of forward and backward branches, and the loop's width (%)."""
    parts = [part for part in branches(sweep.voltage) if sweep.used[part].sum() >= 6]
    if len(parts) < 2:
        notes.append(Note("info", "one_branch", "the sweep has one branch: hysteresis cannot be told"))
        return 0.0, 0.0
    lines = [polynomial(sweep.voltage[p], sweep.current[p], used=sweep.used[p]) for p in parts]
    up = [line for line, p in zip(lines, parts, strict=True) if sweep.voltage[p][-1] > sweep.voltage[p][0]]
    down = [line for line, p in zip(lines, parts, strict=True) if sweep.voltage[p][-1] < sweep.voltage[p][0]]
    if not up or not down:
        return 0.0, 0.0
    slopes = [float(np.mean([line.values[1] for line in group])) for group in (up, down)]
    zeros = [float(np.mean([line.values[0] for line in group])) for group in (up, down)]
    noise = float(np.hypot(up[0].std[1], down[0].std[1]))
    reach = float(np.max(np.abs(sweep.current[sweep.used])))
    loop = 100 * abs(zeros[0] - zeros[1]) / reach
    if loop > 2.0:
        text = f"forward and backward branch lie {loop:.1f} % of the largest current apart: a capacitance, or heating"
        notes.append(Note("doubt", "hysteresis", text))
    difference = abs(slopes[0] - slopes[1])
    apart = difference / (2 * sweep.line.values[1]) if difference > 2 * noise else 0.0
    return float(apart), loop


def _without_contacts(
    total: float, std: float, settings: Settings, notes: list[Note], where: str
) -> tuple[float, float, Bound]:
    """Subtract a blank, or say what unknown contacts make of a two-probe result."""
    known = settings.contact_resistance_ohm
    if settings.wires == 4:
        return total, std, "value"
    if known is not None:
        unsure = _REPEAT * abs(known) if settings.contact_std_ohm is None else settings.contact_std_ohm
        left, spread = total - known, float(np.hypot(std, unsure))
        if left <= 2 * spread:
            text = f"{total:.4g} ohm are no more than the contacts' {known:.4g} ohm: nothing is left for the pellet"
            raise Refused(text, where, "measure with four wires")
        notes.append(
            Note("info", "contacts_subtracted", f"{known:.3g} +- {unsure:.2g} ohm of contacts and leads are subtracted")
        )
        return left, spread, "value"
    return total, std, _two_probe(total, settings, notes)


def _two_probe(total: float, settings: Settings, notes: list[Note]) -> Bound:
    """What unknown contacts of up to the limit make of a resistance; the cap is L/(A R_c)."""
    limit = settings.contact_limit_ohm
    share, cap = limit / total, settings.pellet.conductivity(limit, 0.0) if limit > 0 else None
    if share > _MATTERS:
        most = f" (no reading of this pellet can be above {cap.value:.2g} S/cm then)" if cap else ""
        text = (
            f"two wires: contacts may have {limit:g} of the {total:.3g} ohm{most}, so this is a lower bound; "
            "four wires, a blank or a series of thicknesses would tell"
        )
        notes.append(Note("doubt", "two_probe", text))
        return "lower"
    text = f"two wires: {limit:g} ohm of contacts would raise the conductivity by {100 * share:.2g} %"
    notes.append(Note("info", "two_wires", text))
    return "value"


def _quantities(sweep: Sweep, settings: Settings, resistance: tuple[float, float], loop: float) -> dict[str, Quantity]:
    value, std = resistance
    a, b = sweep.line.values
    gradient = np.array([-1 / b, a / b**2])
    offset_std = float(np.sqrt(gradient @ sweep.line.covariance @ gradient))
    quantities = {"resistance": Quantity(value, "ohm", std, "fit covariance")}
    sigma = settings.pellet.conductivity(value, std)
    if sigma is not None:
        quantities |= {"conductivity": sigma, "resistivity": resistivity(sigma)}
    quantities["voltage_offset"] = Quantity(-1e3 * float(a / b), "mV", 1e3 * offset_std, "fit covariance")
    quantities["hysteresis"] = Quantity(loop, "%", decimals=1)
    quantities["cubic_share"] = Quantity(100 * sweep.cubic_share, "%", decimals=1)
    return quantities


def _offset_note(sweep: Sweep) -> tuple[Note, ...]:
    """An intercept that is not zero: what a single point or a line through zero would have given."""
    a, b = (float(v) for v in sweep.line.values)
    if abs(a) < 4 * sweep.line.std[0]:
        return ()
    end = float(np.max(np.abs(sweep.voltage[sweep.used])))
    single = 100 * abs(a) / (b * end)
    if single < 0.5:
        return ()
    text = f"the line misses zero by {-1e3 * a / b:.3g} mV: V/I at one point would be off by up to {single:.1f} %"
    return (Note("info", "offset", text),)


def analyse_series(measurements: Sequence[Measurement], settings: Settings) -> tuple[ConductivityResult, ...]:
    """Several sweeps of one subject; where the files' names carry a thickness (tag ``thickness``, um), a series.

    R = R_c + L/(sigma A) over at least three thicknesses gives the conductivity without the contacts: quantities
    ``series.conductivity`` and ``series.contact_resistance`` of every result; from two-wire conductivities the contacts
    are taken out.

    Raises
    ------
    InputError, Refused
        As `analyse`.
    """
    from halfcell.techniques.conductivity.thickness_series import of_tag, with_series

    results = []
    for measurement in measurements:
        thickness = of_tag(measurement.meta)
        own = settings if thickness is None else dataclasses.replace(settings, thickness_um=thickness)
        results.append(analyse(measurement, own))
    return with_series(tuple(results))
