"""Pore volumes: total by Gurvich, micropores by t-plot, mesopores by BJH, a DFT kernel where it is the right one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.techniques.common.findings import Findings, refused
from halfcell.techniques.sorption.bjh import (
    beside_vendor,
    bjh,
    bjh_notes,
    bjh_quantities,
    bjh_settings,
    cavitation,
    with_other_film,
)
from halfcell.techniques.sorption.dft_kernel import kernel_fit
from halfcell.techniques.sorption.film_thickness import film_thickness
from halfcell.techniques.sorption.gas_facts import gas, gas_facts
from halfcell.techniques.sorption.statistical_thickness import alpha_plot, stsa
from halfcell.techniques.sorption.t_plot import t_plot

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.maths.pores import Pores
    from halfcell.techniques.sorption.branches import Branch, Branches
    from halfcell.techniques.sorption.dft_kernel import PoreWidths
    from halfcell.techniques.sorption.settings import Settings
    from halfcell.techniques.sorption.statistical_thickness import AlphaPlot
    from halfcell.techniques.sorption.t_plot import TPlot

_LAST, _PLATEAU = 0.03, 0.1  # the last part of p/p0, and how much of the uptake may still come in it
_FULL = 0.9  # the total pore volume is read at this relative pressure or above


@dataclass(frozen=True, kw_only=True, eq=False)
class Porosity:
    """Quantities, notes and curves of the pores."""

    findings: Findings = field(default_factory=Findings)
    adsorption: Pores | None = None
    desorption: Pores | None = None
    t_plot: TPlot | None = None
    alpha: AlphaPlot | None = None
    dft: PoreWidths | None = None


def porosity(
    found: Branches, measurement: Measurement, settings: Settings, bet_area: Quantity | None = None
) -> Porosity:
    """Total volume, t-plot and BJH (nitrogen at 77 K only), and DFT if a kernel is set.

    Parameters
    ----------
    found, measurement
        Both branches, and what the file states.
    settings
        Thickness curve, ranges and kernel.
    bet_area
        m2/g, which no external area exceeds.

    Returns
    -------
    Porosity
        cm3/g, m2/g and nm.

    Source: M. Thommes et al., Pure Appl. Chem. 87 (2015) 1051.
    """
    facts, name = gas_facts(measurement), gas(measurement)
    factor = None if facts is None else facts.liquid_per_gas
    if factor is None:
        text = f"No liquid density is known for {name} at this temperature: no pore volumes."
        return Porosity(findings=refused("no_pore_volume", text))
    total, dft = _total(found.up, factor), kernel_fit(found.up, factor, settings)
    general = total + dft.findings
    if name != "N2":
        text = f"t-plot and BJH are for nitrogen at 77 K, not {name}."
        return Porosity(findings=general + refused("not_nitrogen", text), dft=dft.pores)
    film = film_thickness(measurement, settings)
    used = bjh_settings(measurement, settings, film)
    made = bjh(found, factor, used)
    others = bjh(found, factor, with_other_film(used))
    mesopores = Findings(quantities=bjh_quantities(made, others), notes=(used.note, *bjh_notes(made)))
    mesopores += beside_vendor(mesopores.quantities, measurement, settings)
    micropores = t_plot(found.up, film, factor, settings, bet_area)
    alpha = alpha_plot(found.up, factor, settings, bet_area)
    everything = general + mesopores + micropores.findings + cavitation(made.get("desorption"))
    everything += stsa(found.up, factor, settings, bet_area) + (Findings() if alpha is None else alpha.findings)
    return Porosity(
        findings=_consistent(everything),
        adsorption=made.get("adsorption"),
        desorption=made.get("desorption"),
        t_plot=micropores,
        alpha=alpha,
        dft=dft.pores,
    )


def _consistent(found: Findings) -> Findings:
    """Without a micropore volume that is above the whole pore volume by more than both errors."""
    whole, micro = found.quantities.get("pore_volume"), found.quantities.get("micropore_volume")
    if whole is None or micro is None:
        return found
    if micro.value <= whole.value + 2.0 * float(np.hypot(whole.std or 0.0, micro.std or 0.0)):
        return found
    text = (
        f"The t-plot's micropore volume, {micro.value:.3g} cm3/g, is above the whole pore volume, {whole.value:.3g}:"
        " the thickness curve is not that of this surface."
    )
    kept = {name: q for name, q in found.quantities.items() if name not in {"micropore_volume", "external_area"}}
    return Findings(quantities=kept, notes=found.notes) + refused("no_t_plot", text)


def _total(up: Branch, liquid_per_gas: float) -> Findings:
    """Gurvich: all that is adsorbed at the highest pressure, as liquid; refused without a plateau."""
    top = float(up.pressure[-1])
    if top < _FULL:
        return refused("no_pore_volume", f"The isotherm ends at p/p0 = {top:.3g}: no total pore volume.")
    volume = float(up.loading[-1]) * liquid_per_gas
    before = float(np.interp(top - _LAST, up.pressure, up.loading)) * liquid_per_gas
    if volume - before > _PLATEAU * volume:
        grown = f"{(volume - before) / volume:.0%}"
        text = (
            f"The uptake still grows by {grown} over the last {_LAST:g} of p/p0, without a plateau (type II): the"
            f" {volume:.3g} cm3/g of liquid at p/p0 = {top:.3g} are set by where the measurement ends."
        )
        return refused("no_plateau", text)
    spread = Quantity(volume, "cm3/g", (volume - before) / 2.0 or None, "spread over windows")
    return Findings(quantities={"pore_volume": spread, "pore_volume_pressure": Quantity(top, "")})
