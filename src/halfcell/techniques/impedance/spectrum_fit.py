"""One spectrum with the fit of its circuit and those of other circuits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from halfcell.core.errors import Refused
from halfcell.maths.circuit.circuit_fit import Fitted, rearranged
from halfcell.maths.circuit.model import build
from halfcell.techniques.impedance.circuit_choice import enough, fit_one, neighbours, simplest, tried
from halfcell.techniques.impedance.spectrum import Spectrum, prepare

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.impedance.circuit_notes import Chooser
    from halfcell.techniques.impedance.settings import Settings


@dataclass(frozen=True, eq=False)
class FittedSpectrum:
    """A prepared spectrum, the fit of its circuit (`main`), the fits of other circuits, and who chose the circuit."""

    spectrum: Spectrum
    main: Fitted
    others: tuple[Fitted, ...]
    chooser: Chooser = "user"

    def rearranged(self, order: tuple[int, ...]) -> FittedSpectrum:
        """Return the same with the arcs of the circuit in another order."""
        return replace(self, main=rearranged(self.main, order, self.spectrum.frequency, self.spectrum.weights))

    def with_circuit(self, circuit: str, starts: int) -> FittedSpectrum:
        """Return the same with the common circuit of its series as the main one."""
        fits = (self.main, *self.others)
        main = next((f for f in fits if f.model.text == circuit), None) or fit_one(circuit, self.spectrum, starts)
        return replace(self, main=main, others=tuple(f for f in fits if f is not main), chooser="series")

    def kept(self) -> FittedSpectrum:
        """Return the same, marked as keeping its own circuit instead of that of its series."""
        return replace(self, chooser="own")


def fit_spectrum(measurement: Measurement, settings: Settings) -> FittedSpectrum:
    """Prepare a measurement and fit the circuit that was set and, if asked for, its neighbours; or choose a circuit.

    Raises
    ------
    InputError
        If the circuit cannot be read or a column is missing.
    Refused
        If there are too few points for the circuit.
    """
    spectrum = prepare(measurement, settings)
    if settings.is_auto:
        fits = tried(spectrum, settings.starts)
        main = simplest(fits, spectrum)
        return FittedSpectrum(spectrum, main, tuple(f for f in fits if f is not main), chooser="spectrum")
    circuit = settings.circuit
    if not enough(circuit, spectrum):
        text = f"{int(spectrum.used.sum())} points cannot determine {len(build(circuit).names)} parameters"
        raise Refused(text, measurement.where, "choose a simpler circuit")
    others = (
        tuple(fit_one(other, spectrum, settings.starts) for other in neighbours(circuit)) if settings.compare else ()
    )
    return FittedSpectrum(spectrum, fit_one(circuit, spectrum, settings.starts), others)
