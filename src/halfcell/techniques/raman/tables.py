"""Tables of Raman spectroscopy: the silicon line, the carbon bands, the states of a series."""

from __future__ import annotations

from collections.abc import Sequence

from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.common.state_differences import change_table
from halfcell.techniques.raman.result import RamanResult


def states(results: Sequence[RamanResult]) -> Table:
    """Area of each band in each state in per cent of its largest, and how it changes."""
    return change_table(results, "band")


def silicon_line(results: Sequence[RamanResult]) -> Table:
    """Position, width, shift, range of sizes and amorphous share; one row per sample."""
    columns = (
        Column(key="label", label="Materials"),
        Column(key="Si.position", label="Position", unit="cm^{−1}"),
        Column(key="Si.width", label="FWHM", unit="cm^{−1}"),
        Column(key="Si.shift", label="Shift from the wafer", unit="cm^{−1}"),
        Column(key="Si.size_low", label="Size, least", unit="nm"),
        Column(key="Si.size_high", label="Size, most", unit="nm"),
        Column(key="amorphous_area_share", label="Area share of a-Si"),
    )
    return _table(results, columns)


def carbon_bands(results: Sequence[RamanResult]) -> Table:
    """Positions, widths, and I_D/I_G by area and by height; one row per sample."""
    columns = (
        Column(key="label", label="Materials"),
        Column(key="D.position", label="D", unit="cm^{−1}"),
        Column(key="G.position", label="G", unit="cm^{−1}"),
        Column(key="G.width", label="FWHM of G", unit="cm^{−1}"),
        Column(key="id_ig_area", label="I_{D}/I_{G} by area"),
        Column(key="id_ig_height", label="I_{D}/I_{G} by height"),
    )
    return _table(results, columns)


def spots(results: Sequence[RamanResult]) -> Table:
    """Means over the spots of each sample with the standard deviation of the spots; one row per sample."""
    names = {
        "mean.Si.position": ("Position", "cm^{−1}"),
        "mean.Si.width": ("FWHM", "cm^{−1}"),
        "mean.amorphous_area_share": ("Area share of a-Si", ""),
        "mean.G.position": ("G", "cm^{−1}"),
        "mean.id_ig_area": ("I_{D}/I_{G} by area", ""),
        "mean.id_ig_height": ("I_{D}/I_{G} by height", ""),
    }
    first = list({result.label: result for result in results}.values())
    shown = [name for name in names if any(name in result.quantities for result in first)]
    columns = (
        Column(key="label", label="Materials"),
        *(Column(key=n, label=names[n][0], unit=names[n][1]) for n in shown),
    )
    return _table(first, columns)


def _table(results: Sequence[RamanResult], columns: tuple[Column, ...]) -> Table:
    rows = tuple((Entry(text=formula(r.label)), *(entry(r, c.key) for c in columns[1:])) for r in results)
    return Table(columns=columns, rows=rows, simulated=simulated(results))


TABLES = {"silicon line": silicon_line, "carbon bands": carbon_bands, "states": states, "spots": spots}
