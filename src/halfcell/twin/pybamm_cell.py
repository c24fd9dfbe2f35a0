"""PyBaMM as the referee of the kernel, and as the way to its Doyle-Fuller-Newman model (extra ``twin``).

The one module that imports PyBaMM, and only when it is asked to. A card with one phase in each electrode becomes
PyBaMM's parameters: D from R^2/tau, exchange current ``k F c R / 3 sqrt(x (1 - x))``, potentials as tables. Radius and
saturation, which a card does not hold, cancel out; their values here are of no consequence.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from halfcell.core.optional_dependencies import require
from halfcell.twin.card_words import OF_LIQUID
from halfcell.twin.cell import Discharge, charged
from halfcell.twin.compile import compiled, faster, series_ohm
from halfcell.twin.electrolyte import FARADAY
from halfcell.twin.liquids import liquid_of
from halfcell.twin.potentials import EDGE, GRID
from halfcell.twin.pybamm_models import check_model

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.twin.card import Card
    from halfcell.twin.liquids import Liquid, Property
    from halfcell.twin.pybamm_models import Model

    Floats = NDArray[np.float64]

Region = tuple[float, float, float]
KELVIN = 273.15  # K at 0 degC, exact by definition
RADIUS = 5e-6  # m, any: it cancels out, since the card has rates over the radius
ACTIVE = 0.5  # volume share of the active material, cancels out
THICK = 50e-6  # m, where the card says nothing, cancels out
THIN = 1e-8  # m: the anode of a cell whose electrolyte is described in the cathode only
GOOD = 1e3  # S/m: more makes the equations stiff
POINTS = 400  # of a voltage curve
LONGER = 1.3  # than the whole capacity would take
WIDEST = 3.2  # standard deviations of ln R up to which sizes are followed


@dataclass(frozen=True, kw_only=True)
class Mesh:
    """Points over thickness and radius, and sizes, of PyBaMM's meshes."""

    thickness: int = 40
    radius: int = 60
    sizes: int = 60


def discharge_by_pybamm(card: Card, currents: Sequence[float], model: Model, mesh: Mesh | None = None) -> Discharge:
    """The same as `cell.discharge`, by PyBaMM.

    Parameters
    ----------
    card
        A cell with one phase in each electrode.
    currents
        mA per gram of cathode material.
    model
        ``SPM`` single particles, ``SPMe`` with the electrolyte, ``MPM`` many sizes, ``DFN`` Doyle-Fuller-Newman.
    mesh
        The meshes.

    Raises
    ------
    MissingExtra
        If PyBaMM is not installed.
    Refused
        If PyBaMM's model cannot hold the cell, with the reason.
    """
    pybamm = require("pybamm", "twin")
    gram = card.value("cathode.active_mg") * 1e-3
    simulation = _simulation(pybamm, card, model, mesh or Mesh())
    capacity = float(compiled([card]).cathode_capacity[0])
    found = [_one(simulation, current, gram, capacity) for current in currents]
    last = max(len(charge) for charge, _ in found)
    charge, volt = (
        np.array([np.append(c, np.full(last - len(c), np.nan)) for c in part]) for part in zip(*found, strict=True)
    )
    ends = np.array([np.nanmax(one) for one in charge])
    means = [float(np.trapezoid(v, q) / q[-1]) for q, v in found]
    return Discharge(ends, np.array(means), charge, volt)


def pybamm_parameters(card: Card, model: Model) -> Any:
    """PyBaMM's parameters of the cell of a card; the current (A) is their input ``ampere``.

    Raises
    ------
    MissingExtra
        If PyBaMM is not installed.
    Refused
        If PyBaMM's model cannot hold the cell, with the reason.
    """
    pybamm = require("pybamm", "twin")
    check_model(card, model)
    values = pybamm.ParameterValues("Chen2020")
    values.update(_values(pybamm, card), check_already_exists=False)
    if model == "MPM":
        values.update(_sizes(pybamm, card), check_already_exists=False)
    return values


def _simulation(pybamm: Any, card: Card, model: Model, mesh: Mesh) -> Any:
    """The simulation, with the current as an input."""
    made = getattr(pybamm.lithium_ion, model)({"contact resistance": "true"})
    x, r, sizes = mesh.thickness, mesh.radius, mesh.sizes
    points = {"x_n": x, "x_s": x, "x_p": x, "r_n": r, "r_p": r, "R_n": sizes, "R_p": sizes}
    solver = pybamm.IDAKLUSolver(rtol=1e-6, atol=1e-8)
    return pybamm.Simulation(made, parameter_values=pybamm_parameters(card, model), solver=solver, var_pts=points)


def _one(simulation: Any, current: float, gram: float, capacity: float) -> tuple[Floats, Floats]:
    """Charge (mAh/g) and voltage of one discharge."""
    seconds = capacity / current * LONGER * 3600
    times = np.linspace(0, seconds, POINTS)
    done = _solved(simulation, times, {"ampere": current * gram * 1e-3})
    charge = np.asarray(done["Time [s]"].entries) * current / 3600
    volt = np.asarray(done["Voltage [V]"].entries)
    kept = np.concatenate([[True], np.diff(charge) > 0])
    return charge[kept], volt[kept]


def _solved(simulation: Any, times: Floats, inputs: Mapping[str, float]) -> Any:
    """A solution with its values at times; where the solver cannot interpolate, it stops at each of them."""
    errors = require("pybamm", "twin").SolverError
    try:
        return simulation.solve([0, times[-1]], t_interp=times, inputs=inputs)
    except errors:
        return simulation.solve(times, inputs=inputs)


def _values(pybamm: Any, card: Card) -> dict[str, Any]:
    """The parameters of the cell."""
    area, low, high = (card.value(f"cell.{name}") for name in ("area_cm2", "lower_volt", "upper_volt"))
    kelvin = card.value("cell.temperature_celsius") + KELVIN
    lengths, liquid = _electrolyte(card)
    side = math.sqrt(area) * 1e-2
    ampere_hour = card.value("cathode.capacity_mah_per_g") * card.value("cathode.active_mg") * 1e-6
    return {
        "Electrode height [m]": side, "Electrode width [m]": side,
        "Number of electrodes connected in parallel to make a cell": 1,
        "Number of cells connected in series to make a battery": 1,
        "Nominal cell capacity [A.h]": ampere_hour, "Current function [A]": pybamm.InputParameter("ampere"),
        "Lower voltage cut-off [V]": low, "Upper voltage cut-off [V]": high + 1,
        "Open-circuit voltage at 0% SOC [V]": low, "Open-circuit voltage at 100% SOC [V]": high,
        "Ambient temperature [K]": kelvin, "Initial temperature [K]": kelvin, "Reference temperature [K]": kelvin,
        "Contact resistance [Ohm]": float(series_ohm([card])[0]), **liquid,
        **_electrode(pybamm, card, "anode", lengths[0]), **_electrode(pybamm, card, "cathode", lengths[1]),
    }  # fmt: skip


def _electrode(pybamm: Any, card: Card, part: Literal["anode", "cathode"], length: float) -> dict[str, Any]:
    """The parameters of one electrode."""
    cell = compiled([card], depths=1)
    state = charged(cell)
    electrode, at, branch = (cell.anode, state.anode, 1) if part == "anode" else (cell.cathode, state.cathode, 0)
    name = "Negative" if part == "anode" else "Positive"
    phase = next(one for one in card.phases if one.electrode == part)
    charge = card.value(f"{part}.capacity_mah_per_g") * card.value(f"{part}.active_mg") * 1e-3
    most = charge * 3.6 / (card.value("cell.area_cm2") * 1e-4 * length * ACTIVE * FARADAY)
    warmth = [
        faster(card, card.of_phase(phase, f"{what}_activation_kj_per_mol", 0.0)) for what in ("diffusion", "exchange")
    ]
    tau = card.of_phase(phase, "diffusion_hours") / warmth[0]
    scale = card.of_phase(phase, "exchange_per_hour") * warmth[1] / 3600 * FARADAY * most * RADIUS / 3
    salt = card.value("electrolyte.concentration_mol_per_m3") if card.has_electrolyte else None
    return {
        f"{name} electrode thickness [m]": length,
        f"{name} electrode active material volume fraction": ACTIVE,
        f"{name} particle radius [m]": RADIUS,
        f"{name} particle diffusivity [m2.s-1]": RADIUS**2 / (tau * 3600),
        f"Maximum concentration in {name.lower()} electrode [mol.m-3]": most,
        f"Initial concentration in {name.lower()} electrode [mol.m-3]": float(at.average[0, 0]) * most,
        f"{name} electrode OCP [V]": _potential(pybamm, electrode.tables.volt[0, branch]),
        f"{name} electrode OCP entropic change [V.K-1]": 0.0,
        f"{name} electrode exchange-current density [A.m-2]": _exchange(pybamm, scale, salt),
    }


def _potential(pybamm: Any, volt: Floats) -> Any:
    """The table of a potential as a function of the content."""

    def of(content: Any) -> Any:
        return pybamm.Interpolant(GRID, volt, content, interpolator="linear")

    return of


def _exchange(pybamm: Any, scale: float, salt: float | None) -> Any:
    """``scale sqrt(x (1 - x))`` A/m2, with the root of the salt's concentration over that at rest."""

    def of(c_e: Any, c_s: Any, c_max: Any, _kelvin: Any) -> Any:
        x = c_s / c_max
        root = scale * pybamm.sqrt(pybamm.maximum(x * (1 - x), EDGE))
        return root * pybamm.sqrt(c_e / salt) if salt else root

    return of


def _electrolyte(card: Card) -> tuple[tuple[float, float], dict[str, Any]]:
    """Thicknesses of both electrodes, and the parameters of the electrolyte."""
    names = ("Negative electrode", "Separator", "Positive electrode")
    values = {f"{name} conductivity [S.m-1]": GOOD for name in (names[0], names[2])}
    values |= {f"{name} Bruggeman coefficient (electrode)": 0.0 for name in (names[0], names[2])}
    regions, liquid = _liquid_regions(card) if card.has_electrolyte else _solid_regions(card)
    for name, (_, porosity, exponent) in zip(names, regions, strict=True):
        values[f"{name} porosity"] = porosity
        values[f"{name} Bruggeman coefficient (electrolyte)"] = exponent
    values["Separator thickness [m]"] = regions[1][0]
    return (regions[0][0], regions[2][0]), values | liquid


def _liquid_regions(card: Card) -> tuple[list[Region], dict[str, Any]]:
    """Thickness (m), porosity and exponent of anode, separator and cathode, and the properties of the liquid."""
    of = {name.split(".")[1]: stated.value for name, stated in card.values.items() if name.startswith("electrolyte.")}
    regions = [
        (of[f"{part}_um"] * 1e-6, of[f"{part}_porosity"], of["bruggeman"]) for part in ("anode", "separator", "cathode")
    ]
    liquid = liquid_of(card.liquid) if card.liquid else None
    found: dict[str, Any] = {}
    for name, own in OF_LIQUID.items():
        function = getattr(liquid, own) if liquid else None
        warm = faster(card, of.get(f"{own}_activation_kj_per_mol", 0.0)) if liquid is None or not liquid.warms else 1.0
        found[own] = of[name] * warm if liquid is None or function is None else _over_salt(liquid, function, warm)
    salt = [of["concentration_mol_per_m3"], found["transference"], found["factor"]]
    return regions, _liquid(salt, found["diffusion"], found["conductivity"])


def _over_salt(liquid: Liquid, function: Property, factor: float) -> Any:
    """A property of the liquid as a function of PyBaMM's concentration and temperature."""

    def of(c_e: Any, kelvin: Any) -> Any:
        return factor * liquid.at(function, c_e, kelvin)

    return of


def _solid_regions(card: Card) -> tuple[list[Region], dict[str, Any]]:
    """The same of a solid electrolyte in the cathode alone, or of none: the anode and the separator resist nothing."""
    share, tortuosity = card.value("solid.cathode_share", 0.5), card.value("solid.cathode_tortuosity", 1.0)
    exponent = 1 - math.log(tortuosity) / math.log(share)
    first = THIN if card.has_ladder else THICK
    last = card.value("solid.cathode_um", THICK * 1e6) * 1e-6
    warm = faster(card, card.value("solid.conductivity_activation_kj_per_mol", 0.0))
    liquid = _liquid([1000.0, 1.0, 1.0], 1e-9, card.value("solid.conductivity_s_per_m", GOOD) * warm)
    liquid["Positive electrode conductivity [S.m-1]"] = card.value("solid.electronic_s_per_m", GOOD)
    return [(first, 0.3, 0.0), (THIN, 0.9, 0.0), (last, share, exponent)], liquid


def _liquid(salt: Sequence[Any], diffusion: Any, conductivity: Any) -> dict[str, Any]:
    """Parameters of an electrolyte, numbers or functions."""
    return {
        "Initial concentration in electrolyte [mol.m-3]": salt[0],
        "Cation transference number": salt[1],
        "Thermodynamic factor": salt[2],
        "Electrolyte diffusivity [m2.s-1]": diffusion,
        "Electrolyte conductivity [S.m-1]": conductivity,
    }


def _sizes(pybamm: Any, card: Card) -> Mapping[str, Any]:
    """Log-normal sizes by volume around the radius, as PyBaMM wants them: by area."""
    found: dict[str, Any] = {}
    for part, name in (("anode", "Negative"), ("cathode", "Positive")):
        phase = next(one for one in card.phases if one.electrode == part)
        spread = max(card.of_phase(phase, "size_spread"), 0.02)
        middle = math.log(RADIUS) - spread**2
        mean = math.exp(middle + spread**2 / 2)
        found |= {
            f"{name} particle radius [m]": mean,
            f"{name} minimum particle radius [m]": math.exp(middle - WIDEST * spread),
            f"{name} maximum particle radius [m]": math.exp(middle + (WIDEST + spread) * spread),
            f"{name} area-weighted particle-size distribution [m-1]": _log_normal(pybamm, middle, spread),
        }
    return found


def _log_normal(pybamm: Any, middle: float, spread: float) -> Any:
    """The density of a log-normal distribution."""

    def of(radius: Any) -> Any:
        exponent = -((pybamm.log(radius) - middle) ** 2) / (2 * spread**2)
        return pybamm.exp(exponent) / (radius * spread * math.sqrt(2 * math.pi))

    return of
