"""The highest mean voltage that a full cell can have while it delivers a capacity, from open-circuit potentials.

Per gram of cathode material the cell delivers the capacity q. Without any polarisation its mean voltage is

``V(q) = 1/q * integral over q of (U_cathode - U_anode)``

with the anode's hosts at one potential, so that what comes first is what lies lowest. The most favourable start is
taken: the anode full of lithium, the cathode at the cut-off voltage. It is computed for every set of open-circuit
potentials; a printed voltage is impossible only where it exceeds all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from statistics import median
from typing import TYPE_CHECKING

from halfcell.materials.open_circuit import OpenCircuit, content_at, mean_volt, sets_of, volt_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from halfcell.materials.open_circuit import Step

HIGHEST_CUT_OFF_VOLT = 4.3
"""A full cell with a layered oxide is rarely charged further; a higher one raises the bound by a few hundredths."""
FULLEST = 0.99  # highest content to which the steps were fitted; what lies beyond is taken at its potential


@dataclass(frozen=True, kw_only=True)
class AnodeMixture:
    """An anode: the share of each host in its capacity (sums to 1), and that capacity in mAh per gram of cathode."""

    shares: Mapping[str, float]
    mah_per_g_cathode: float


@dataclass(frozen=True, kw_only=True)
class VoltageBound:
    """The mean voltages without polarisation: lowest, middle and highest over the sets, and how many of each side."""

    low: float
    median: float
    high: float
    anode_sets: int
    cathode_sets: int
    highest_of: str


def mean_voltage_bound(
    anode: AnodeMixture, cathode: str, delivered: float, cut_off: float = HIGHEST_CUT_OFF_VOLT
) -> VoltageBound | None:
    """Bound the mean voltage of a discharge.

    Parameters
    ----------
    anode
        The anode's hosts and capacity.
    cathode
        Name of the cathode's host.
    delivered
        Capacity of the discharge, mAh per gram of cathode material.
    cut_off
        Highest voltage of the cell, V.

    Returns
    -------
    VoltageBound or None
        None where there are no curves of a host, or where the anode or no set of the cathode holds the capacity.

    Source: definition; ``open_circuit.toml`` holds the source of each set of potentials.
    """
    hosts = [name for name, share in anode.shares.items() if share > 0]
    if not hosts or delivered <= 0 or delivered > anode.mah_per_g_cathode:
        return None
    anodes = [_anode(anode, chosen, delivered) for chosen in product(*(sets_of(name) for name in hosts))]
    cathodes = list(_cathodes(cathode))
    found = {
        f"{name} with {label}": whole - mean
        for name, mean, top in anodes
        for label, steps, capacity in cathodes
        if (whole := _cathode_mean(steps, capacity, cut_off + top, delivered)) is not None
    }
    if not found:
        return None
    values = sorted(found.values())
    return VoltageBound(
        low=values[0],
        median=median(values),
        high=values[-1],
        anode_sets=len(anodes),
        cathode_sets=len(cathodes),
        highest_of=max(found, key=lambda name: found[name]),
    )


def _anode(anode: AnodeMixture, chosen: tuple[OpenCircuit, ...], delivered: float) -> tuple[str, float, float]:
    """Names of the sets, mean potential while the capacity is given back, and the potential at the start."""
    steps = [(v, s, w * anode.shares[one.material]) for one in chosen for v, s, w in one.steps("delithiation")]
    left = 1 - delivered / anode.mah_per_g_cathode
    top = volt_at(steps, FULLEST)
    beyond = (1 - FULLEST) * top
    mean = (beyond + (FULLEST - left) * mean_volt(steps, FULLEST, left)) / (1 - left) if left < FULLEST else top
    return ", ".join(f"{one.material} of {one.name}" for one in chosen), mean, top


def _cathodes(name: str) -> Iterator[tuple[str, tuple[Step, ...], float]]:
    """Each set, branch and end of its range of capacities."""
    for one in sets_of(name):
        for steps in dict.fromkeys((one.steps("lithiation"), one.steps("delithiation"))):
            for capacity in sorted(set(one.mah_per_g)):
                yield f"{one.material} of {one.name} ({capacity:.0f} mAh/g)", steps, capacity


def _cathode_mean(steps: tuple[Step, ...], capacity: float, start_volt: float, delivered: float) -> float | None:
    """Mean potential while lithium goes in from the start; None if the host does not hold it."""
    start = content_at(steps, start_volt)
    reached = start + delivered / capacity
    return None if reached > 1 else mean_volt(steps, start, reached)
