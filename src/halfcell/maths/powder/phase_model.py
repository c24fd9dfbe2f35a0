"""One phase of a whole-pattern model: its lines, where its parameters start and what is known before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from halfcell.maths.powder.lines import Lines
    from halfcell.maths.powder.sizes import Shape


@dataclass(frozen=True, kw_only=True, eq=False)
class PhaseModel:
    """One phase of the model: its lines, where its parameters start and what is known before.

    `size` is the starting L_V in nm (None: large crystals, no size broadening), `smallest` its bound; `sigma` the
    starting width of ln D and whether it is free; `shape` the size model. `cell_std` is the prior's relative standard
    deviation of cell lengths, `cell_start` where their relative change starts, `strain` whether microstrain is free,
    `texture` the relative standard deviation of a line's intensity from what is calculated.
    """

    lines: Lines
    size: float | None = 10.0
    smallest: float = 0.5
    sigma: float = 0.3
    free_sigma: bool = True
    shape: Shape = "lognormal spheres"
    cell_std: float = 0.002
    cell_start: float = 0.0
    strain: bool = False
    texture: float = 0.1
