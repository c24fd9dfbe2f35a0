"""Tables of impedance: circuit parameters with uncertainties, arcs, and circuits ranked by BIC."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from halfcell.core.table import Column, Entry, Table, entry
from halfcell.core.vocabulary import quantity_word
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.impedance.state_order import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Row, Scalar
    from halfcell.techniques.impedance.result import ImpedanceResult

_UNITS = {"ohm": "Ω", "ohm s^-1/2": "Ω s^{−1/2}", "S s^n": "S s^{n}", "ohm cm2": "Ω cm^{2}"}
_LARGE = 6  # powers of ten: smaller numbers are written out
_LAST = ("arc_resistance_sum", "noise", "lack_of_fit")


def parameters(results: Sequence[ImpedanceResult]) -> Table:
    """One row per spectrum: circuit parameters with their uncertainties, the sum of the arcs, noise and lack of fit."""
    results = in_order(results)
    names = list(dict.fromkeys(name for r in results for name in r.names))
    columns = [Column(key="label", label="Spectrum")]
    columns += [_column(results, name) for name in (*names, *_LAST)]
    rows = tuple(
        (
            Entry(text=r.label),
            *(entry(r, name, 2 if name in {"noise", "lack_of_fit"} else None) for name in (*names, *_LAST)),
        )
        for r in results
    )
    circuits = ", ".join(dict.fromkeys(r.circuit for r in results))
    notes = (f"Circuit: {circuits}. Uncertainties: one standard deviation from the fit.",)
    return Table(columns=tuple(columns), rows=rows, notes=notes, simulated=simulated(results))


def _column(results: Sequence[ImpedanceResult], name: str) -> Column:
    unit = next((r.quantities[name].unit for r in results if name in r.quantities), "")
    label = quantity_word("impedance", name).get("label", name) if name in _LAST else _label(name)
    return Column(key=name, label=label, unit=_UNITS.get(unit, unit))


def _label(name: str) -> str:
    """``Rint`` -> R_{int}; ``CPEint_Q`` -> Q_{int}; ``CPEint_n`` -> n_{int}; ``TLM1_Rion`` -> R_{ion}."""
    element, _, parameter = name.partition("_")
    if element.startswith("TLM"):
        return {"Rion": "R_{ion}", "Rct": "R_{ct}"}.get(parameter, f"{parameter}_{{TLM}}")
    for kind in ("CPE", "Zarc", "Wo", "Ws", "R", "C", "L", "W"):
        if element.startswith(kind):
            letter = parameter or {"W": "A"}.get(kind, kind)
            suffix = element.removeprefix(kind) or ("W" if kind in {"W", "Wo", "Ws"} else "")
            return f"{letter}_{{{suffix}}}" if suffix else letter
    return name


def arcs(results: Sequence[ImpedanceResult]) -> Table:
    """One row per arc: resistance with its 95 % interval, apex, effective capacitance, whether it may be quoted."""
    results = in_order(results)
    columns = (
        Column(key="label", label="Spectrum"),
        Column(key="arc", label="Arc"),
        Column(key="resistance_ohm", label="Resistance", unit="Ω"),
        Column(key="interval", label="95 % interval", unit="Ω"),
        Column(key="apex_frequency_hz", label="Apex", unit="Hz"),
        Column(key="exponent", label="n"),
        Column(key="capacitance_hsu_mansfeld_f", label="C_{eff} (Hsu–Mansfeld)", unit="F"),
        Column(key="quoted", label="To be quoted"),
    )
    rows = tuple(_arc_entries(r, row) for r in results for row in r.arcs)
    return Table(columns=columns, rows=rows, simulated=simulated(results))


def _arc_entries(result: ImpedanceResult, row: Row) -> tuple[Entry | None, ...]:
    name = next((n for n in result.names if n.startswith("R") and n.removeprefix("R") == row["arc"]), "")
    shown = entry(result, name) if name else _shown(row["resistance_ohm"], ".4g")
    return (
        Entry(text=result.label),
        Entry(text=str(row["arc"])),
        shown,
        Entry(text="-" if row["low_ohm"] is None else _interval(row["low_ohm"], row["high_ohm"])),
        _shown(row["apex_frequency_hz"], ".3g"),
        Entry(text=f"{row['exponent']:.3f}"),
        _shown(row["capacitance_hsu_mansfeld_f"], ".3g"),
        Entry(text=_verdict(row)),
    )


def _verdict(row: Row) -> str:
    """Whether an arc is to be quoted, and how well it is known where the residuals are systematic."""
    if row["quoted"]:
        return "yes" if row["within_percent"] is None else f"yes, within {row['within_percent']:.2g} %"
    return "no: quote the sum" if row["instead"] == "sum" else "no"


def _shown(value: object, form: str) -> Entry:
    """A number in the given form, powers of ten as such; a dash where it is not known."""
    return Entry(text="-" if value is None else _without_e(format(value, form)))


def _without_e(text: str) -> str:
    """``4.84e-10`` -> ``4.84 × 10^{−10}``; ``7.99e+04`` -> ``79900``."""
    mantissa, _, power = text.partition("e")
    if not power:
        return text
    if 0 < int(power) < _LARGE:
        return f"{float(text):.0f}"
    return f"{mantissa} × 10^{{{power.replace('-', '−').replace('+', '').replace('−0', '−').lstrip('0')}}}"


def _interval(low: Scalar, high: Scalar) -> str:
    """Both ends with two digits of the distance between them, so that they differ: ``199.998–200.002``."""
    if not isinstance(low, float | int) or not isinstance(high, float | int):
        return "-"
    if not high > low:
        return f"{low:.4g}–{high:.4g}"
    digits = 1 - math.floor(math.log10(high - low))
    ends = (f"{round(end, digits):.{max(digits, 0)}f}" for end in (low, high))
    return "–".join(ends)


def circuits(results: Sequence[ImpedanceResult]) -> Table:
    """One row per circuit that was tried: difference in BIC, residual, sum of the arcs; the lowest BIC first."""
    results = in_order(results)
    columns = (
        Column(key="label", label="Spectrum"),
        Column(key="circuit", label="Circuit"),
        Column(key="bic_difference", label="ΔBIC"),
        Column(key="rms_percent", label="Residual", unit="%"),
        Column(key="arc_resistance_sum_ohm", label="Sum of arcs", unit="Ω"),
    )
    rows = tuple(
        (
            Entry(text=r.label),
            Entry(text=f"{row['circuit']}{' (used)' if row['chosen'] else ''}"),
            Entry(text=f"{row['bic_difference']:+.0f}"),
            Entry(text=f"{row['rms_percent']:.3g}"),
            _shown(row["arc_resistance_sum_ohm"], ".4g"),
        )
        for r in results
        for row in r.circuits
    )
    return Table(columns=columns, rows=rows, simulated=simulated(results))


TABLES = {"parameters": parameters, "arcs": arcs, "circuits": circuits}
