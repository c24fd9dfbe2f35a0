"""One spectrum from data to parameters, with all that is to be said about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.quantity import Quantity
from halfcell.core.result import Level, Note, Row
from halfcell.maths.circuit.circuit_fit import Fitted, rearranged
from halfcell.maths.circuit.grammar import leaves
from halfcell.maths.circuit.model import build
from halfcell.techniques.impedance.arcs import arc_notes, arc_rows, arc_sum, strongest_pair
from halfcell.techniques.impedance.circuit_choice import (
    enough,
    fit_one,
    inductive,
    neighbours,
    simplest,
    tried,
    undetermined,
)
from halfcell.techniques.impedance.circuit_notes import Chooser, choice_notes, circuit_rows
from halfcell.techniques.impedance.records import ImpedanceResult, Settings
from halfcell.techniques.impedance.relaxation_times import Distribution, distribution
from halfcell.techniques.impedance.spectrum import Spectrum, prepare

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

_MISFIT = 2.0  # lack of fit from which a circuit is doubted
_ROUNDING = 1e-4  # residual, of |Z|, below which the digits of a file are at work, not the circuit


def analyse(measurement: Measurement, settings: Settings) -> ImpedanceResult:
    """Fit a circuit to a spectrum.

    Quantities: each circuit parameter by its name in the circuit string (ohm, S s^n, ohm s^-1/2, ...) with its fit
    covariance; ``<arc>.time_constant`` (s), ``<arc>.apex_frequency`` (Hz), ``<arc>.capacitance_hsu_mansfeld``,
    ``<arc>.capacitance_brug`` (F); ``arc_resistance_sum`` (ohm); ``noise`` (% of \\|Z\\|, model-free), ``lack_of_fit``
    (rms of the circuit over that of the Kramers-Kronig model; 1 is perfect);
    with an area ``<R>.area_specific`` (ohm cm2).

    Raises
    ------
    InputError
        If the circuit cannot be read or a column is missing.
    Refused
        If there are too few points for the circuit.
    """
    return result_of(measurement, settings, fitted_spectrum(measurement, settings))


@dataclass(frozen=True, eq=False)
class Analysed:
    """A prepared spectrum, the circuit's fit, the fits of others; who chose the circuit."""

    spectrum: Spectrum
    main: Fitted
    others: tuple[Fitted, ...]
    chooser: Chooser = "user"

    def rearranged(self, order: tuple[int, ...]) -> Analysed:
        """The same with the circuit's arcs in another order."""
        return replace(self, main=rearranged(self.main, order, self.spectrum.frequency, self.spectrum.weights))

    def with_circuit(self, circuit: str, starts: int) -> Analysed:
        """The same with the circuit of its series in front."""
        fits = (self.main, *self.others)
        main = next((f for f in fits if f.model.text == circuit), None) or fit_one(circuit, self.spectrum, starts)
        return replace(self, main=main, others=tuple(f for f in fits if f is not main), chooser="series")

    def kept(self) -> Analysed:
        """The same, its own circuit kept against that of its series."""
        return replace(self, chooser="own")


def is_auto(settings: Settings) -> bool:
    """Whether the circuit is to be chosen."""
    return settings.circuit.strip().lower() == "auto"


def fitted_spectrum(measurement: Measurement, settings: Settings) -> Analysed:
    """Prepare a measurement and fit the circuit and, if asked, its neighbours; or choose a circuit."""
    spectrum = prepare(measurement, settings)
    if is_auto(settings):
        fits = tried(spectrum, settings.starts)
        main = simplest(fits, spectrum)
        return Analysed(spectrum, main, tuple(f for f in fits if f is not main), chooser="spectrum")
    circuit = settings.circuit
    if not enough(circuit, spectrum):
        text = f"{int(spectrum.used.sum())} points cannot fix {len(build(circuit).names)} parameters"
        raise Refused(text, measurement.where, "take a simpler circuit")
    others = (
        tuple(fit_one(other, spectrum, settings.starts) for other in neighbours(circuit)) if settings.compare else ()
    )
    return Analysed(spectrum, fit_one(circuit, spectrum, settings.starts), others)


def result_of(
    measurement: Measurement, settings: Settings, found: Analysed, more: tuple[Note, ...] = ()
) -> ImpedanceResult:
    """All that is said about one fitted spectrum."""
    spectrum, main = found.spectrum, found.main
    arcs = arc_rows(main, spectrum, settings.quote_limit_percent)
    quantities = _quantities(main, spectrum, settings) | _arc_quantities(arcs, main)
    times = _relaxation(spectrum) if settings.relaxation_times else None
    words = (*_all_notes(found, quantities, arcs, settings), *((times.note(spectrum.test.noise),) if times else ()))
    return ImpedanceResult(
        technique="impedance",
        quantities=quantities,
        rows=_rows(main, arcs),
        notes=(*measurement.notes, *words, *more),
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


def _relaxation(spectrum: Spectrum) -> Distribution:
    used = spectrum.used
    return distribution(spectrum.frequency[used], spectrum.impedance[used], spectrum.test.noise)


def _quantities(main: Fitted, spectrum: Spectrum, settings: Settings) -> dict[str, Quantity]:
    found, left = main.uncertainty, undetermined(main)
    quantities: dict[str, Quantity] = {}
    for place, (name, parameter) in enumerate(zip(main.model.names, main.model.parameters, strict=True)):
        if place not in left:
            quantities |= _one(name, parameter.unit, (float(found.values[place]), float(found.std[place])), settings)
    total = arc_sum(main)
    if total is not None:
        quantities["arc_resistance_sum"] = total
    quantities["noise"] = Quantity(100 * spectrum.test.noise, "%")
    quantities["lack_of_fit"] = Quantity(_lack(main, spectrum, settings), "")
    return quantities


def _one(name: str, unit: str, value: tuple[float, float], settings: Settings) -> dict[str, Quantity]:
    """A parameter, and its value times the area where it is a resistance and the area is known."""
    std = value[1] if np.isfinite(value[1]) else None
    made = {name: Quantity(value[0], unit, std, "fit covariance" if std else "")}
    if settings.area_cm2 and unit == "ohm":
        area = settings.area_cm2
        specific = Quantity(value[0] * area, "ohm cm2", std * area if std else None, "fit covariance" if std else "")
        made[f"{name}.area_specific"] = specific
    return made


def _lack(main: Fitted, spectrum: Spectrum, settings: Settings) -> float:
    """Dof-corrected rms of the circuit, relative to |Z|, over that of the Kramers-Kronig model."""
    if settings.weighting == "modulus":
        return main.uncertainty.rms / max(spectrum.test.noise, 1e-12)
    used = spectrum.used
    misfit = (main.impedance(spectrum.frequency) - spectrum.impedance)[used] / np.abs(spectrum.impedance[used])
    freedom = 2 * int(used.sum()) - len(main.model.names)
    return float(np.sqrt(np.sum(np.abs(misfit) ** 2) / freedom)) / max(spectrum.test.noise, 1e-12)


def _arc_quantities(arcs: tuple[Row, ...], main: Fitted) -> dict[str, Quantity]:
    named = {
        "time_constant": ("time_constant_s", "s"),
        "apex_frequency": ("apex_frequency_hz", "Hz"),
        "capacitance_hsu_mansfeld": ("capacitance_hsu_mansfeld_f", "F"),
        "capacitance_brug": ("capacitance_brug_f", "F"),
    }
    return {
        f"{row['arc']}.{name}": Quantity(float(value), unit)
        for row, arc in zip(arcs, main.model.arcs, strict=True)
        if arc.resistance not in undetermined(main)
        for name, (key, unit) in named.items()
        if isinstance(value := row[key], float)
    }


def _rows(main: Fitted, arcs: tuple[Row, ...]) -> tuple[Row, ...]:
    quoted = {main.model.names[a.resistance]: r["quoted"] for a, r in zip(main.model.arcs, arcs, strict=True)}
    found = main.uncertainty
    return tuple(
        {
            "parameter": name,
            "value": float(found.values[i]),
            "unit": main.model.parameters[i].unit,
            "low": _number(found.low[i]),
            "high": _number(found.high[i]),
            "quoted": quoted.get(name),
        }
        for i, name in enumerate(main.model.names)
    )


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _all_notes(
    found: Analysed, quantities: dict[str, Quantity], arcs: tuple[Row, ...], settings: Settings
) -> tuple[Note, ...]:
    """On the data, the fit, its arcs and the choice of the circuit."""
    on_choice = choice_notes(found.main, found.others, found.spectrum, found.chooser)
    on_arcs = arc_notes(arcs, settings.quote_limit_percent, summed="arc_resistance_sum" in quantities)
    return (*found.spectrum.notes, *_fit_notes(found, quantities, settings), *on_arcs, *on_choice)


def _fit_notes(found: Analysed, quantities: dict[str, Quantity], settings: Settings) -> list[Note]:
    main, notes = found.main, []
    lack = quantities["lack_of_fit"].value
    if lack > _MISFIT and main.uncertainty.rms > _ROUNDING:
        text = (
            f"the circuit leaves {lack:.1f} times the noise: it does not describe the spectrum, its intervals mislead"
        )
        notes.append(Note("doubt", "lack_of_fit", text))
    notes += _inductive(main, found.spectrum)
    notes += [_at_bound(main, place) for place in main.uncertainty.held]
    left = undetermined(main)
    if left:
        names = ", ".join(main.model.names[place] for place in left)
        text = f"not given, as the data do not determine it (95 % interval beyond a factor of ten either way): {names}"
        hint = '; circuit = "auto" takes the simplest circuit that they do' if found.chooser == "user" else ""
        notes.append(Note("refused" if found.chooser == "user" else "doubt", "undetermined", text + hint))
    first, second, correlation = strongest_pair(main.model, main.uncertainty.correlation)
    if abs(correlation) > 0.95:
        known = "sum" if correlation < 0 else "ratio"
        text = f"{first} and {second} are correlated ({correlation:+.3f}): only their {known} is known well"
        notes.append(Note("doubt", "correlated_arcs", text))
    if main.reached == 1 and main.starts > 8:
        notes.append(
            Note("doubt", "lone_optimum", f"one of {main.starts} starts reached the optimum: others may exist")
        )
    if settings.kind is not None and settings.kind.is_anode_half:
        text = "two electrodes against lithium: the arcs hold the counter electrode's share, too"
        notes.append(Note("info", "counter_electrode", text))
    return notes


def _at_bound(main: Fitted, place: int) -> Note:
    """An exponent that ended at its bound; 1 is a plain capacitor."""
    name, value = main.model.names[place], main.uncertainty.values[place]
    level: Level = "info" if value == 1.0 else "doubt"
    return Note(level, "exponent_at_bound", f"{name} ended at its bound {value:g}: its uncertainty is not known")


def _inductive(main: Fitted, spectrum: Spectrum) -> list[Note]:
    """Inductive points at the high-frequency end that a circuit without an inductor cannot follow."""
    marks = inductive(spectrum)
    if not marks.any() or any(leaf.kind in {"L", "La"} for leaf in leaves(main.model.tree)):
        return []
    text = f"{int(marks.sum())} points at high frequency are inductive (from {spectrum.frequency[marks].min():.3g} Hz)"
    return [Note("doubt", "inductive_points", f"{text}: add L to the circuit or set highest_frequency_hertz")]
