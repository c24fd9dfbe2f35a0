r"""What the tail of a circuit says of transport: diffusion coefficients, and the tortuosity of a porous electrode.

* Finite diffusion (``Wo``, ``Ws``): D = L^2/tau, L the diffusion length (the thickness of a film).
* Infinite diffusion (``W``, Z = A_W (1 - j)/sqrt(omega)): D = (V_m (dE/dx)/(sqrt(2) F A A_W))^2, V_m the molar volume
  of the host per mole of sites, dE/dx the slope of the coulometric titration curve (V), A the electroactive area.
* Pores whose walls react (``TLM``): tortuosity from its R_ion as below.
* Blocking pores (``Wop`` with Z0 = R_ion and p = n/2): the transmission line sqrt(R_ion/(Q (j omega)^n)) coth
  sqrt(R_ion Q (j omega)^n). Tortuosity R_ion A kappa epsilon/d; in a symmetric cell R_ion is that of both electrodes.

Sources: C. Ho, I. D. Raistrick, R. A. Huggins, J. Electrochem. Soc. 127 (1980) 343; R. de Levie, Electrochim. Acta 8
(1963) 751; J. Landesfeind et al., J. Electrochem. Soc. 163 (2016) A1373.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.core.sample import CellKind
from halfcell.maths.circuit.grammar import leaves
from halfcell.techniques.common.findings import Findings, refused
from halfcell.techniques.impedance.circuit_choice import undetermined
from halfcell.techniques.impedance.transmission_line import WELL

if TYPE_CHECKING:
    from halfcell.maths.circuit.circuit_fit import Fitted
    from halfcell.techniques.impedance.settings import Settings

_FARADAY = 96485.33212  # C/mol
_FINITE = {"Wo", "Ws"}
_IONIC = {"Wo": "Z0", "Wop": "Z0", "TLM": "Rion"}  # the parameter that is the ionic resistance of pores
_LEAST_TORTUOSITY = 1.0  # a straight pore; less has no meaning


@dataclass(frozen=True, eq=False)
class Known:
    """A fit, what systematic residuals make of its uncertainties (a factor), and parameters that are not given."""

    fitted: Fitted
    factor: float = 1.0
    not_given: tuple[str, ...] = ()

    def value(self, name: str) -> tuple[float, float] | None:
        """Value and relative standard uncertainty of a parameter; None where it is not known well enough."""
        place = self.fitted.model.names.index(name)
        relative = self.factor * float(self.fitted.uncertainty.log_std[place])
        if place in undetermined(self.fitted) or name in self.not_given or not relative < WELL:
            return None
        return float(self.fitted.uncertainty.values[place]), relative


def transport(fit: Known, settings: Settings) -> Findings:
    """Diffusion coefficients and tortuosities of tails, where what they need is set.

    L^2/tau of finite diffusion, (V_m (dE/dx)/(sqrt(2) F A A_W))^2 of an infinite one, R_ion A kappa epsilon/d of
    pores.

    Parameters
    ----------
    fit
        The fit, and which parameters are known.
    settings
        Lengths (um), slope of the titration curve (V), molar volume, area (cm2), porosity and conductivity (S/cm).

    Returns
    -------
    Findings
        ``<tail>.diffusion_coefficient`` (cm2/s) and ``<tail>.tortuosity``.

    Source: C. Ho, I. D. Raistrick, R. A. Huggins, J. Electrochem. Soc. 127 (1980) 343; J. Landesfeind et al., J.
    Electrochem. Soc. 163 (2016) A1373.
    """
    found = Findings()
    for leaf in leaves(fit.fitted.model.tree):
        if leaf.kind in _FINITE and settings.diffusion_length_um is not None:
            found = found + _finite(fit, leaf.name, settings)
        if leaf.kind == "W" and settings.titration_slope_volt is not None:
            found = found + _infinite(fit, leaf.name, settings)
        if leaf.kind in _IONIC and settings.porosity is not None:
            found = found + _tortuosity(fit, leaf.name, f"{leaf.name}_{_IONIC[leaf.kind]}", settings)
    if found.quantities and fit.factor > 1:
        text = "the residuals are systematic: what they can shift transport quantities by is in their uncertainty"
        found = found + Findings(notes=(Note("doubt", "transport_misfit", text),))
    return found


def _not_known(name: str, what: str) -> Findings:
    text = f"no {what} from {name}: it is not known to {100 * WELL:.0f} % (see the notes on the fit)"
    return refused("no_transport_quantity", text)


def _made(quantity: str, value: float, unit: str, relative: float, settings: Settings) -> Findings:
    """A transport quantity; its uncertainty is that of the fit and of what is stated, where the latter is set."""
    stated = settings.transport_std_percent
    if stated is None:
        text = (
            "no uncertainty of transport quantities: that of the lengths, slopes and areas that are set is not stated"
        )
        note = Note("info", "transport_uncertainty", f"{text} (transport_std_percent)")
        return Findings(quantities={quantity: Quantity(value, unit)}, notes=(note,))
    std = value * float(np.hypot(relative, stated / 100.0))
    return Findings(quantities={quantity: Quantity(value, unit, std, "propagated")})


def _finite(fit: Known, name: str, settings: Settings) -> Findings:
    known = fit.value(f"{name}_tau")
    if known is None:
        return _not_known(f"{name}_tau", "diffusion coefficient")
    value = ((settings.diffusion_length_um or 0.0) * 1e-4) ** 2 / known[0]
    return _made(f"{name}.diffusion_coefficient", value, "cm2/s", known[1], settings)


def _infinite(fit: Known, name: str, settings: Settings) -> Findings:
    known, volume, area = fit.value(name), settings.molar_volume_cm3, settings.area_cm2
    if volume is None or area is None or settings.titration_slope_volt is None:
        text = f"no diffusion coefficient from {name}: it needs molar_volume_cm3, area_cm2 and titration_slope_volt"
        return refused("no_transport_quantity", text)
    if known is None:
        return _not_known(name, "diffusion coefficient")
    value = (volume * settings.titration_slope_volt / (np.sqrt(2) * _FARADAY * area * known[0])) ** 2
    return _made(f"{name}.diffusion_coefficient", float(value), "cm2/s", 2 * known[1], settings)


def _tortuosity(fit: Known, name: str, parameter: str, settings: Settings) -> Findings:
    known = fit.value(parameter)
    thickness, kappa, area = (
        settings.electrode_thickness_um,
        settings.electrolyte_conductivity_s_per_cm,
        settings.area_cm2,
    )
    if settings.porosity is None or thickness is None or kappa is None or area is None:
        text = f"no tortuosity from {name}: it needs porosity, electrode_thickness_um, area_cm2 and the conductivity"
        return refused("no_transport_quantity", text)
    if known is None:
        return _not_known(parameter, "tortuosity")
    electrodes = 2 if settings.kind is CellKind.SYMMETRIC else 1
    value = known[0] * area * kappa * settings.porosity / (electrodes * thickness * 1e-4)
    if value + 2 * value * known[1] < _LEAST_TORTUOSITY:
        text = f"no tortuosity from {name}: {value:.2g} is below 1; check thickness, porosity and conductivity"
        return refused("no_transport_quantity", text)
    return _made(f"{name}.tortuosity", value, "", known[1], settings)
