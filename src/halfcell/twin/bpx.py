"""Cells from BPX files (Battery Parameter eXchange, bpxstandard.com), with a report of what the kernel does not use.

One particle size and one phase per electrode, as in BPX 0.1. Functions of the concentration are taken at the one at
rest, and a diffusivity that depends on the content at the middle of its range.
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
from halfcell.twin.cell import Cell
from halfcell.twin.electrode import Electrode
from halfcell.twin.electrolyte import FARADAY, Electrolyte
from halfcell.twin.potentials import GRID, tables_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

GAS = 8.314462618
FUNCTIONS: dict[str, Callable[..., Any]] = {"exp": np.exp, "tanh": np.tanh, "cosh": np.cosh}
OPERATORS: dict[type, Callable[..., Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: operator.pow, ast.USub: operator.neg, ast.UAdd: operator.pos,
}  # fmt: skip
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
        parts = facts["Parameterisation"]
        return _cell(parts, str(facts.get("Header", {}).get("Title", "")), variants)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"no JSON: {error}", str(path)) from None
    except (KeyError, TypeError) as error:
        raise InputError(f"no BPX file of a cell with one phase per electrode: {error} is missing", str(path)) from None


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


def _cell(parts: Mapping[str, Any], title: str, variants: int) -> FromBpx:
    whole, sides = parts["Cell"], (parts["Negative electrode"], parts["Positive electrode"])
    pairs = whole["Number of electrode pairs connected in parallel to make a cell"]
    area = whole["Electrode area [m2]"] * pairs
    kelvin = whole["Reference temperature [K]"]
    ones = np.ones(variants)
    solid = sum(side["Thickness [m]"] / side["Conductivity [S.m-1]"] for side in sides) / 3 / area
    anode, cathode = (_electrode(side, area, kelvin, variants) for side in sides)
    full = [
        float(evaluated(side["OCP [V]"], np.array([side[f"{end} stoichiometry"]]))[0])
        for side, end in zip(sides, ("Maximum", "Minimum"), strict=True)
    ]
    cell = Cell(
        anode=anode,
        cathode=cathode,
        resistance=solid * ones,
        full_anode=sides[0]["Maximum stoichiometry"] * ones,
        upper_volt=(full[1] - full[0]) * ones,
        lower_volt=whole["Lower voltage cut-off [V]"] * ones,
        electrolyte=_electrolyte(parts, area, kelvin, variants),
    )
    return FromBpx(cell=cell, title=title, nominal_ah=whole["Nominal cell capacity [A.h]"], losses=_losses(parts))


def _electrode(side: Mapping[str, Any], area: float, kelvin: float, variants: int) -> Electrode:
    radius, most = side["Particle radius [m]"], side["Maximum concentration [mol.m-3]"]
    active = side["Surface area per unit volume [m-1]"] * radius / 3
    volt = evaluated(side["OCP [V]"], np.clip(GRID, 1e-9, 1 - 1e-9))
    volt = np.minimum.accumulate(volt) - FALL * np.arange(len(GRID))
    middle = np.array([(side["Minimum stoichiometry"] + side["Maximum stoichiometry"]) / 2])
    diffusion = float(evaluated(side["Diffusivity [m2.s-1]"], middle)[0])
    ones = np.ones((variants, 1))
    return Electrode(
        share=ones,
        tau=ones * radius**2 / diffusion / 3600,
        exchange=ones * side["Reaction rate constant [mol.m-2.s-1]"] * 3 * 3600 / (most * radius),
        tables=tables_of(np.array([[volt, volt]]), np.zeros(1, np.int64)),
        decay=np.full(1, 1e9),
        capacity=np.full(variants, area * side["Thickness [m]"] * active * most * FARADAY / 3600),
        thermal_volt=ones * GAS * kelvin / FARADAY,
    )


def _electrolyte(parts: Mapping[str, Any], area: float, kelvin: float, variants: int) -> Electrolyte:
    liquid = parts["Electrolyte"]
    regions = [parts[name] for name in ("Negative electrode", "Separator", "Positive electrode")]
    rest = np.full(variants, float(liquid["Initial concentration [mol.m-3]"]))
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
        found += [f"{name}: {key} is not used" for key in part if key in UNUSED]
        for key in ("Diffusivity [m2.s-1]", "Conductivity [S.m-1]"):
            if not isinstance(part.get(key, 0.0), int | float):
                at = "at the concentration at rest" if name == "Electrolyte" else "in the middle of its range"
                found.append(f"{name}: {key} is taken {at}")
    return tuple(found)
