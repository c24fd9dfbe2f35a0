"""One phase of a whole-pattern model: its lines, the starts of its parameters, and their priors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.maths.powder.free_parameter import FreeParameter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.powder.phase_lines import Lines
    from halfcell.maths.powder.size_models import Shape

StrainShape = Literal["gaussian", "lorentzian"]
_LARGEST_NM = 1e3  # upper bound of L_V
_MOST_SQUARE, _MOST_BREADTH = 400.0, 25.0  # of microstrains: in 1e-6 (2 % rms) and in 1e-3
_MOST_LOPSIDED = 3.0  # ln of the ratio of the axes of an ellipsoid


@dataclass(frozen=True, kw_only=True, eq=False)
class PhaseModel:
    """One phase of the model: its lines, where its parameters start and what is known beforehand.

    `size` is the starting L_V in nm (None: large crystals, no size broadening), `free_size` whether it is free,
    `smallest` its bound; `sigma` the starting width of ln D, `free_sigma` whether it is free; `shape` the size model.
    `cell_std` is the prior's relative standard deviation of cell lengths, `cell_range` how far they may go. `strain` is
    whether microstrain is free, and `strain_shape` its kind (gaussian: the mean square in 1e-6; lorentzian: breadth / 4
    tan theta in 1e-3). `directions` lets the strain depend on the direction: the share of its square along each of k
    directions (``strain0`` and on, in 1e-6 for both kinds) in that along each line, shape
    (k, lines). `texture` is the relative standard deviation of a line's intensity from what is calculated.
    `cosines` makes the crystallites ellipsoids of revolution: the cos^2 of the angle of each line to their axis, shape
    (lines,). L_V is then that across the axis, and ``ln_ratio``, which starts at `ratio`, the logarithm of L_V along
    it over L_V across.
    """

    lines: Lines
    size: float | None = 10.0
    free_size: bool = True
    smallest: float = 0.5
    sigma: float = 0.3
    free_sigma: bool = True
    shape: Shape = "lognormal spheres"
    cell_std: float = 0.002
    cell_range: float = 0.03
    strain: bool = False
    strain_shape: StrainShape = "gaussian"
    directions: NDArray[np.float64] | None = None
    texture: float = 0.1
    cosines: NDArray[np.float64] | None = None
    ratio: float = 0.0

    def parameters(self) -> list[FreeParameter]:
        """The free parameters of the phase: changes of the cell lengths, ln L_V, sigma of ln D, mean-square strain."""
        name = self.lines.name
        low, high = -self.cell_range, self.cell_range
        table = [FreeParameter(f"{name}.cell{i}", 0.0, low, high, self.cell_std) for i in range(self.lines.free)]
        if self.size is not None and self.free_size:
            least = np.log(self.smallest)
            start = max(np.log(self.size), least)
            table.append(FreeParameter(f"{name}.ln_size", start, least, np.log(_LARGEST_NM)))
            if self.free_sigma and self.shape != "lorentzian":
                table.append(FreeParameter(f"{name}.sigma", self.sigma, 0.02, 1.2, 0.5))
            if self.cosines is not None:
                table.append(FreeParameter(f"{name}.ln_ratio", self.ratio, -_MOST_LOPSIDED, _MOST_LOPSIDED))
        return table + (self._strains() if self.strain else [])

    def _strains(self) -> list[FreeParameter]:
        """The microstrain, or its square along each direction."""
        name, gaussian = self.lines.name, self.strain_shape == "gaussian"
        if self.directions is None:
            return [FreeParameter(f"{name}.strain", 1.0, 0.0, _MOST_SQUARE if gaussian else _MOST_BREADTH)]
        most = _MOST_SQUARE if gaussian else _MOST_BREADTH**2
        return [FreeParameter(f"{name}.strain{i}", 1.0, 0.0, most) for i in range(len(self.directions))]
