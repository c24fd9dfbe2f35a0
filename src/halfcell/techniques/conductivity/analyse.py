"""An I-V sweep from data to resistance and conductivity, with the limits of a two-probe cell."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Row
from halfcell.maths.straight_line import ohmic_resistance
from halfcell.techniques.common.contacts import without_contacts
from halfcell.techniques.common.pellet import conduction, geometry_notes, resistivity
from halfcell.techniques.common.temperature_series import ArrheniusChoice, temperature_of_name, with_temperatures
from halfcell.techniques.conductivity.branch_difference import branch_difference
from halfcell.techniques.conductivity.ohmic_range import ohmic_sweep
from halfcell.techniques.conductivity.result import ConductivityResult
from halfcell.techniques.conductivity.thickness_series import thickness_of_name, with_series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.common.contacts import Resistance
    from halfcell.techniques.common.pellet_conductivity import Bound
    from halfcell.techniques.conductivity.branch_difference import BranchDifference
    from halfcell.techniques.conductivity.ohmic_range import Sweep
    from halfcell.techniques.conductivity.settings import Settings

_CUBIC_IN_SLOPE = 0.6  # a cubic part of this share at both ends of the range moves the slope of a line by so much of it
_SURE_SIGMAS = 4.0  # an intercept within so many standard errors is not noted
_MATTERS_PERCENT = 0.5  # nor is one that shifts V/I by less


def analyse(measurement: Measurement, settings: Settings) -> ConductivityResult:
    """Fit the ohmic line of a sweep and make the conductivity.

    I = a + V/R by least squares with intercept over the ohmic range, forward and backward branch together; sigma =
    L/(R A). The uncertainty of R is that of the fit (correlated residuals counted), half the difference of the
    branches, and what a cubic part that is left in the range moves the slope by, in quadrature. A polarisation during
    the sweep makes an upper bound.

    Parameters
    ----------
    measurement
        Columns ``voltage_volt`` and ``current_ampere``, shape (n,); ``test_time_second`` where the file has it.
    settings
        Thickness and diameter of the pellet, its contacts, and the range of voltages.

    Returns
    -------
    ConductivityResult
        Quantities ``resistance`` (ohm; of the pellet, contacts subtracted where known), ``conductivity`` (S/cm),
        ``resistivity`` (ohm cm), ``voltage_offset`` (mV), ``hysteresis`` and ``cubic_share`` (%).

    Raises
    ------
    InputError
        If a column is missing.
    Refused
        If there is no line: too few points, or a current that does not depend on the voltage.

    Source: definition.
    """
    sweep = ohmic_sweep(measurement, settings)
    apart = branch_difference(sweep)
    conductance = float(sweep.line.values[1])
    total = 1 / conductance
    parts = (sweep.line.std[1] / conductance, apart.slope, _CUBIC_IN_SLOPE * sweep.cubic_share)
    std = float(np.sqrt(np.sum(np.square(parts))) * total)
    resistance = without_contacts(total, std, settings.contacts, settings.pellet, measurement.where)
    bound = _bound(resistance.bound, polarises=apart.polarises)
    offset = () if settings.electrodes == "one reversible" else _offset_note(sweep)
    geometry = geometry_notes(settings.pellet, settings.electrodes, settings.claimed)
    return ConductivityResult(
        technique="conductivity",
        quantities=_quantities(sweep, settings, resistance, apart),
        rows=(_row(sweep, settings, bound),),
        notes=(*sweep.notes, *geometry, *apart.notes, *resistance.notes, *offset),
        simulated=measurement.is_simulated,
        voltage=sweep.voltage,
        current=sweep.current,
        used=sweep.used,
        conductance=conductance,
        zero_ampere=float(sweep.line.values[0]),
        conduction=conduction(settings.electrodes),
        bound=bound,
        pellet=settings.pellet,
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


def _bound(contacts: Bound, *, polarises: bool) -> Bound:
    """Contacts bound a conductivity from below, a polarisation during the sweep from above, both from neither side."""
    if not polarises:
        return contacts
    return "upper" if contacts == "value" else "open"


def _quantities(
    sweep: Sweep, settings: Settings, resistance: Resistance, apart: BranchDifference
) -> dict[str, Quantity]:
    a, b = sweep.line.values
    gradient = np.array([-1 / b, a / b**2])
    offset_std = float(np.sqrt(gradient @ sweep.line.covariance @ gradient))
    quantities = {"resistance": Quantity(resistance.value, "ohm", resistance.std, "fit covariance")}
    sigma = settings.pellet.conductivity(resistance.value, resistance.std)
    if sigma is not None:
        quantities |= {"conductivity": sigma, "resistivity": resistivity(sigma)}
    if apart.polarises:  # a bound has no uncertainty
        quantities = {name: Quantity(found.value, found.unit) for name, found in quantities.items()}
    quantities["voltage_offset"] = Quantity(-1e3 * float(a / b), "mV", 1e3 * offset_std, "fit covariance")
    quantities["hysteresis"] = Quantity(apart.loop_percent, "%", decimals=1)
    quantities["cubic_share"] = Quantity(100 * sweep.cubic_share, "%", decimals=1)
    return quantities


def _offset_note(sweep: Sweep) -> tuple[Note, ...]:
    """An intercept that is not zero: what a single point or a line through zero would have given."""
    a, b = (float(v) for v in sweep.line.values)
    if abs(a) < _SURE_SIGMAS * sweep.line.std[0]:
        return ()
    end = float(np.max(np.abs(sweep.voltage[sweep.used])))
    single = 100 * abs(a) / (b * end)
    if single < _MATTERS_PERCENT:
        return ()
    text = f"the line misses zero by {-1e3 * a / b:.3g} mV: V/I at one point would be off by up to {single:.1f} %"
    return (Note("info", "offset", text),)


def claims(measurement: Measurement) -> str:
    """Why a sweep looks like a pellet's, not like a voltammogram.

    Parameters
    ----------
    measurement
        Columns ``voltage_volt`` and ``current_ampere``, shape (n,).

    Returns
    -------
    str
        Nothing where it does not.

    Source: procedure of this package (`maths.straight_line.ohmic_resistance`).
    """
    columns = measurement.columns
    if not {"voltage_volt", "current_ampere"} <= columns.keys():
        return ""
    found = ohmic_resistance(columns["voltage_volt"], columns["current_ampere"])
    return f"the current is a straight line through zero ({found:.4g} ohm), symmetric in the voltage" if found else ""


def analyse_series(measurements: Sequence[Measurement], settings: Settings) -> tuple[ConductivityResult, ...]:
    """Several sweeps of one subject; where the files' names carry a thickness (tag ``thickness``, um), a series.

    R = R_c + L/(sigma A) over at least three thicknesses gives the conductivity without the contacts; from two-wire
    conductivities the contacts are taken out. At least three temperatures (tag ``temperature``) give the Arrhenius
    line.

    Parameters
    ----------
    measurements
        Sweeps, as `analyse` takes them.
    settings
        As `analyse`.

    Returns
    -------
    tuple of ConductivityResult
        One per sweep, each with ``series.conductivity`` (S/cm) and ``series.contact_resistance`` (ohm), or the values
        of the Arrhenius line.

    Raises
    ------
    InputError, Refused
        As `analyse`.

    Source: definition; T. Famprikis et al., Nat. Mater. 18 (2019) 1278, for the Arrhenius line.
    """
    results = []
    for measurement in measurements:
        thickness, degc = thickness_of_name(measurement), temperature_of_name(measurement)
        own = settings if thickness is None else dataclasses.replace(settings, thickness_um=thickness)
        own = own if degc is None else dataclasses.replace(own, temperature_degc=degc)
        results.append(analyse(measurement, own))
    choice = ArrheniusChoice(form=settings.arrhenius, kelvin_std=settings.temperature_std_kelvin)
    return with_temperatures(with_series(tuple(results)), choice)
