"""Open-circuit potentials of hosts over their lithium content, as sums of steps, from several published sets.

The content is ``x(U) = sum_i w_i / (1 + exp((U - V_i) / s_i))`` with shares `w_i` of 1 in all: explicit in the
potential, so that a mixture of hosts at one potential is a sum of steps, too. ``U(x)`` is its inverse. What is here
needs no numpy, so that an audit starts quickly; `open_circuit_curves` holds the same for arrays.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean
from halfcell.materials.couples import couple

if TYPE_CHECKING:
    from collections.abc import Sequence

Step = tuple[float, float, float]  # potential (V), width (V), share
Branch = Literal["lithiation", "delithiation", "first"]
REACH = 12.0  # widths beyond a step at which less than 1e-5 of it is left
_NEAR_ENOUGH_V = 1e-6  # V: a voltage that is found by halving; far below what instruments resolve
_LARGE = 40  # ln(1 + e^x) is x to the last digit of a float from 37 on


@dataclass(frozen=True, kw_only=True)
class OpenCircuit:
    """The open-circuit potentials of a host in one published set, see ``open_circuit.toml``.

    `mah_per_g` is the range of capacities between content 0 and 1; both ends are equal where it is known.
    """

    name: str
    material: str
    lithiation: tuple[Step, ...]
    delithiation: tuple[Step, ...]
    first: tuple[Step, ...]
    mah_per_g: tuple[float, float]
    capacity_from: str
    fit_millivolt: float
    source: str
    checked_millivolt: float | None = None

    @property
    def capacity_mah_per_g(self) -> float:
        """The middle of the range of capacities."""
        return sum(self.mah_per_g) / 2

    def steps(self, branch: Branch) -> tuple[Step, ...]:
        """The steps of a branch; the other one where a set has one only."""
        if branch == "delithiation":
            return self.delithiation or self.lithiation
        if branch == "first" and self.first:
            return self.first
        return self.lithiation or self.delithiation


@cache
def open_circuits() -> tuple[OpenCircuit, ...]:
    """All sets, in the order of ``open_circuit.toml``.

    Returns
    -------
    tuple of OpenCircuit
        Each with its source.

    Source: ``open_circuit.toml`` holds one for each set.
    """
    with Path(__file__).with_name("open_circuit.toml").open("rb") as file:
        return tuple(_from_facts(facts) for facts in tomllib.load(file)["set"])


def sets_of(material: str) -> tuple[OpenCircuit, ...]:
    """All sets of a host, found by any name that papers use.

    Parameters
    ----------
    material
        The host.

    Returns
    -------
    tuple of OpenCircuit
        None where there is no curve of it.

    Source: ``open_circuit.toml`` holds one for each set.
    """
    host = couple(material)
    return tuple(found for found in open_circuits() if found.material == (host.name if host else material))


def open_circuit(material: str, name: str = "") -> OpenCircuit:
    """One set of a host: the one of that name, or the first, which is the one that was checked best.

    Parameters
    ----------
    material, name
        The host, and the name of the set.

    Returns
    -------
    OpenCircuit
        Its steps and its source.

    Raises
    ------
    InputError
        If there is none; the hint names those that there are.

    Source: ``open_circuit.toml`` holds one for each set.
    """
    found = sets_of(material)
    if not found:
        known = sorted({one.material for one in open_circuits()})
        raise InputError(f"no open-circuit potentials of {material!r}", hint=f"there are some of {', '.join(known)}")
    chosen = [one for one in found if one.name == name or not name]
    if not chosen:
        raise InputError(f"no set {name!r} of {material}", hint=did_you_mean(name, [one.name for one in found]))
    return chosen[0]


def content_at(steps: Sequence[Step], volt: float) -> float:
    """Lithium content at a potential, ``x(U) = sum_i w_i / (1 + exp((U - V_i) / s_i))``.

    Parameters
    ----------
    steps
        V_i (V), s_i (V) and w_i of each.
    volt
        U, V vs. Li+/Li.

    Returns
    -------
    float
        0 to 1.

    Source: definition; ``open_circuit.toml`` holds the source of each set.
    """
    return sum(share / (1.0 + math.exp(min(max((volt - v) / s, -60.0), 60.0))) for v, s, share in steps)


def volt_at(steps: Sequence[Step], content: float) -> float:
    """Potential at a lithium content, the inverse of `content_at` by bisection to a microvolt.

    Parameters
    ----------
    steps
        V_i (V), s_i (V) and w_i of each.
    content
        Between 0 and 1.

    Returns
    -------
    float
        V vs. Li+/Li.

    Source: definition.
    """
    low = min(v - REACH * s for v, s, _ in steps)
    high = max(v + REACH * s for v, s, _ in steps)
    while high - low > _NEAR_ENOUGH_V:
        middle = (low + high) / 2
        low, high = (middle, high) if content_at(steps, middle) > content else (low, middle)
    return (low + high) / 2


def mean_volt(steps: Sequence[Step], start: float, end: float) -> float:
    """Mean potential between two contents, exactly: the integral of U dx is that of d(U x) less that of x dU.

    The integral of a step over U is ``-w s ln(1 + exp((V - U) / s))``.

    Parameters
    ----------
    steps
        V_i (V), s_i (V) and w_i of each.
    start, end
        Contents, between 0 and 1.

    Returns
    -------
    float
        V vs. Li+/Li.

    Source: definition.
    """
    volts = [volt_at(steps, start), volt_at(steps, end)]
    products = [volt * content_at(steps, volt) for volt in volts]
    areas = [-sum(w * s * _log_1_plus_exp((v - volt) / s) for v, s, w in steps) for volt in volts]
    passed = content_at(steps, volts[1]) - content_at(steps, volts[0])
    return (products[1] - products[0] - (areas[1] - areas[0])) / passed


def _log_1_plus_exp(value: float) -> float:
    return value if value > _LARGE else math.log1p(math.exp(value))


def _from_facts(facts: dict[str, object]) -> OpenCircuit:
    branches = {name: _steps(facts.get(name, ())) for name in ("lithiation", "delithiation", "first")}
    host = couple(str(facts["material"]))
    whole = host.capacity_mah_per_g if host else None
    given = facts.get("capacity", whole or 0.0)
    ends: list[float] = given if isinstance(given, list) else [float(str(given))] * 2
    return OpenCircuit(
        name=str(facts["name"]),
        material=str(facts["material"]),
        **branches,
        mah_per_g=(float(ends[0]), float(ends[1])),
        capacity_from=str(facts.get("capacity_from", "theoretical capacity")),
        fit_millivolt=float(str(facts["fit"])),
        source=str(facts["source"]),
        checked_millivolt=float(str(facts["checked"])) if "checked" in facts else None,
    )


def _steps(given: object) -> tuple[Step, ...]:
    rows = given if isinstance(given, list) else []
    return tuple((float(volt), float(width), float(share)) for volt, width, share in rows)
