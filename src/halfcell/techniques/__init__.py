"""Techniques: one file (or folder) a technique, each a pair of inverse maps between a material and its data.

A technique is a module here (or an entry point in the group ``halfcell.techniques``) with

* a docstring whose first line says what it does,
* ``READS``: the kinds of measurement it takes, e.g. ``("cycling",)``,
* ``VERSION``: the recipe's version, raised by hand when its numbers change,
* ``Settings``: a frozen dataclass, units in the names, a default for each field,
* ``analyse(measurement, settings) -> Result``: pure; never draws, prints, reads files or looks at the clock,
* ``simulate(parameters, rng) -> Measurement``: what an instrument would record,
* ``FIGURES`` and ``TABLES``: name of a show -> ``f(results) -> Figure`` / ``Table``; the first figure is the default.

Optional:

* ``join(measurements) -> Measurement``: several files of one subject are one test,
* ``analyse_series(measurements, settings) -> tuple[Result, ...]``: a joint analysis of several subjects or states,
* ``REFERENCES``: setting's name -> ``f(measurement, settings) -> value``: a setting that is given as a file (an
  instrument standard, a blank) and calibrated from it before the analysis,
* ``ROWS_FIRST``: keys of the rows that matter most, in this order; a terminal shows as many as fit,
* ``claims(measurement) -> str``: why a measurement that bears another technique's name looks like this one's (a drafted
  study then takes this one, and says so); nothing where it does not.

A `Settings` field that a `Cell` or `Sample` also has is filled from it by the study.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

from halfcell.core.plugins import load
from halfcell.core.vocabulary import technique_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from halfcell.core.figure import Figure
    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Result
    from halfcell.core.table import Table

__all__ = ["Technique", "technique"]


class Technique(Protocol):
    """What a technique's module offers (the optional names are asked for with `getattr`)."""

    READS: tuple[str, ...]
    VERSION: str
    Settings: type[Any]
    FIGURES: Mapping[str, Callable[[Sequence[Any]], Figure]]
    TABLES: Mapping[str, Callable[[Sequence[Any]], Table]]

    def analyse(self, measurement: Measurement, settings: Any) -> Result:
        """Go from data to parameters, with uncertainties."""
        ...

    def simulate(self, parameters: Any, rng: Any) -> Measurement:
        """Go from parameters to the data an instrument would record."""
        ...


def technique(name: str) -> Technique:
    """Import a technique by its name or alias (``xrd`` is ``diffraction``).

    Raises
    ------
    InputError
        If there is none of that name; the hint offers the nearest.
    """
    return cast(Technique, load("techniques", technique_name(name)))
