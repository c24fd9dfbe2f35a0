r"""Transport number of the cation by Bruce and Vincent: a symmetric cell with electrodes of its metal, a small bias.

t = I_ss (U - I_0 R_0)/(I_0 (U - I_ss R_ss)), with R_0 and R_ss the resistances of both interfaces together before and
after polarisation, from impedance. I_0 is U/(R_b + R_0) where the resistance of the electrolyte R_b is stated, because
the first record is later than the step; otherwise the first record. The formula holds for ideal, dilute salts and a
bias of some ten millivolts.

Sources: J. Evans, C. A. Vincent, P. G. Bruce, Polymer 28 (1987) 2324; M. M. Hiller et al., Electrochim. Acta 114 (2013)
21 (initial current by Ohm's law).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.techniques.common.findings import Findings, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from halfcell.techniques.polarisation.settings import Settings
    from halfcell.techniques.polarisation.transient import Transient

    Reals = NDArray[np.float64]

_LARGE_VOLT = 0.02  # a larger bias is no longer linear
_QUICK = 0.02  # of the current: a larger change between the first two records means that the first one is late
_MORE = 0.05  # a first current that is larger than that of Ohm's law by this part contradicts it
_STEP = 1e-6  # relative, of a numerical derivative: between rounding and curvature


def transport_number(found: Transient, settings: Settings, current_std: float, *, steady: bool) -> Findings:
    """Transport number, t = I_ss (U - I_0 R_0)/(I_0 (U - I_ss R_ss)), of a record at rest.

    The uncertainty is that of the currents and of the resistances that are set; without that of the latter there is
    none, since the former know themselves far better.

    Parameters
    ----------
    found
        Steady current (A), bias (V), and the record.
    settings
        Resistances of both interfaces together before and after (ohm), and of the electrolyte.
    current_std
        Standard uncertainty of the steady current (A).
    steady
        Whether the current has come to rest.

    Returns
    -------
    Findings
        ``transport_number``; nothing where no interface resistances are set.

    Source: J. Evans, C. A. Vincent, P. G. Bruce, Polymer 28 (1987) 2324.
    """
    before, after = settings.interface_before_ohm, settings.interface_after_ohm
    if before is None or after is None:
        return Findings()
    if not steady:
        return refused("no_transport_number", "no transport number: the current has not come to rest")
    bulk = settings.bulk_resistance_ohm
    first = float(found.current[0])
    values = np.array([abs(found.value), before, after, first if bulk is None else bulk])
    resistance_std = settings.interface_std_ohm
    spread = np.array([current_std, resistance_std, resistance_std, 0.0 if bulk is None else settings.bulk_std_ohm])
    number = _formula(abs(found.bias), ohmic=bulk is not None)
    value = number(values)
    if not np.isfinite(value) or not 0 < value <= 1:
        text = f"no transport number: the formula gives {value:.3g}, which no salt has; check the interface resistances"
        return refused("no_transport_number", text)
    steps = np.diag(np.maximum(np.abs(values), 1e-300) * _STEP)
    slopes = np.array([(number(values + s) - number(values - s)) / (2 * s.max()) for s in steps])
    std = float(np.sqrt(np.sum((slopes * spread) ** 2)))
    known = resistance_std > 0 and (bulk is None or settings.bulk_std_ohm > 0)
    quantity = Quantity(value, "", std, "propagated") if known else Quantity(value, "", decimals=2)
    return Findings(quantities={"transport_number": quantity}, notes=_notes(found, settings, late=bulk is None))


def _formula(bias: float, *, ohmic: bool) -> Callable[[Reals], float]:
    """t of (I_ss, R_0, R_ss, and R_b or I_0)."""

    def number(values: Reals) -> float:
        steady, before, after, last = (float(v) for v in values)
        initial = bias / (last + before) if ohmic else last
        return steady * (bias - initial * before) / (initial * (bias - steady * after))

    return number


def _notes(found: Transient, settings: Settings, *, late: bool) -> tuple[Note, ...]:
    notes = []
    if abs(found.bias) > _LARGE_VOLT:
        text = f"a bias of {1000 * abs(found.bias):.3g} mV is large for the formula of Bruce and Vincent: use 10 mV"
        notes.append(Note("doubt", "large_bias", text))
    if late and abs(found.current[1] / found.current[0] - 1) > _QUICK:
        text = (
            "the current falls quickly at the first record, which is later than the step: the initial current is too "
            "small and the transport number too large; set bulk_resistance_ohm"
        )
        notes.append(Note("doubt", "initial_current_late", text))
    bulk, before = settings.bulk_resistance_ohm, settings.interface_before_ohm
    if bulk is not None and before is not None:
        ohmic = abs(found.bias) / (bulk + before)
        if found.current[0] > (1 + _MORE) * ohmic:
            text = f"the first current, {found.current[0]:.3g} A, is larger than bias over resistances, {ohmic:.3g} A: "
            text += "the electrodes differ by some voltage (rest before, apply the bias against open circuit), or the "
            notes.append(Note("doubt", "initial_current_large", f"{text}impedance is that of another state"))
    unsure = [name for name in ("interface_std_ohm", "bulk_std_ohm") if not getattr(settings, name)]
    if unsure and (unsure != ["bulk_std_ohm"] or bulk is not None):
        text = f"no uncertainty of the transport number: not stated: {' and '.join(unsure)}"
        notes.append(Note("info", "interface_uncertainty_not_stated", text))
    return tuple(notes)
