"""Half cycles and cycles of round numbers, for tests of what is made of them."""

from __future__ import annotations

from halfcell.techniques.cycling.cycles import Cycle, Role
from halfcell.techniques.cycling.half_cycles import Half


def half(  # one setting each: a record would only repeat `Half`
    direction: int,
    charge_ah: float = 1e-3,
    *,
    mean_volt: float = 3.5,
    current_a: float = 1e-4,
    voltage_end: float = 4.2,
    cv_ah: float = 0.0,
    rest_s: float = 0.0,
    duration_s: float = 36000.0,
) -> Half:
    """A half cycle; 1 charges, -1 discharges. By default 1 mAh at 0.1 mA and 3.5 V on the average."""
    return Half(
        direction=direction, first_row=0, last_row=9, charge_ah=charge_ah, charge_std_ah=0.0,
        energy_wh=charge_ah * mean_volt, reverse_ah=0.0, reverse_wh=0.0, current_a=current_a, end_current_a=current_a,
        cv_ah=cv_ah, duration_s=duration_s, voltage_end=voltage_end, voltage_reached=voltage_end, interruptions=0,
        longest_part=1.0, instrument_cycle=None, rest_s=rest_s,
    )  # fmt: skip


def cycle(
    number: int,
    charge_mah: float = 1.0,
    discharge_mah: float = 1.0,
    *,
    current_a: float = 1e-4,
    role: Role = "cycling",
    top: float = 4.2,
    end: float = 2.5,
    block: int = 1,
) -> Cycle:
    """A complete cycle of a charge to `top` and a discharge to `end` (V)."""
    charge = half(1, 1e-3 * charge_mah, voltage_end=top, current_a=current_a, mean_volt=3.8)
    discharge = half(-1, 1e-3 * discharge_mah, voltage_end=end, current_a=current_a, mean_volt=3.6)
    return Cycle(number=number, charge=charge, discharge=discharge, complete=True, role=role, block=block)
