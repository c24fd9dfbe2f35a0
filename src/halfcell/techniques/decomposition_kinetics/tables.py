"""Tables of decomposition kinetics: activation energies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.decomposition_kinetics.result import KineticsResult


def activation_energies(results: Sequence[KineticsResult]) -> Table:
    """Activation energies by three methods: one row per sample."""
    columns = (
        Column(key="label", label="Sample"),
        Column(key="kissinger_energy", label="Kissinger", unit="kJ mol^{−1}"),
        Column(key="log10_prefactor", label="log_{10}(A/s^{−1})"),
        Column(key="ozawa_energy", label="Ozawa-Flynn-Wall", unit="kJ mol^{−1}"),
        Column(key="friedman_energy", label="Friedman", unit="kJ mol^{−1}"),
        Column(key="energy_variation", label="Variation", unit="%"),
    )
    rows = tuple((Entry(text=formula(r.label)), *(entry(r, column.key) for column in columns[1:])) for r in results)
    said = tuple(dict.fromkeys(n.text for r in results for n in r.notes if n.code == "varying_energy"))
    notes = ("Ozawa-Flynn-Wall and Friedman: means over conversions 0.2 to 0.8.", *said)
    return Table(columns=columns, rows=rows, notes=notes, simulated=simulated(results))


TABLES = {"activation energies": activation_energies}
