"""Tables of X-ray analysis: amounts of the elements, k-ratios, and the values of maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import doubts, simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.edx.result import EdxResult


def amounts(results: Sequence[EdxResult]) -> Table:
    """Atomic per cent of each element, or its counts where no composition can be given; one row per sample."""
    kind = "atomic_percent" if any(_has(result, "atomic_percent") for result in results) else "counts"
    unit = "at%" if kind == "atomic_percent" else "counts"
    return _table(results, [(f"{symbol}.{kind}", symbol, unit) for symbol in _elements(results)])


def ratios(results: Sequence[EdxResult]) -> Table:
    """k-ratio and mass fraction of each element, and their sum; one row per sample and element."""
    columns = (
        Column(key="label", label="Sample"),
        Column(key="element", label="Line"),
        Column(key="k_ratio", label="k-ratio"),
        Column(key="weight_percent", label="Amount", unit="wt%"),
        Column(key="atomic_percent", label="Amount", unit="at%"),
    )
    rows = []
    for result in results:
        for place, row in enumerate(result.rows):
            kinds = [
                entry(result, f"{row['element']}.{key}") for key in ("k_ratio", "weight_percent", "atomic_percent")
            ]
            rows.append((Entry(text=formula(result.label) if place == 0 else ""), Entry(text=str(row["line"])), *kinds))
    return Table(columns=columns, rows=tuple(rows), notes=doubts(results), simulated=simulated(results))


def reported(results: Sequence[EdxResult]) -> Table:
    """Amounts that the instruments' software reports, as reported, beside our own; one row per sample and element."""
    kinds = ("reported_weight_percent", "weight_percent", "reported_atomic_percent", "atomic_percent")
    columns = (
        Column(key="label", label="Sample"),
        Column(key="element", label="Element"),
        Column(key="reported_weight_percent", label="Reported", unit="wt%"),
        Column(key="weight_percent", label="Own", unit="wt%"),
        Column(key="reported_atomic_percent", label="Reported", unit="at%"),
        Column(key="atomic_percent", label="Own", unit="at%"),
    )
    rows = []
    for result in results:
        names = [name.split(".")[0] for name in result.quantities if ".reported_" in name]
        for place, symbol in enumerate(dict.fromkeys(names)):
            label = formula(result.label) if place == 0 else ""
            rows.append((Entry(text=label), Entry(text=symbol), *(entry(result, f"{symbol}.{kind}") for kind in kinds)))
    return Table(columns=columns, rows=tuple(rows), notes=doubts(results), simulated=simulated(results))


def inhomogeneities(results: Sequence[EdxResult]) -> Table:
    """Variation of each element over blocks of the map, beyond counting noise; one row per sample."""
    return _table(results, [(f"{symbol}.variation", symbol, "%") for symbol in _elements(results)])


def correlations(results: Sequence[EdxResult]) -> Table:
    """Correlation of the counts of two elements in blocks; one row per sample."""
    found = [name for result in results for name in result.quantities if name.endswith(".correlation")]
    pairs = list(dict.fromkeys(found))
    return _table(results, [(name, name.removesuffix(".correlation").replace("-", "–"), "") for name in pairs])


def _has(result: EdxResult, kind: str) -> bool:
    return any(name.endswith(f".{kind}") for name in result.quantities)


def _elements(results: Sequence[EdxResult]) -> list[str]:
    return list(dict.fromkeys(str(row["element"]) for result in results for row in result.rows))


def _table(results: Sequence[EdxResult], wanted: Sequence[tuple[str, str, str]]) -> Table:
    columns = (
        Column(key="label", label="Sample"),
        *(Column(key=key, label=label, unit=unit) for key, label, unit in wanted),
    )
    rows = tuple((Entry(text=formula(r.label)), *(entry(r, key) for key, _, _ in wanted)) for r in results)
    return Table(columns=columns, rows=rows, notes=doubts(results), simulated=simulated(results))


TABLES = {
    "amounts": amounts,
    "k-ratios": ratios,
    "reported amounts": reported,
    "inhomogeneity": inhomogeneities,
    "correlations": correlations,
}
