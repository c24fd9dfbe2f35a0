"""The result of `cycling`: quantities, one row per cycle, and the curves of the chosen cycles."""

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
    """The profile of one half cycle, with its differential capacity and voltage.

    Parameters
    ----------
    cycle, charging
        Number of its cycle, and whether it is the charge.
    capacity, voltage
        Profile from the beginning of the half cycle, in the result's unit of capacity and in V.
    dqdv_voltage, dqdv
        Differential capacity (unit of capacity per V, negative on discharge) over voltage.
    dqdv_window_mv
        Width of the window of the differential capacity (mV).
    dvdq_capacity, dvdq
        Differential voltage (V per unit of capacity, negative on discharge) over capacity.
    chosen
        Whether its cycle is one of `profile_cycles`.
    block
        Number of the stretch of cycles at one rate of which this is the last cycle; 0 if it is not the last.
    """

    cycle: int
    charging: bool
    capacity: Floats
    voltage: Floats
    dqdv_voltage: Floats
    dqdv: Floats
    dvdq_capacity: Floats
    dvdq: Floats
    dqdv_window_mv: float = 20.0
    chosen: bool = True
    block: int = 0


@dataclass(frozen=True, eq=False, kw_only=True)
class CyclingResult(Result):
    """What an analysis of cycling found.

    `curves` are those of the chosen cycles, `blocks` has one row per stretch of cycles at one rate, `pulses` one per
    pulse between rests, `potential_steps` one per held voltage of a titration, `capacity_unit` is the unit of all
    capacities (``mAh/g`` or ``mAh``), `basis` the mass they refer to, `kind` that of the cell (empty where it is not
    known), `voltage_unit` that of its voltages, with the reference of a half cell, `retained` the capacity that
    retention is of, `masses` are those given of the cell (mg), and `one_c_stated` tells whether 1C was stated.
    """

    curves: tuple[Curve, ...] = ()
    blocks: tuple[Row, ...] = ()
    pulses: tuple[Row, ...] = ()
    potential_steps: tuple[Row, ...] = ()
    capacity_unit: str = "mAh"
    basis: str = "no mass"
    kind: str = ""
    voltage_unit: str = "V"
    retained: str = "discharge"
    masses: Mapping[str, float | None] = field(default_factory=dict)
    one_c_stated: bool = False
