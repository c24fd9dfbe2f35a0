"""One circuit for the spectra of a series: of those chosen for single spectra the one with the lowest total BIC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.maths.circuit.circuit_fit import RESOLUTION
from halfcell.techniques.impedance.circuit_choice import WORSE, supported, undetermined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.impedance.spectrum_fit import FittedSpectrum


def with_common_circuit(found: Sequence[FittedSpectrum], starts: int) -> list[FittedSpectrum]:
    """All spectra with one circuit: of those chosen for single spectra the one with the lowest total BIC.

    A spectrum that the common circuit does not describe keeps its own. Where fewer than half of the spectra determine
    all of the common circuit, every spectrum that does not determine it keeps its own as well.
    """
    texts = sorted({one.main.model.text for one in found})
    tried = [[one.with_circuit(text, starts) for one in found] for text in texts]
    shared = min(tried, key=lambda row: sum(one.main.bic for one in row))
    known = [supported(one.main, one.spectrum) for one in shared]
    common = 2 * sum(known) >= len(known)
    rows = zip(shared, found, known, strict=True)
    return [
        one if describes(one, alone, determined=common or determined) else alone.kept()
        for one, alone, determined in rows
    ]


def describes(shared: FittedSpectrum, alone: FittedSpectrum, *, determined: bool = True) -> bool:
    """Whether a common circuit describes a spectrum as well as its own circuit does.

    It does not if the data do not determine it (`determined` false), if its residual is more than four times larger, if
    the series resistance is lost, or if none of the arcs is determined although some are with its own circuit.

    Parameters
    ----------
    shared, alone
        The spectrum with the common circuit, and with its own.
    determined
        Whether the data determine the common circuit.

    Returns
    -------
    bool
        True where both are one circuit.

    Source: procedure of this package.
    """
    if shared.main.model.text == alone.main.model.text:
        return True
    if not determined or shared.main.uncertainty.rms > WORSE * max(alone.main.uncertainty.rms, RESOLUTION):
        return False
    lost = _determined(alone) - _determined(shared)
    no_arc = not _determined(shared) - {"Rs"} and bool(_determined(alone) - {"Rs"})
    return "Rs" not in lost and not no_arc


def _determined(one: FittedSpectrum) -> set[str]:
    """Names of the series resistance and of the arcs' resistances that the data determine."""
    model, left = one.main.model, undetermined(one.main)
    arcs = {arc.resistance for arc in model.arcs}
    return {name for i, name in enumerate(model.names) if i not in left and (i in arcs or name == "Rs")}
