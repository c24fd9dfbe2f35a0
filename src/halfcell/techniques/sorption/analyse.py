"""From an isotherm to areas, volumes, pore sizes and its class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.result import Note
from halfcell.techniques.sorption import isotherm_class
from halfcell.techniques.sorption.bet_area import surface
from halfcell.techniques.sorption.branches import branches
from halfcell.techniques.sorption.porosity import porosity
from halfcell.techniques.sorption.records import Settings, Sorption

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.quantity import Quantity
    from halfcell.maths.bet import Window

_CRITERIA = ("n(1-p) rises", "C > 0", "monolayer inside the window", "p(monolayer) within 20 %")


def analyse(measurement: Measurement, settings: Settings) -> Sorption:
    """BET area over all windows, t-plot, BJH, total volume, isotherm type and hysteresis class.

    Raises
    ------
    InputError
        If fewer than five points of adsorption are there.
    """
    up, down, notes = branches(measurement)
    meta = measurement.meta
    area = surface(up, meta, settings)
    pores = porosity(up, down, meta, settings)
    seen = isotherm_class.features(up, down)
    kind, loop = isotherm_class.isotherm_type(seen), isotherm_class.hysteresis(seen)
    quantities = area.quantities | pores.quantities
    more = _cross_checks(quantities, seen)
    return Sorption(
        technique="sorption",
        quantities=quantities,
        rows=_rows(area.window, kind, loop),
        notes=(*notes, *area.notes, *pores.notes, *more),
        simulated=measurement.is_simulated,
        adsorption=up,
        desorption=down,
        bet=area.window,
        scan=area.scan,
        areas=area.areas,
        pores_adsorption=pores.adsorption,
        pores_desorption=pores.desorption,
        t_curve=pores.t_curve,
        t_line=pores.t_line,
        dft=pores.dft,
        isotherm_type=kind,
        hysteresis=loop,
    )


def _rows(window: Window | None, kind: str, loop: str) -> tuple[dict[str, str | float | bool | None], ...]:
    """The class, the loop, and each criterion of the chosen window."""
    rows: list[dict[str, str | float | bool | None]] = [
        {"property": "isotherm type", "verdict": kind},
        {"property": "hysteresis", "verdict": loop},
    ]
    if window is not None:
        rows += [
            {"property": f"Rouquerol {number}: {text}", "verdict": "passed" if passed else "failed"}
            for number, (text, passed) in enumerate(zip(_CRITERIA, window.criteria, strict=True), 1)
        ]
    return tuple(rows)


def _cross_checks(quantities: dict[str, Quantity], seen: isotherm_class.Features) -> list[Note]:
    notes = []
    area = quantities.get("bet_area")
    for word in ("adsorption", "desorption"):
        own = quantities.get(f"bjh_area_{word}")
        if area is not None and own is not None and own.value > 1.05 * area.value:
            text = f"The BJH area of the {word}, {own.value:.4g} m2/g, is above the BET area: cylinders do not fit."
            notes.append(Note("doubt", "bjh_above_bet", text))
    if seen.closing > 0.1:
        text = (
            f"The loop closes by {seen.closing:.0%} of the uptake between p/p0 0.52 and 0.42: cavitation, no pore size."
        )
        notes.append(Note("doubt", "tensile_strength", text))
    return notes
