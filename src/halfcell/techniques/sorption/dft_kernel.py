"""Pore widths by a DFT kernel, where it was calculated for the sample's surface."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import pores
from halfcell.techniques.common.findings import Findings, refused

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.sorption.branches import Branch
    from halfcell.techniques.sorption.settings import Settings

    Array = NDArray[np.float64]

_LARGEST_SHARE = 0.2  # of the volume in the kernel's widest pore: beyond, wider pores are likely


@dataclass(frozen=True, kw_only=True, eq=False)
class PoreWidths:
    """Pore widths (nm), the volume in each (cm3/g), and the fit: pressures and loadings (cm3 STP/g)."""

    width: Array
    volume: Array
    pressure: Array
    fitted: Array

    @property
    def per_log_width(self) -> Array:
        """dV/dlog10(w) (cm3/g); the classes meet halfway between the logarithms of their widths."""
        log = np.log10(self.width)
        middle = 0.5 * (log[1:] + log[:-1])
        edges = np.concatenate([[2.0 * log[0] - middle[0]], middle, [2.0 * log[-1] - middle[-1]]])
        return np.asarray(self.volume / np.diff(edges))


@dataclass(frozen=True, kw_only=True, eq=False)
class KernelFit:
    """The pore widths that a kernel finds (None where it is not used), and what was noted."""

    pores: PoreWidths | None = None
    findings: Findings = field(default_factory=Findings)


def kernel(measurement: Measurement, settings: Settings) -> tuple[tuple[float, ...], ...]:  # noqa: ARG001
    """The setting ``kernel`` from a kernel's file: the pore widths (nm), then one row per pressure.

    Raises
    ------
    InputError
        If the file holds an isotherm and no kernel.
    """
    if "kernel_loading" not in measurement:
        raise InputError("the file holds no DFT kernel", measurement.where, "its first line must say DFT kernel")
    widths = (0.0, *(float(width) for width in measurement.meta["pore_width_nanometre"]))
    pairs = zip(measurement["relative_pressure"], measurement["kernel_loading"], strict=True)
    return (widths, *((float(p), *(float(v) for v in row)) for p, row in pairs))


def kernel_fit(up: Branch, liquid_per_gas: float, settings: Settings) -> KernelFit:
    """Pore widths and volumes by regularised least squares.

    The error of the volume and of the mode is what the regularisation changes.

    Parameters
    ----------
    up
        The adsorption branch.
    liquid_per_gas
        Volume of liquid per volume of gas (STP).
    settings
        The kernel and its surface, and the surface of the sample.

    Returns
    -------
    KernelFit
        Widths (nm) and volumes (cm3/g); refused where the surface is not that of the kernel.

    Source: as `maths.pores.fit_kernel`.
    """
    if not settings.kernel:
        return KernelFit()
    if settings.surface != settings.kernel_surface:
        text = (
            f"The kernel is for {settings.kernel_surface}, and the sample's surface is "
            f"{settings.surface or 'not stated'}: a kernel for another surface gives wrong widths, so it is not used."
        )
        return KernelFit(findings=refused("wrong_kernel", text))
    width = np.array(settings.kernel[0][1:], dtype=float)
    table = np.array(settings.kernel[1:], dtype=float)
    made = pores.fit_kernel(up.pressure, up.loading, table[:, 0], table[:, 1:])
    per_weight = liquid_per_gas * table[-1, 1:]
    found = PoreWidths(width=width, volume=made.weights * per_weight, pressure=made.pressure, fitted=made.fitted)
    rough = made.rough * per_weight
    total = float(found.volume.sum())
    share = float(found.volume[-1] / total) if total > 0 else 0.0
    text = (
        f"The fit of the DFT kernel misses the isotherm by {made.misfit:.3g} cm3(STP)/g rms ({made.least_misfit:.3g}"
        " without regularisation)."
    )
    notes = [Note("info", "dft_misfit", text)]
    if share > _LARGEST_SHARE:
        text = f"{share:.0%} of the volume is in the widest pore of the kernel: the sample probably has wider ones."
        notes.append(Note("doubt", "kernel_end", text))
    return KernelFit(pores=found, findings=Findings(quantities=_quantities(found, rough), notes=tuple(notes)))


def _quantities(found: PoreWidths, rough: Array) -> dict[str, Quantity]:
    """Volume and most frequent width, with what the regularisation changes as their errors."""
    if not found.volume.sum() > 0:
        return {}
    mode = float(found.width[int(np.argmax(found.per_log_width))])
    rough_mode = float(np.sum(found.width * rough) / rough.sum()) if rough.sum() > 0 else mode
    mean = float(np.sum(found.width * found.volume) / found.volume.sum())
    between = float(np.abs(np.log(found.width) - np.log(mode))[np.abs(found.width - mode) > 0].min(initial=1.0))
    step = mode * between / np.sqrt(12.0)  # the widths of the kernel are that far apart
    total = float(found.volume.sum())
    return {
        "dft_volume": Quantity(total, "cm3/g", abs(total - float(rough.sum())) or None, "spread over models"),
        "dft_mode": Quantity(mode, "nm", float(np.hypot(step, abs(rough_mode - mean))), "spread over models"),
    }
