"""Pore volumes: total by Gurvich, micropores by t-plot, mesopores by BJH, a DFT kernel where it is the right one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.techniques.common.findings import Findings, refused
from halfcell.techniques.sorption.bjh import beside_vendor, bjh, bjh_quantities, bjh_settings, cavitation
from halfcell.techniques.sorption.dft_kernel import kernel_fit
from halfcell.techniques.sorption.film_thickness import film_thickness
from halfcell.techniques.sorption.gas_facts import gas, gas_facts
from halfcell.techniques.sorption.t_plot import t_plot

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.maths.pores import Pores
    from halfcell.techniques.sorption.branches import Branch, Branches
    from halfcell.techniques.sorption.dft_kernel import PoreWidths
    from halfcell.techniques.sorption.settings import Settings
    from halfcell.techniques.sorption.t_plot import TPlot

_FULL = 0.9  # the total pore volume is read at this relative pressure or above


@dataclass(frozen=True, kw_only=True, eq=False)
class Porosity:
    """Quantities, notes and curves of the pores."""

    findings: Findings = field(default_factory=Findings)
    adsorption: Pores | None = None
    desorption: Pores | None = None
    t_plot: TPlot | None = None
    dft: PoreWidths | None = None


def porosity(
    found: Branches, measurement: Measurement, settings: Settings, bet_area: Quantity | None = None
) -> Porosity:
    """Total volume, t-plot and BJH (nitrogen at 77 K only), and DFT if a kernel is set."""
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
    mesopores = Findings(quantities=bjh_quantities(made), notes=(used.note,))
    mesopores += beside_vendor(mesopores.quantities, measurement, settings)
    micropores = t_plot(found.up, film, factor, settings, bet_area)
    return Porosity(
        findings=general + mesopores + micropores.findings + cavitation(made.get("desorption")),
        adsorption=made.get("adsorption"),
        desorption=made.get("desorption"),
        t_plot=micropores,
        dft=dft.pores,
    )


def _total(up: Branch, liquid_per_gas: float) -> Findings:
    """Gurvich: all that is adsorbed at the highest pressure, as liquid."""
    top = float(up.pressure[-1])
    if top < _FULL:
        return refused("no_pore_volume", f"The isotherm ends at p/p0 = {top:.3g}: no total pore volume.")
    volume = float(up.loading[-1]) * liquid_per_gas
    before = float(np.interp(top - 0.02, up.pressure, up.loading)) * liquid_per_gas
    spread = Quantity(volume, "cm3/g", (volume - before) / 2.0 or None, "spread over windows")
    return Findings(quantities={"pore_volume": spread, "pore_volume_pressure": Quantity(top, "")})
