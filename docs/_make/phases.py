"""The page of phases: cell, space group, density, capacity, source."""

from __future__ import annotations

from collections.abc import Iterator

from _make.markdown import MADE, page, table
from halfcell.materials import phases as known_phases
from halfcell.materials.phases import Phase

INTRO = """What diffraction, electron diffraction and microscopy know by name (`phases = ["Si", "CoSi2"]`), in a
terminal `halfcell list phases`. Phases of your own come from [CIF files](../how-to/own-phase.md).

**Checked**: A, cell and atoms are printed by a public database; L, values of the literature, checked by density,
bond lengths and the positions of lines; N, positions of lines only, not checked further. **Lines only** means that
the intensities cannot be computed (no atoms, or a modulated structure), so that there is no whole-pattern fit of
this phase."""


def phases() -> str:
    """The page."""
    heads = ("name", "formula", "space group", "cell (Å, °)", "g/cm³", "mAh/g", "checked", "source")
    return page([MADE, "# Phases", INTRO, table(heads, _rows())])


def _rows() -> Iterator[tuple[str, ...]]:
    for phase in known_phases.phases().values():
        capacity = phase.capacity_mah_per_g
        cell = ", ".join(f"{value:g}" for value in phase.cell)
        checked = phase.status + (", lines only" if phase.positions_only else "")
        mah = "" if capacity is None else f"{capacity:.0f}"
        yield (
            f"`{phase.name}`",
            phase.formula,
            phase.space_group,
            cell,
            f"{phase.density:g}",
            mah,
            checked,
            _source(phase),
        )


def _source(phase: Phase) -> str:
    return phase.source + (f"; COD {phase.cod}" if phase.cod and "COD" not in phase.source else "")
