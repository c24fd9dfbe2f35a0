"""Tables of microscopy: pictures with their scale, and spacings of regions beside the phases they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import doubts, simulated
from halfcell.techniques.microscopy.printed_spacing import HOLDS_SCALE, printed_spacing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.techniques.microscopy.result import MicroscopyResult


def spacings(results: Sequence[MicroscopyResult]) -> Table:
    """Lattice spacings of each region with the angle between the first two directions and the candidate phases."""
    columns = (
        Column(key="label", label="Sample"),
        Column(key="region", label="Region"),
        Column(key="spacing", label="d", unit="nm"),
        Column(key="angle", label="Angle", unit="°"),
        Column(key="candidates", label="Candidates (χ²)"),
    )
    rows = tuple(row for result in results for row in _rows(result))
    notes = (HOLDS_SCALE, *doubts(results)) if rows else doubts(results)
    return Table(columns=columns, rows=rows, notes=notes, simulated=simulated(results))


def _rows(result: MicroscopyResult) -> Iterator[tuple[Entry, ...]]:
    for number, region in enumerate(result.regions, 1):
        for place, spacing in enumerate(region.spacings):
            first = place == 0
            angle = f"{region.angle:.1f}" if first and region.angle is not None else ""
            names = "; ".join(map(str, region.candidates[:3])) if first else ""
            yield (
                Entry(text=result.label if first else ""),
                Entry(text=f"ROI{number}" if first else ""),
                Entry(text=printed_spacing(result, spacing).number),
                Entry(text=angle),
                Entry(text=names),
            )


def pictures(results: Sequence[MicroscopyResult]) -> Table:
    """Each picture with the size of its pixels and the width of its field; one without a scale is uncalibrated."""
    columns = (
        Column(key="label", label="Picture"),
        Column(key="size", label="Size", unit="pixels"),
        Column(key="pixel", label="Pixel", unit="nm"),
        Column(key="field_width", label="Field", unit="µm"),
    )
    rows = tuple(
        (Entry(text=formula(result.label)), Entry(text=_size(result)), _pixel(result), _field(result))
        for result in results
    )
    return Table(columns=columns, rows=rows, notes=doubts(results), simulated=simulated(results))


def _size(result: MicroscopyResult) -> str:
    rows, columns = result.picture.shape
    return f"{columns} × {rows}"


def _pixel(result: MicroscopyResult) -> Entry:
    if "pixel_size" in result.quantities:
        return entry(result, "pixel_size")
    reciprocal = result.quantities.get("pixel_size_reciprocal")
    return Entry(text=f"{reciprocal.number} nm^{{-1}}" if reciprocal else "uncalibrated")


def _field(result: MicroscopyResult) -> Entry:
    return entry(result, "field_width") if "field_width" in result.quantities else Entry(text="–")


TABLES = {"pictures": pictures, "lattice spacings": spacings}
