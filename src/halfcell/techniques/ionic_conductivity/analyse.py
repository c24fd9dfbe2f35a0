"""The impedance of a pellet between blocking electrodes: from the spectrum to the ionic conductivity."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.quantity import Kind, Quantity
from halfcell.core.result import Note
from halfcell.techniques.common.contacts import Resistance, without_contacts
from halfcell.techniques.common.pellet import pellet_notes, resistivity
from halfcell.techniques.common.temperature_series import ArrheniusChoice, temperature_of_name, with_temperatures
from halfcell.techniques.impedance.quoting import ROUNDING
from halfcell.techniques.impedance.settings import Settings as ImpedanceSettings
from halfcell.techniques.impedance.spectrum import prepare
from halfcell.techniques.ionic_conductivity.blocking_circuits import blocking_fits, chosen
from halfcell.techniques.ionic_conductivity.processes import parts
from halfcell.techniques.ionic_conductivity.result import IonicConductivityResult
from halfcell.techniques.ionic_conductivity.spread import over_circuits, over_windows
from halfcell.techniques.ionic_conductivity.verdict import fit_notes, refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.common.pellet_conductivity import Bound
    from halfcell.techniques.impedance.spectrum import Spectrum
    from halfcell.techniques.ionic_conductivity.blocking_circuits import BlockingFit
    from halfcell.techniques.ionic_conductivity.processes import Part
    from halfcell.techniques.ionic_conductivity.settings import Settings

_FOUR_WIRES = 4  # voltage and current have contacts of their own


def analyse(measurement: Measurement, settings: Settings) -> IonicConductivityResult:
    """Fit the circuits of a blocking cell and make the ionic conductivity of the pellet.

    R is the sum of all resistances before the blocking tail (bulk and grain boundaries), without leads; sigma = L/(R
    A). The uncertainty of R is that of the fit, with the spread over circuits and frequency windows; that of sigma
    also holds the geometry and the leads.

    Parameters
    ----------
    measurement
        Columns ``frequency_hertz``, ``real_impedance_ohm`` and ``imaginary_impedance_ohm``, shape (n,).
    settings
        Thickness and diameter of the pellet, its contacts, and the circuit.

    Returns
    -------
    IonicConductivityResult
        ``resistance`` (ohm), ``conductivity`` (S/cm), ``resistivity`` (ohm cm); where bulk and grain boundary are
        told apart by their capacitances also ``bulk_resistance``, ``grain_boundary_resistance`` (ohm),
        ``bulk_conductivity`` (S/cm); ``tail_exponent``, ``noise`` (%), ``lack_of_fit``.

    Raises
    ------
    InputError
        If a column is missing, or the circuit that was set has no blocking tail.
    Refused
        If there are too few points, or nothing is left for the pellet after the leads.

    Source: J. T. S. Irvine, D. C. Sinclair, A. R. West, Adv. Mater. 2 (1990) 132, for the capacitances.
    """
    spectrum = prepare(measurement, _impedance_settings(settings))
    found = blocking_fits(spectrum, settings)
    if not found:
        what = f"{int(spectrum.used.sum())} points are too few for a pellet and its tail"
        raise Refused(what, measurement.where, "measure more frequencies")
    main = chosen(found) or min(found, key=lambda fit: fit.fitted.bic)
    rms = main.fitted.uncertainty.rms
    lack = rms / max(spectrum.noise, 1e-12)
    common = {"noise": Quantity(100 * spectrum.noise, "%"), "lack_of_fit": Quantity(lack, "")}
    notes = (*spectrum.notes, *pellet_notes(settings.pellet), *fit_notes(main, lack, rounding=rms <= ROUNDING))
    why = refusal(main, spectrum)
    if why is not None:
        return _result(settings, spectrum, main, Outcome(quantities=common, notes=(*notes, why)), measurement)
    outcome = _outcome(main, (over_circuits(main, found, lack), over_windows(main, spectrum)), settings)
    left = dataclasses.replace(outcome, quantities={**outcome.quantities, **common}, notes=(*notes, *outcome.notes))
    return _result(settings, spectrum, main, left, measurement)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a spectrum gives: quantities, what the conductivity is, the resistances, notes."""

    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    bound: Bound = "value"
    parts: tuple[Part, ...] = ()
    notes: tuple[Note, ...] = ()


def _impedance_settings(settings: Settings) -> ImpedanceSettings:
    low, high = settings.lowest_frequency_hertz, settings.highest_frequency_hertz
    return ImpedanceSettings(lowest_frequency_hertz=low, highest_frequency_hertz=high)


def _outcome(main: BlockingFit, spread: tuple[float, float], settings: Settings) -> Outcome:
    """Quantities of the pellet's resistance, whose uncertainty has the fit's part and the `spread` in quadrature.

    Raises
    ------
    Refused
        If nothing is left for the pellet after the leads.
    """
    std = float(np.sqrt(main.std**2 + spread[0] ** 2 + spread[1] ** 2))
    left = without_contacts(main.total, std, settings.contacts, settings.pellet, "")
    kinds: dict[Kind, float] = {
        "fit covariance": main.std, "spread over models": spread[0], "spread over windows": spread[1],
    }  # fmt: skip
    kind = max(kinds, key=lambda name: kinds[name])
    quantities = {"resistance": Quantity(left.value, "ohm", left.std, kind)}
    sigma = settings.pellet.conductivity(left.value, left.std)
    if sigma is not None:
        quantities |= {"conductivity": sigma, "resistivity": resistivity(sigma)}
    exponent, found = main.exponent, main.fitted.uncertainty
    if exponent is not None:
        own = float(found.std[exponent]) if np.isfinite(found.std[exponent]) else None
        quantities["tail_exponent"] = Quantity(float(found.values[exponent]), "", own, "fit covariance" if own else "")
    made = parts(main)
    return Outcome(
        quantities=quantities | _told_apart(made, left, main.total - left.value, settings),
        bound=left.bound,
        parts=made,
        notes=(*_process_notes(made), *left.notes),
    )


def _told_apart(made: tuple[Part, ...], left: Resistance, leads: float, settings: Settings) -> dict[str, Quantity]:
    """Bulk and grain boundary where they are told apart; the leads are in what was measured with them, the bulk."""
    named = {part.process: part for part in made}
    if "bulk" not in named or "grain boundary" not in named:
        return {}
    bulk, boundary = named["bulk"], named["grain boundary"]
    limit = 0.0 if settings.wires == _FOUR_WIRES else (settings.contact_resistance_ohm or settings.contact_limit_ohm)
    value, std = bulk.resistance - leads, float(np.hypot(bulk.std, limit / np.sqrt(3)))
    found = {"grain_boundary_resistance": Quantity(boundary.resistance, "ohm", boundary.std, "fit covariance")}
    if value <= 2 * std or left.bound != "value":
        return found
    found["bulk_resistance"] = Quantity(value, "ohm", std, "fit covariance")
    sigma = settings.pellet.conductivity(value, std)
    return found | ({"bulk_conductivity": sigma} if sigma is not None else {})


def _process_notes(made: tuple[Part, ...]) -> tuple[Note, ...]:
    """What the conductivity is of, in words."""
    counted = [part for part in made if part.process != "electrode interface"]
    names = " + ".join(part.name for part in counted)
    if any(part.process == "bulk" for part in counted):
        text = f"the conductivity is that of bulk and grain boundaries together ({names}); that of the bulk is apart"
    else:
        text = f"the conductivity is that of bulk and grain boundaries together ({names}), which are not told apart"
    return (Note("info", "total_conductivity", text),)


def _result(
    settings: Settings, spectrum: Spectrum, main: BlockingFit, outcome: Outcome, measurement: Measurement
) -> IonicConductivityResult:
    fitted, frequency, z = main.fitted, spectrum.frequency, spectrum.impedance
    curve = fitted.impedance(frequency)
    rows = tuple(part.row for part in outcome.parts)
    return IonicConductivityResult(
        technique="ionic_conductivity",
        quantities=outcome.quantities,
        rows=rows,
        notes=outcome.notes,
        simulated=measurement.is_simulated,
        circuit=fitted.model.text,
        frequency=frequency,
        impedance=z,
        used=spectrum.used,
        fitted=curve,
        residual=(z - curve) / np.abs(z),
        kk_residual=spectrum.test.residual,
        curve=fitted.impedance(np.geomspace(frequency.max(), frequency.min(), 241)),
        meta=dict(measurement.meta),
        pellet=settings.pellet,
        bound=outcome.bound,
    )


def analyse_series(measurements: Sequence[Measurement], settings: Settings) -> tuple[IonicConductivityResult, ...]:
    """Spectra of one pellet at several temperatures: each alone, and from three temperatures on the Arrhenius line.

    The temperatures are those of the files' names (tag ``temperature``), else the setting.

    Parameters
    ----------
    measurements
        Spectra, as `analyse` takes them.
    settings
        As `analyse`.

    Returns
    -------
    tuple of IonicConductivityResult
        One per spectrum, each with ``series.activation_energy`` (eV), ``series.prefactor`` and, if 25 degC is within
        the range, ``series.conductivity_25degc`` (S/cm).

    Raises
    ------
    InputError, Refused
        As `analyse`.

    Source: T. Famprikis et al., Nat. Mater. 18 (2019) 1278.
    """
    results = []
    for measurement in measurements:
        degc = temperature_of_name(measurement)
        own = settings if degc is None else dataclasses.replace(settings, temperature_degc=degc)
        results.append(analyse(measurement, own))
    return with_temperatures(
        results, ArrheniusChoice(form=settings.arrhenius, kelvin_std=settings.temperature_std_kelvin)
    )


def blank_impedance(measurement: Measurement, settings: Settings) -> float:
    """The setting ``contact_resistance_ohm`` from an impedance without a pellet: Re Z where it is smallest.

    Parameters
    ----------
    measurement
        Columns of an impedance, shape (n,).
    settings
        Not used; every function of this kind takes them.

    Returns
    -------
    float
        Ohm.

    Source: definition.
    """
    spectrum = prepare(measurement, _impedance_settings(settings))
    return float(np.median(np.sort(spectrum.impedance.real[spectrum.used])[:5]))
