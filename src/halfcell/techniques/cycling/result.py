"""The result of `cycling`: quantities, a row a cycle, and the curves of the chosen cycles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.core.result import Row

    Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Curve:
    """One half cycle: its profile and its differential capacity.

    Parameters
    ----------
    cycle, charging
        Whose it is.
    capacity, voltage
        Profile, counted from the half cycle's beginning, in the result's unit of capacity and V.
    dqdv_voltage, dqdv
        Differential capacity (unit of capacity per V, negative on discharge) over voltage.
    dvdq_capacity, dvdq
        Differential voltage (V per unit of capacity, negative on discharge) over capacity.
    chosen
        Whether its cycle is one of those asked for.
    block
        The stretch of cycles at one rate whose last cycle it is; 0 where it is not the last.
    """

    cycle: int
    charging: bool
    capacity: Floats
    voltage: Floats
    dqdv_voltage: Floats
    dqdv: Floats
    dvdq_capacity: Floats
    dvdq: Floats
    chosen: bool = True
    block: int = 0


@dataclass(frozen=True, eq=False, kw_only=True)
class CyclingResult(Result):
    """What an analysis of cycling found.

    `curves` are those of the chosen cycles, `blocks` a row for each stretch of cycles at one rate, `capacity_unit` the
    unit of all capacities (``mAh/g`` or ``mAh``), `basis` the mass they are on,
    `kind` the cell's (empty where it is not known), `retained` the capacity that retention is of,
    `masses` those of the cell that were given (mg), `one_c_stated` whether rates are on a stated 1C.
    """

    curves: tuple[Curve, ...] = ()
    blocks: tuple[Row, ...] = ()
    capacity_unit: str = "mAh"
    basis: str = "no mass"
    kind: str = ""
    retained: str = "discharge"
    masses: Mapping[str, float | None] = field(default_factory=dict)
    one_c_stated: bool = False
