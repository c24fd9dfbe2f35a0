r"""Circuit elements: impedance and its derivatives by the internal parameters, for a block of parameter sets.

Internal parameters are logarithms (of R, C, L, Q, A, tau); exponents are used as they are. Steps in ln R are relative,
and positivity needs no bounds. A function takes `theta` (lanes, parameters) and ln(omega) (frequencies,), writes its
derivatives into `out` (lanes, parameters, frequencies) and returns the impedance (lanes, frequencies). A lane is one
parameter set.

Conventions (the Warburg ones differ between programs):

* ``W``: Z = A (1 - j)/sqrt(omega), A in ohm s^-1/2 (impedance.py). CDC's Y: A = 1/(Y sqrt 2); sigma/sqrt(j omega):
  A = sigma/sqrt 2.
* ``Ws`` (transmissive boundary): Z = Z0 tanh(sqrt(j omega tau))/sqrt(j omega tau); ``Wo`` (reflecting boundary): coth
  instead of tanh. Z0 is the diffusion resistance. ``Wsp`` and ``Wop`` have a free exponent p in (j omega tau)^p.
* ``CPE``: Z = 1/(Q (j omega)^n); ``Zarc``: Z = R/(1 + (j omega tau)^n), the same as R || CPE with Q = tau^n/R.

Sources: E. Barsoukov, J. R. Macdonald (eds.), Impedance Spectroscopy, 3rd ed. (2018), ch. 1.3 and 2.1;
B. A. Boukamp, Solid State Ionics 20 (1986) 31 (CDC); J. R. Macdonald's and impedance.py's documentation (conventions).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from halfcell.maths.circuit.arc_elements import havriliak_negami, voigt, zarc
from halfcell.maths.circuit.diffusion_elements import gerischer, open_warburg, short_warburg, transmission_line, warburg
from halfcell.maths.circuit.passive_elements import (
    capacitor,
    cpe,
    inductor,
    modified_inductor,
    resistor,
)

Reals = NDArray[np.float64]
Complexes = NDArray[np.complex128]
Formula = Callable[[Reals, Reals, Complexes], Complexes]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an element: suffix to the element's name, unit, internal scale, allowed range of an exponent."""

    suffix: str
    unit: str
    scale: Literal["log", "exponent"] = "log"
    low: float = -np.inf
    high: float = np.inf


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of element: what it is, its parameters, its formula."""

    meaning: str
    parameters: tuple[Parameter, ...]
    formula: Formula


def _exponent(suffix: str, low: float = 0.3, high: float = 1.0) -> Parameter:
    return Parameter(suffix, "", "exponent", low, high)


_LINE = (Parameter("_Rion", "ohm"), Parameter("_Rct", "ohm"), Parameter("_Q", "S s^n"), _exponent("_n"))
_R, _TAU = Parameter("_R", "ohm"), Parameter("_tau", "s")
_FINITE = (Parameter("_Z0", "ohm"), _TAU)

KINDS: dict[str, Kind] = {
    "R": Kind("resistor", (Parameter("", "ohm"),), resistor),
    "C": Kind("capacitor", (Parameter("", "F"),), capacitor),
    "L": Kind("inductor", (Parameter("", "H"),), inductor),
    "La": Kind("inductor with exponent", (Parameter("_L", "H s^(n-1)"), _exponent("_n")), modified_inductor),
    "CPE": Kind("constant-phase element", (Parameter("_Q", "S s^n"), _exponent("_n")), cpe),
    "W": Kind("infinite diffusion", (Parameter("", "ohm s^-1/2"),), warburg),
    "Ws": Kind("finite diffusion, transmissive boundary", _FINITE, short_warburg),
    "Wo": Kind("finite diffusion, reflecting boundary", _FINITE, open_warburg),
    "Wsp": Kind("as Ws, with a free exponent", (*_FINITE, _exponent("_p", 0.1, 0.6)), short_warburg),
    "Wop": Kind("as Wo, with a free exponent", (*_FINITE, _exponent("_p", 0.1, 0.6)), open_warburg),
    "TLM": Kind("transmission line of pores whose walls react", _LINE, transmission_line),
    "Zarc": Kind("depressed arc", (_R, _TAU, _exponent("_n")), zarc),
    "K": Kind("resistor and capacitor in parallel", (_R, _TAU), voigt),
    "G": Kind("Gerischer", (_R, _TAU), gerischer),
    "H": Kind("Havriliak-Negami arc", (_R, _TAU, _exponent("_n"), _exponent("_b")), havriliak_negami),
}

CDC_SYMBOLS = ("Q", *KINDS)
