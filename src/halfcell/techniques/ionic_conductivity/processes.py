"""What the resistances before the tail are: bulk, grain boundaries, or both in one, by their capacitances.

Bulk and grain boundary are told apart only where two resistances are seen whose capacitances differ by ten or more:
either two arcs, the first with a capacitance of the bulk, or a resistor (the bulk, whose arc lies above the measured
frequencies) and one arc with a capacitance of grain boundaries. A single resistance is the sum of both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.maths.circuit.series_layout import layout

if TYPE_CHECKING:
    from halfcell.core.result import Row
    from halfcell.maths.circuit.model import Arc
    from halfcell.techniques.ionic_conductivity.blocking_circuits import BlockingFit

Process = Literal["bulk", "grain boundary", "bulk and grain boundary", "not told apart", "electrode interface"]

_BULK_MOST = 2e-11  # F/cm, a relative permittivity of 226
_BOUNDARY_MOST = 1e-8  # F/cm: above it an arc may be a surface layer
_APART = 10.0  # ratio of the capacitances of grain boundary and bulk
_LEAST_EXPONENT = 0.7  # below it an arc has no one capacitance
_WELL = 0.05  # relative standard uncertainty of a resistance that is named
_PERMITTIVITY = 8.8541878128e-14  # of the vacuum, F/cm
_TOLD = 2  # processes that capacitances tell apart: bulk and grain boundary


@dataclass(frozen=True, kw_only=True)
class Part:
    """One resistance (ohm) with its uncertainty, what it is, and the capacitance of its arc (F/cm)."""

    name: str
    process: Process
    resistance: float
    std: float
    capacitance: float | None = None

    @property
    def row(self) -> Row:
        """The part as a row of the result; a permittivity is the material's own for the bulk only."""
        own = self.process == "bulk"
        return {
            "element": self.name,
            "process": self.process,
            "resistance_ohm": self.resistance,
            "resistance_std_ohm": self.std,
            "capacitance_f_per_cm": self.capacitance,
            "relative_permittivity": self.capacitance / _PERMITTIVITY if self.capacitance and own else None,
        }


def parts(main: BlockingFit) -> tuple[Part, ...]:
    """The resistances of a fit in the order of the circuit, each with its process.

    Parameters
    ----------
    main
        The chosen fit.

    Returns
    -------
    tuple of Part
        Resistances (ohm) with errors, capacitances times thickness over area (F/cm).

    Source: J. T. S. Irvine, D. C. Sinclair, A. R. West, Adv. Mater. 2 (1990) 132.
    """
    plan = layout(main.fitted.model)
    names = _processes(main)
    found = []
    if plan is not None and plan.resistor is not None:
        found.append(_part(main, plan.resistor, names[0], None))
    for arc in main.arcs:
        found.append(_part(main, arc.resistance, names[len(found)], main.capacitance(arc)))
    more = (_part(main, a.resistance, "electrode interface", main.capacitance(a)) for a in main.interfaces)
    return (*found, *more)


def may_be_surface_layer(main: BlockingFit) -> bool:
    """Whether an arc that is counted has a capacitance that surface layers have as well.

    Parameters
    ----------
    main
        The chosen fit.

    Returns
    -------
    bool
        Whether an arc has more than 1e-8 F/cm.

    Source: J. T. S. Irvine, D. C. Sinclair, A. R. West, Adv. Mater. 2 (1990) 132.
    """
    return any(main.capacitance(arc) > _BOUNDARY_MOST for arc in main.arcs)


def _part(main: BlockingFit, place: int, process: Process, capacitance: float | None) -> Part:
    found = main.fitted.uncertainty
    std = float(found.std[place]) if np.isfinite(found.std[place]) else float("nan")
    name = main.fitted.model.names[place]
    return Part(name=name, process=process, resistance=float(found.values[place]), std=std, capacitance=capacitance)


def _processes(main: BlockingFit) -> tuple[Process, ...]:
    """The process of each counted resistance: resistor first, then the arcs in order."""
    count = len(main.counted)
    mixed: tuple[Process, ...] = tuple("not told apart" for _ in range(count))
    if count == 1:
        return ("bulk and grain boundary",)
    well = all(main.fitted.uncertainty.log_std[place] < _WELL for place in main.counted)
    if count > _TOLD or not well or not all(_is_round(main, arc) for arc in main.arcs):
        return mixed
    sizes = [main.capacitance(arc) for arc in main.arcs]
    if count == _TOLD and len(sizes) == _TOLD:
        apart = sizes[0] < _BULK_MOST and sizes[1] > _APART * sizes[0]
    else:
        apart = sizes[0] > _BULK_MOST
    return ("bulk", "grain boundary") if apart else mixed


def _is_round(main: BlockingFit, arc: Arc) -> bool:
    return arc.n is None or float(main.fitted.uncertainty.values[arc.n]) >= _LEAST_EXPONENT
