"""Tables of particles in pictures: percentiles by number and by volume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import doubts, simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.particle_images.result import ParticleImagesResult

_NOTE = "Equivalent diameters; uncertainties hold counting, threshold (40 to 60 % of the height) and scale."


def sizes(results: Sequence[ParticleImagesResult]) -> Table:
    """One row per picture: number of particles, percentiles by number and by volume."""
    columns = (
        Column(key="label", label="Sample"),
        Column(key="count", label="Particles"),
        Column(key="number_d10", label="D_{10} by number", unit="µm"),
        Column(key="number_d50", label="D_{50} by number", unit="µm"),
        Column(key="number_d90", label="D_{90} by number", unit="µm"),
        Column(key="volume_d50", label="D_{50} by volume", unit="µm"),
        Column(key="volume_d90", label="D_{90} by volume", unit="µm"),
    )
    rows = tuple((Entry(text=formula(r.label)), *(entry(r, column.key) for column in columns[1:])) for r in results)
    return Table(columns=columns, rows=rows, notes=(_NOTE, *doubts(results)), simulated=simulated(results))


TABLES = {"particle sizes": sizes}
