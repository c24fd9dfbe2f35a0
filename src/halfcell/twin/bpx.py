"""Cells from BPX files (Battery Parameter eXchange, bpxstandard.com), with a report of what the kernel does not use.

Versions 0.x and 1.x, with an electrolyte or without (SPM), and with one kind of particle in an electrode or a blend of
several, each with one potential or one for either branch. Functions of the concentration are taken at the one at rest,
and a diffusivity that depends on the content at the middle of its range.
"""

from __future__ import annotations

import ast
import json
import operator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.twin.bpx_writer import RESISTANCE
from halfcell.twin.cell import Cell
from halfcell.twin.electrode import Electrode
from halfcell.twin.electrolyte import FARADAY, Electrolyte
from halfcell.twin.potentials import GRID, tables_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

GAS = 8.314462618  # J/(mol K), exact (SI 2019)
FUNCTIONS: dict[str, Callable[..., Any]] = {"exp": np.exp, "tanh": np.tanh, "cosh": np.cosh}
OPERATORS: dict[type, Callable[..., Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: operator.pow, ast.USub: operator.neg, ast.UAdd: operator.pos,
}  # fmt: skip
SIMPLIFIED = ("Diffusivity [m2.s-1]", "Conductivity [S.m-1]")
DECAY = "OCP hysteresis decay constant"
FALL = 1e-7  # V per point by which potentials fall at least, so that contents can be found from them
UNUSED = {
    "Entropic change coefficient [V.K-1]", "Conductivity activation energy [J.mol-1]",
    "Diffusivity activation energy [J.mol-1]", "Reaction rate constant activation energy [J.mol-1]",
    "Specific heat capacity [J.K-1.kg-1]", "Thermal conductivity [W.m-1.K-1]", "Density [kg.m-3]",
    "External surface area [m2]", "Volume [m3]",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class FromBpx:
    """A cell with charge in Ah and current in A, its title, and what of the file is not used, or simplified."""

    cell: Cell
    title: str
    nominal_ah: float
    losses: tuple[str, ...]


def read_bpx(path: str | Path, variants: int = 1) -> FromBpx:
    """Read a BPX file.

    Parameters
    ----------
    path
        The JSON file.
    variants
        How many equal variants of the cell: one per current of a rate series.

    Raises
    ------
    InputError
        If the file is no BPX, lacks a parameter, or holds a function that is not understood.
    """
    try:
        facts = json.loads(Path(path).read_text(encoding="utf-8"))
        return _cell(facts, str(facts.get("Header", {}).get("Title", "")), variants)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"no JSON: {error}", str(path)) from None
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"no BPX file of a whole cell: {error} is missing", str(path)) from None


def evaluated(text: object, x: Floats) -> Floats:
    """A BPX function of x: a number, a table ``{"x": [...], "y": [...]}``, or an expression.

    Raises
    ------
    InputError
        If an expression holds anything but numbers, x, ``+ - * / **``, exp, tanh and cosh.
    """
    if isinstance(text, int | float):
        return np.full(x.shape, float(text))
    if isinstance(text, dict):
        between: Floats = np.interp(x, np.array(text["x"], float), np.array(text["y"], float))
        return between
    try:
        value = _value(ast.parse(str(text).strip(), mode="eval").body, x)
    except SyntaxError:
        raise InputError(f"a function of BPX is not understood: {text}") from None
    found: Floats = np.broadcast_to(np.asarray(value, float), x.shape)
    return found


def _value(node: ast.expr, x: Floats) -> Any:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.Name) and node.id == "x":
        return x
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return OPERATORS[type(node.op)](_value(node.left, x), _value(node.right, x))
    if isinstance(node, ast.UnaryOp) and type(node.op) in OPERATORS:
        return OPERATORS[type(node.op)](_value(node.operand, x))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
        return FUNCTIONS[node.func.id](*(_value(one, x) for one in node.args))
    raise InputError(f"a function of BPX is not understood: {ast.unparse(node)}")


def _cell(facts: Mapping[str, Any], title: str, variants: int) -> FromBpx:
    parts = facts["Parameterisation"]
    whole, sides = parts["Cell"], (parts["Negative electrode"], parts["Positive electrode"])
    pairs = whole["Number of electrode pairs connected in parallel to make a cell"]
    area = whole["Electrode area [m2]"] * pairs
    kelvin = whole["Reference temperature [K]"]
    ones = np.ones(variants)
    solid = sum(side["Thickness [m]"] / side.get("Conductivity [S.m-1]", np.inf) for side in sides) / 3 / area
    anode, cathode = (_electrode(side, area, kelvin, variants) for side in sides)
    full = float(anode.share[0] @ [one["Maximum stoichiometry"] for one in _particles(sides[0])])
    cell = Cell(
        anode=anode,
        cathode=cathode,
        resistance=(solid + parts.get("User-defined", {}).get(RESISTANCE, 0.0)) * ones,
        full_anode=full * ones,
        upper_volt=_full_volt(sides, whole) * ones,
        lower_volt=whole["Lower voltage cut-off [V]"] * ones,
        electrolyte=_electrolyte(facts, area, kelvin, variants) if "Electrolyte" in parts else None,
    )
    return FromBpx(cell=cell, title=title, nominal_ah=whole["Nominal cell capacity [A.h]"], losses=_losses(parts))


def _particles(side: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """The kinds of particles of an electrode: one, or those of a blend."""
    return tuple(side["Particle"].values()) if "Particle" in side else (side,)


def _full_volt(sides: Sequence[Mapping[str, Any]], whole: Mapping[str, Any]) -> float:
    """The voltage of the full cell: by the contents of single kinds of particles, else as the file states it."""
    if any("Particle" in side for side in sides):
        return float(whole["Upper voltage cut-off [V]"])
    names = ("Maximum stoichiometry", "Minimum stoichiometry")
    branches = ("OCP (delithiation) [V]", "OCP (lithiation) [V]")  # on which a discharge begins
    volts = [
        float(evaluated(side.get(branch, side["OCP [V]"]), np.array([side[name]]))[0])
        for side, name, branch in zip(sides, names, branches, strict=True)
    ]
    return volts[1] - volts[0]


def _electrode(side: Mapping[str, Any], area: float, kelvin: float, variants: int) -> Electrode:
    particles = _particles(side)
    radius, most, surface = (
        np.array([one[name] for one in particles], float)
        for name in (
            "Particle radius [m]", "Maximum concentration [mol.m-3]", "Surface area per unit volume [m-1]",
        )
    )  # fmt: skip
    held = surface * radius / 3 * most
    middle = [np.array([(one["Minimum stoichiometry"] + one["Maximum stoichiometry"]) / 2]) for one in particles]
    diffusion = np.array(
        [float(evaluated(one["Diffusivity [m2.s-1]"], at)[0]) for one, at in zip(particles, middle, strict=True)]
    )
    rate = np.array([one["Reaction rate constant [mol.m-2.s-1]"] for one in particles], float)
    ones = np.ones((variants, 1))
    branches = [[_potential(one, name) for name in ("lithiation", "delithiation")] for one in particles]
    return Electrode(
        share=ones * held / held.sum(),
        tau=ones * radius**2 / diffusion / 3600,
        exchange=ones * rate * 3 * 3600 / (most * radius),
        tables=tables_of(np.array(branches), np.arange(len(particles))),
        decay=np.full(len(particles), 1e9),
        capacity=np.full(variants, area * side["Thickness [m]"] * held.sum() * FARADAY / 3600),
        thermal_volt=ones * GAS * kelvin / FARADAY,
    )


def _potential(particle: Mapping[str, Any], branch: str) -> Floats:
    """Open-circuit potentials of a branch at the contents of the tables."""
    volt = evaluated(particle.get(f"OCP ({branch}) [V]", particle["OCP [V]"]), np.clip(GRID, 1e-9, 1 - 1e-9))
    falling: Floats = np.minimum.accumulate(volt) - FALL * np.arange(len(GRID))
    return falling


def _electrolyte(facts: Mapping[str, Any], area: float, kelvin: float, variants: int) -> Electrolyte:
    parts = facts["Parameterisation"]
    liquid = parts["Electrolyte"]
    regions = [parts[name] for name in ("Negative electrode", "Separator", "Positive electrode")]
    at_start = facts.get("State", {}).get("Initial conditions", {})
    stated = liquid.get("Initial concentration [mol.m-3]")  # its place before version 1
    concentration = at_start.get("Initial electrolyte concentration [mol.m-3]", stated)
    if concentration is None:
        raise KeyError("Initial electrolyte concentration [mol.m-3]")
    rest = np.full(variants, float(concentration))
    ones = np.ones((variants, 1))
    return Electrolyte(
        concentration=rest,
        diffusion=evaluated(liquid["Diffusivity [m2.s-1]"], rest),
        conductivity=evaluated(liquid["Conductivity [S.m-1]"], rest),
        transference=np.full(variants, float(liquid["Cation transference number"])),
        factor=np.ones(variants),
        thickness=ones * [one["Thickness [m]"] for one in regions],
        porosity=ones * [one["Porosity"] for one in regions],
        efficiency=ones * [one["Transport efficiency"] for one in regions],
        ampere_per_m2=np.full(variants, 1 / area),
        thermal_volt=np.full(variants, GAS * kelvin / FARADAY),
    )


def _losses(parts: Mapping[str, Any]) -> tuple[str, ...]:
    """What of the file is not used or simplified."""
    found = []
    for name, part in parts.items():
        if name == "User-defined":
            found += [f"{name}: {key} is not used" for key in part if key not in {"description", RESISTANCE}]
            continue
        blend = part.get("Particle", {})
        for title, one in ((name, part), *((f"{name}, its particles", particle) for particle in blend.values())):
            found += [f"{title}: {key} is not used" for key in one if key in UNUSED]
            found += [f"{title}: {key} is taken {_where(name)}" for key in SIMPLIFIED if not _is_number(one.get(key))]
            if one.get(DECAY):
                found.append(f"{title}: {DECAY} is not used: the branch changes at once")
    return tuple(dict.fromkeys(found))


def _is_number(value: object) -> bool:
    return value is None or isinstance(value, int | float)


def _where(name: str) -> str:
    return "at the concentration at rest" if name == "Electrolyte" else "in the middle of its range"
