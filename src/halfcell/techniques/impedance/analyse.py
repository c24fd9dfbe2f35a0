"""Analyse one spectrum: from the data to parameters with their uncertainties and doubts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Row
from halfcell.core.sample import CellKind
from halfcell.maths.circuit.circuit_fit import Fitted
from halfcell.maths.circuit.grammar import leaves
from halfcell.techniques.common.findings import Findings
from halfcell.techniques.impedance.arcs import arc_notes, arc_quantities, arc_rows, sum_over_circuits
from halfcell.techniques.impedance.circuit_choice import undetermined
from halfcell.techniques.impedance.circuit_notes import choice_notes, circuit_rows
from halfcell.techniques.impedance.fit_notes import fit_notes
from halfcell.techniques.impedance.quoting import has_loop, widening
from halfcell.techniques.impedance.relaxation_times import Distribution, distribution
from halfcell.techniques.impedance.result import ImpedanceResult
from halfcell.techniques.impedance.settings import Settings
from halfcell.techniques.impedance.spectrum import Spectrum
from halfcell.techniques.impedance.spectrum_fit import FittedSpectrum, fit_spectrum
from halfcell.techniques.impedance.transmission_line import lines
from halfcell.techniques.impedance.transport import Known, transport

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement


def analyse(measurement: Measurement, settings: Settings) -> ImpedanceResult:
    r"""Fit a circuit to a spectrum by complex least squares.

    Parameters
    ----------
    measurement
        Columns ``frequency_hertz``, ``real_impedance_ohm`` and ``imaginary_impedance_ohm``, shape (n,);
        ``impedance_std_ohm`` where the file has it.
    settings
        The circuit or ``auto``, the weights, the area and the kind of the cell.

    Returns
    -------
    ImpedanceResult
        Each circuit parameter by its name in the circuit string (ohm, S s^n, ohm s^-1/2, ...) with its fit
        covariance; ``<arc>.time_constant`` (s), ``<arc>.apex_frequency`` (Hz), ``<arc>.capacitance_hsu_mansfeld``,
        ``<arc>.capacitance_brug`` (F); ``arc_resistance_sum`` (ohm); ``noise`` (% of \|Z\|, or of its median where
        all points have the same weight; model-free), ``lack_of_fit`` (rms residual of the circuit over that of the
        Kramers-Kronig model; 1 is perfect); with an area ``<R>.area_specific`` (ohm cm2).

    Raises
    ------
    InputError
        If the circuit cannot be read or a column is missing.
    Refused
        If there are too few points for the circuit.

    Sources: B. A. Boukamp, Solid State Ionics 20 (1986) 31 (fit); B. A. Boukamp, J. Electrochem. Soc. 142 (1995) 1885
    (Kramers-Kronig); G. J. Brug et al., J. Electroanal. Chem. 176 (1984) 275, C. H. Hsu, F. Mansfeld, Corrosion 57
    (2001) 747 (capacitances).
    """
    return result_of(measurement, settings, fit_spectrum(measurement, settings))


def result_of(
    measurement: Measurement, settings: Settings, found: FittedSpectrum, more: tuple[Note, ...] = ()
) -> ImpedanceResult:
    """The result of one fitted spectrum.

    Parameters
    ----------
    measurement, settings
        What was analysed, and how.
    found
        The fit.
    more
        Notes that come after its own.

    Returns
    -------
    ImpedanceResult
        As `analyse`.

    Source: definition.
    """
    spectrum, main = found.spectrum, found.main
    lack = _lack(main, spectrum, settings)
    arcs = arc_rows(main, found.others, spectrum, settings.quote_limit_percent, lack)
    moved, not_given = _transport(main, spectrum, settings, widening(main, spectrum, lack))
    quantities = _quantities(found, settings, not_given) | arc_quantities(main, arcs) | dict(moved.quantities)
    times = _relaxation(spectrum) if settings.relaxation_times else None
    last = (times.note(spectrum.test.noise),) if times else ()
    return ImpedanceResult(
        technique="impedance",
        quantities=quantities,
        rows=_rows(main, arcs),
        notes=(*_all_notes(found, quantities, arcs, settings), *moved.notes, *last, *more),
        simulated=measurement.is_simulated,
        circuit=main.model.text,
        frequency=spectrum.frequency,
        impedance=spectrum.impedance,
        used=spectrum.used,
        fitted=(fitted := main.impedance(spectrum.frequency)),
        residual=(spectrum.impedance - fitted) / np.abs(spectrum.impedance),
        kk_residual=spectrum.test.residual,
        curve=main.impedance(np.geomspace(spectrum.frequency.max(), spectrum.frequency.min(), 241)),
        names=main.model.names,
        low=tuple(main.uncertainty.low.tolist()),
        high=tuple(main.uncertainty.high.tolist()),
        correlation=main.uncertainty.correlation,
        arcs=arcs,
        circuits=circuit_rows(main, found.others),
        relaxation=(times.tau, times.gamma) if times else None,
        meta=dict(measurement.meta),
    )


def _transport(main: Fitted, spectrum: Spectrum, settings: Settings, factor: float) -> tuple[Findings, tuple[str, ...]]:
    """Transmission lines and what tails say of transport; and the parameters of lines that are not to be given."""
    pores, not_given = lines(main, spectrum, factor)
    return pores + transport(Known(main, factor, not_given), settings), not_given


def _relaxation(spectrum: Spectrum) -> Distribution:
    used = spectrum.used
    return distribution(spectrum.frequency[used], spectrum.impedance[used], spectrum.test.noise)


def _quantities(found_fit: FittedSpectrum, settings: Settings, not_given: tuple[str, ...]) -> dict[str, Quantity]:
    main, others, spectrum = found_fit.main, found_fit.others, found_fit.spectrum
    found, left = main.uncertainty, undetermined(main)
    quantities: dict[str, Quantity] = {}
    for place, (name, parameter) in enumerate(zip(main.model.names, main.model.parameters, strict=True)):
        if place not in left and name not in not_given:
            size = _per_interface(main, place, settings)
            quantities |= _one(name, parameter.unit, (float(found.values[place]), float(found.std[place])), size)
    total = sum_over_circuits(main, others, spectrum, _lack(main, spectrum, settings))
    if total is not None and not has_loop(main, spectrum):
        quantities["arc_resistance_sum"] = total
    quantities["noise"] = Quantity(100 * spectrum.noise, "%")
    quantities["lack_of_fit"] = Quantity(_lack(main, spectrum, settings), "")
    return quantities


def _per_interface(main: Fitted, place: int, settings: Settings) -> float | None:
    """The area (cm2) by which a resistance is multiplied: half of it for an arc or a line of a symmetric cell.

    Two equal interfaces, or porous electrodes, are in series there, so that each has R A/2; the electrolyte between
    them has R A.
    """
    if not settings.area_cm2:
        return None
    twice = {arc.resistance for arc in main.model.arcs}
    porous = [leaf.name for leaf in leaves(main.model.tree) if leaf.kind == "TLM"]
    twice |= {main.model.names.index(f"{name}_{own}") for name in porous for own in ("Rion", "Rct")}
    shared = settings.kind is CellKind.SYMMETRIC and place in twice
    return settings.area_cm2 / 2 if shared else settings.area_cm2


def _one(name: str, unit: str, value: tuple[float, float], area: float | None) -> dict[str, Quantity]:
    """A parameter, and its value times an area (cm2) if it is a resistance and the area is known."""
    std = value[1] if np.isfinite(value[1]) else None
    made = {name: Quantity(value[0], unit, std, "fit covariance" if std else "")}
    if area and unit == "ohm":
        specific = Quantity(value[0] * area, "ohm cm2", std * area if std else None, "fit covariance" if std else "")
        made[f"{name}.area_specific"] = specific
    return made


def _lack(main: Fitted, spectrum: Spectrum, settings: Settings) -> float:
    """Rms residual of the circuit relative to |Z| over the noise, both per degree of freedom."""
    if settings.weighting != "sigma":
        return main.uncertainty.rms / max(spectrum.noise, 1e-12)
    used = spectrum.used
    misfit = (main.impedance(spectrum.frequency) - spectrum.impedance)[used] / np.abs(spectrum.impedance[used])
    freedom = 2 * int(used.sum()) - len(main.model.names)
    return float(np.sqrt(np.sum(np.abs(misfit) ** 2) / freedom)) / max(spectrum.noise, 1e-12)


def _rows(main: Fitted, arcs: tuple[Row, ...]) -> tuple[Row, ...]:
    quoted = {main.model.names[a.resistance]: r["quoted"] for a, r in zip(main.model.arcs, arcs, strict=True)}
    found, left = main.uncertainty, undetermined(main)
    return tuple(
        {
            "parameter": name,
            "value": float(found.values[i]) if i not in left else None,
            "unit": main.model.parameters[i].unit,
            "low": _number(found.low[i]) if i not in left else None,
            "high": _number(found.high[i]) if i not in left else None,
            "quoted": quoted.get(name),
        }
        for i, name in enumerate(main.model.names)
    )


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _all_notes(
    found: FittedSpectrum, quantities: dict[str, Quantity], arcs: tuple[Row, ...], settings: Settings
) -> tuple[Note, ...]:
    """Notes on the data, the fit, its arcs and the choice of the circuit."""
    on_choice = choice_notes(found.main, found.others, found.spectrum, found.chooser)
    on_arcs = arc_notes(arcs, settings.quote_limit_percent)
    return (*found.spectrum.notes, *fit_notes(found, quantities, settings), *on_arcs, *on_choice)
