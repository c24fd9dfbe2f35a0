"""Tables of diffraction: sizes, lattice parameters, sets of phases that were compared, states of a series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.core.vocabulary import quantity_word
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.common.state_differences import change_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.diffraction.result import DiffractionResult

_SAMPLE, _PHASE = Column(key="sample", label="Sample"), Column(key="phase", label="Phase")


def sizes(results: Sequence[DiffractionResult]) -> Table:
    """Sizes of every phase: Scherrer; L_V, D_V and sigma from the whole pattern with both kinds of uncertainty."""
    return _by_phase(
        results, ("scherrer_size", "column_length", "column_length_spread", "diameter", "size_sigma", "strain")
    )


def lattice(results: Sequence[DiffractionResult]) -> Table:
    """Cell lengths and weight shares of every phase."""
    return _by_phase(results, ("lattice_a", "lattice_b", "lattice_c", "fraction"))


def _by_phase(results: Sequence[DiffractionResult], names: tuple[str, ...]) -> Table:
    """One row per sample and phase; empty columns are left out."""
    pairs = [(result, name) for result in results for name in result.phases]
    filled = [key for key in names if any(f"{name}.{key}" in result.quantities for result, name in pairs)]
    words = {key: quantity_word("diffraction", f"*.{key}") for key in filled}
    columns = [Column(key=key, label=words[key]["label"], unit=words[key]["unit"]) for key in filled]
    rows = tuple(
        (
            Entry(text=result.label),
            Entry(text=formula(name)),
            *(entry(result, f"{name}.{key}") for key in filled),
        )
        for result, name in pairs
    )
    return Table(columns=(_SAMPLE, _PHASE, *columns), rows=rows, simulated=simulated(results))


def compared(results: Sequence[DiffractionResult]) -> Table:
    """Sets of phases that were compared, and by how much their information criterion is higher than the best."""
    columns = (_SAMPLE, Column(key="set", label="Phases"), Column(key="behind", label="BIC behind the best"))
    rows = tuple(
        (Entry(text=result.label), Entry(text=formula(text)), Entry(text=f"{behind:.0f}"))
        for result in results
        for text, behind in result.sets[:5]
    )
    return Table(columns=columns, rows=rows, simulated=simulated(results))


def states(results: Sequence[DiffractionResult]) -> Table:
    """Amount of each phase in each state in per cent of its largest, and how it changes."""
    return change_table(results, "phase")


TABLES = {"sizes": sizes, "lattice": lattice, "phases compared": compared, "states": states}
