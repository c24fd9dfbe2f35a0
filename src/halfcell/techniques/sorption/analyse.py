"""From an isotherm to areas, volumes, pore sizes and its class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.result import Note
from halfcell.techniques.common.findings import Findings
from halfcell.techniques.sorption import isotherm_class
from halfcell.techniques.sorption.bet_area import bet_area
from halfcell.techniques.sorption.branches import branches
from halfcell.techniques.sorption.loop_checks import loop_notes
from halfcell.techniques.sorption.porosity import porosity
from halfcell.techniques.sorption.result import SorptionResult

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.measurement import Measurement
    from halfcell.core.quantity import Quantity
    from halfcell.core.result import Row
    from halfcell.maths.bet import Window
    from halfcell.techniques.sorption.settings import Settings

_CRITERIA = ("n(1-p) rises", "C > 0", "monolayer inside the window", "p(monolayer) within 20 %")
_ABOVE_BET = 1.05  # times the BET area: a BJH area beyond it contradicts it
_NEAR_VENDOR = 0.05  # relative: further from the instrument's own external area is a doubt
_CLOSING = 0.1  # of the uptake: a loop that closes by more between p/p0 0.52 and 0.42 does so by cavitation


def analyse(measurement: Measurement, settings: Settings) -> SorptionResult:
    """BET area over all windows, t-plot, BJH, total volume, isotherm type and hysteresis class.

    Parameters
    ----------
    measurement
        Columns ``relative_pressure`` and ``loading_cm3_stp_per_gram``, shape (n,), and ``branch`` where the file has
        it; gas and temperature from its head.
    settings
        Windows, thickness curve, and mass (g) of the sample.

    Returns
    -------
    SorptionResult
        Areas (m2/g), volumes (cm3/g) and diameters (nm) with their uncertainties, and the two classes.

    Raises
    ------
    InputError
        If there are fewer than five points of adsorption.

    Sources: M. Thommes et al., Pure Appl. Chem. 87 (2015) 1051 (IUPAC); J. W. M. Osterrieth et al., Adv. Mater. 34
    (2022) 2201502 (windows).
    """
    found = branches(measurement)
    area = bet_area(found.up, measurement, settings)
    pores = porosity(found, measurement, settings, area.findings.quantities.get("bet_area"))
    seen = isotherm_class.features(found.up, found.down)
    kind, loop = isotherm_class.isotherm_type(seen), isotherm_class.hysteresis(seen)
    everything = Findings(notes=(*found.notes, *loop_notes(found))) + area.findings + pores.findings
    everything += _cross_checks(everything.quantities, seen) + _beside_vendor(everything.quantities, measurement)
    return SorptionResult(
        technique="sorption",
        quantities=everything.quantities,
        rows=_rows(area.window, kind, loop),
        notes=everything.notes,
        simulated=measurement.is_simulated,
        adsorption=found.up,
        desorption=found.down,
        bet=area.window,
        scan=area.scan,
        areas=area.areas,
        pores_adsorption=pores.adsorption,
        pores_desorption=pores.desorption,
        t_plot=pores.t_plot,
        alpha=pores.alpha,
        dft=pores.dft,
        isotherm_type=kind,
        hysteresis=loop,
    )


def _rows(window: Window | None, kind: str, loop: str) -> tuple[Row, ...]:
    """The class, the loop, and each criterion of the chosen window."""
    rows: list[Row] = [
        {"property": "isotherm type", "verdict": kind},
        {"property": "hysteresis", "verdict": loop},
    ]
    if window is not None:
        rows += [
            {"property": f"Rouquerol {number}: {text}", "verdict": "passed" if passed else "failed"}
            for number, (text, passed) in enumerate(zip(_CRITERIA, window.criteria, strict=True), 1)
        ]
    return tuple(rows)


def _cross_checks(quantities: Mapping[str, Quantity], seen: isotherm_class.Features) -> Findings:
    """Doubts where BJH contradicts BET, and where the loop closes by cavitation."""
    notes = []
    area = quantities.get("bet_area")
    for side in ("adsorption", "desorption"):
        own = quantities.get(f"bjh_area_{side}")
        if area is not None and own is not None and own.value > _ABOVE_BET * area.value:
            text = (
                f"The BJH area of the {side}, {own.value:.4g} m2/g, is above the BET area: the pores are no cylinders."
            )
            notes.append(Note("doubt", "bjh_above_bet", text))
    if seen.closing > _CLOSING:
        text = (
            f"The loop closes by {seen.closing:.0%} of the uptake between p/p0 0.52 and 0.42: that is cavitation and"
            " gives no pore size."
        )
        notes.append(Note("doubt", "tensile_strength", text))
    return Findings(notes=tuple(notes))


def _beside_vendor(quantities: Mapping[str, Quantity], measurement: Measurement) -> Findings:
    """How far the external area is from that of the instrument's report."""
    own, area = measurement.meta.get("vendor", {}).get("external_area"), quantities.get("external_area")
    if not own or area is None:
        return Findings()
    off = area.value / float(own) - 1.0
    near = abs(area.value - float(own)) <= max(_NEAR_VENDOR * float(own), 2.0 * (area.std or 0.0))
    text = (
        f"The external area in the instrument's report is {float(own):.6g} m2/g; this one is {off:+.1%} from it."
        " The thickness curve and its range decide: thickness and t_range_nm."
    )
    return Findings(notes=(Note("info" if near else "doubt", "vendor_t_plot", text),))
