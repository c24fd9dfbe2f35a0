"""The hosts of the example's electrodes: their potentials over the lithium content, and how fast they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from halfcell.materials.open_circuit import OpenCircuit
    from halfcell.twin.half_cell import Hosts

Mix = tuple[tuple[str, float], ...]  # names of hosts with their shares of the capacity


class Pace(NamedTuple):
    """How fast an electrode is: time of diffusion (h), exchange rate (1/h), spread of its sizes."""

    diffusion_hours: float = 0.5
    exchange_per_hour: float = 0.5
    size_spread: float = 0.0


USUAL = Pace()
# Measured sets of `materials.open_circuit`; the others are the steps of `materials.potential_curves`
_MEASURED = {"Si": ("Si", "Lu"), "a-Si": ("Si", "Lu"), "Sn": ("Sn", "Handbook"), "graphite": ("graphite", "Wetjen")}
_CRYSTALLINE = "Si"


def electrode_of(mix: Mix, pace: Pace, capacity: float) -> Hosts:
    """The hosts of an electrode of a capacity (mAh between content 0 and 1)."""
    from halfcell.twin.half_cell import Hosts

    return Hosts(
        sets=tuple(_open_circuit(name) for name, _ in mix),
        shares=tuple(share for _, share in mix),
        capacity=capacity,
        diffusion_hours=pace.diffusion_hours,
        exchange_per_hour=pace.exchange_per_hour,
        size_spread=pace.size_spread,
    )


def is_crystalline(mix: Mix) -> bool:
    """Whether a host is crystalline before its first lithiation, which then runs on a plateau of its own."""
    return any(name == _CRYSTALLINE for name, _ in mix)


def _open_circuit(name: str) -> OpenCircuit:
    """Potentials of a host: a published set, or else the steps that `materials.potential_curves` gives for it."""
    from halfcell.materials.open_circuit import OpenCircuit, open_circuit
    from halfcell.materials.potential_curves import CURVES

    if name in _MEASURED:
        return open_circuit(*_MEASURED[name])
    curve = CURVES[name]
    return OpenCircuit(
        name="steps", material=name, lithiation=curve.lithiation, delithiation=curve.delithiation, first=curve.first,
        mah_per_g=(0.0, 0.0), capacity_from="not used", fit_millivolt=0.0, source="materials.potential_curves",
    )  # fmt: skip
