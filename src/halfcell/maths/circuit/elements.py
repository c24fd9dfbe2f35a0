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

Reals = NDArray[np.float64]
Complexes = NDArray[np.complex128]
Formula = Callable[[Reals, Reals, Complexes], Complexes]

_HALF_PI = 0.5 * np.pi  # the phase of j


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


def resistor(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    """Resistor, :math:`Z = R`.

    `theta` is ln R (ohm), shape (lanes, 1).
    ln omega (frequencies,), `out` and the impedance (ohm) as this module describes them.
    """
    z = np.exp(theta) + np.zeros(len(log_omega), dtype=complex)
    out[:, 0] = z
    return z


def capacitor(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Capacitor, :math:`Z = 1/(j \omega C)`.

    `theta` is ln C (F), shape (lanes, 1).
    ln omega (frequencies,), `out` and the impedance (ohm) as this module describes them.
    """
    z = -1j * np.exp(-theta - log_omega)
    out[:, 0] = -z
    return z


def inductor(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Inductor, :math:`Z = j \omega L`.

    `theta` is ln L (H), shape (lanes, 1).
    ln omega (frequencies,), `out` and the impedance (ohm) as this module describes them.
    """
    z = 1j * np.exp(theta + log_omega)
    out[:, 0] = z
    return z


def _power(exponent: Reals, log_x: Reals) -> Complexes:
    """(j x)^n for a column of exponents."""
    return np.asarray(np.exp(exponent * log_x) * np.exp(1j * _HALF_PI * exponent))


def cpe(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Constant-phase element, :math:`Z = 1/(Q (j \omega)^n)`.

    `theta` is ln Q (S s^n) and n, shape (lanes, 2).
    ln omega (frequencies,), `out` and the impedance (ohm) as this module describes them.
    Source: G. J. Brug et al., J. Electroanal. Chem. 176 (1984) 275.
    """
    z = np.exp(-theta[:, :1]) * _power(-theta[:, 1:2], log_omega)
    out[:, 0] = -z
    out[:, 1] = -z * (log_omega + 1j * _HALF_PI)
    return z


def modified_inductor(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Inductor with losses, :math:`Z = L (j \omega)^n`.

    `theta` is ln L (ohm s^n) and n, shape (lanes, 2).
    ln omega (frequencies,), `out` and the impedance (ohm) as this module describes them.
    """
    z = np.exp(theta[:, :1]) * _power(theta[:, 1:2], log_omega)
    out[:, 0] = z
    out[:, 1] = z * (log_omega + 1j * _HALF_PI)
    return z


def warburg(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Diffusion into a half space, :math:`Z = A (1 - j)/\sqrt{\omega}`.

    `theta` is ln A (ohm s^-1/2), shape (lanes, 1).
    ln omega (frequencies,), `out` and the impedance (ohm) as this module describes them.
    Source: E. Warburg, Ann. Phys. 303 (1899) 493.
    """
    z = (1 - 1j) * np.exp(theta - 0.5 * log_omega)
    out[:, 0] = z
    return z


def _finite(theta: Reals, log_omega: Reals, out: Complexes, sign: int) -> Complexes:
    """Z = Z0 f(x)/x with x = (j omega tau)^p, f = tanh (sign +1) or coth (-1); dZ/dln x = Z0 (1 - f^2 - f/x)."""
    log_x = log_omega + theta[:, 1:2]
    p = theta[:, 2:3] if theta.shape[1] > 2 else np.full_like(theta[:, :1], 0.5)
    x = _power(p, log_x)
    decay = np.exp(-2 * x)
    f = (1 - decay) / (1 + decay) if sign > 0 else (1 + decay) / -np.expm1(-2 * x)
    z0 = np.exp(theta[:, :1])
    z = z0 * f / x
    slope = z0 * (1 - f * f) - z
    out[:, 0] = z
    out[:, 1] = p * slope
    if theta.shape[1] > 2:
        out[:, 2] = slope * (log_x + 1j * _HALF_PI)
    return np.asarray(z)


def short_warburg(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Diffusion to a boundary that lets pass, :math:`Z = Z_0 \tanh(\sqrt{j \omega \tau})/\sqrt{j \omega \tau}`.

    `theta` is ln Z0 (ohm) and ln tau (s), shape (lanes, 2); a third column is an exponent in the place of 1/2.
    ln omega (frequencies,), `out` and the impedance (ohm) as this module describes them.
    Source: T. Jacobsen, K. West, Electrochim. Acta 40 (1995) 255.
    """
    return _finite(theta, log_omega, out, +1)


def open_warburg(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Diffusion to a boundary that blocks, :math:`Z = Z_0 \coth(\sqrt{j \omega \tau})/\sqrt{j \omega \tau}`.

    `theta` is ln Z0 (ohm) and ln tau (s), shape (lanes, 2); a third column is an exponent in the place of 1/2.
    ln omega (frequencies,), `out` and the impedance (ohm) as this module describes them.
    Source: T. Jacobsen, K. West, Electrochim. Acta 40 (1995) 255.
    """
    return _finite(theta, log_omega, out, -1)


def transmission_line(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Pores whose walls react, :math:`Z = R_{ion} \coth(x)/x` with :math:`x^2 = R_{ion} (1/R_{ct} + Q (j \omega)^n)`.

    `theta` is ln R_ion (ohm), ln R_ct (ohm), ln Q (S s^n) and n, shape (lanes, 4).
    ln omega (frequencies,), `out` and the impedance (ohm) as this module describes them.
    Source: R. de Levie, Electrochim. Acta 8 (1963) 751.
    """
    ionic, n = np.exp(theta[:, :1]), theta[:, 3:4]
    charged = np.exp(theta[:, 2:3]) * _power(n, log_omega)
    reacted = np.exp(-theta[:, 1:2])
    admittance = charged + reacted
    x = np.sqrt(ionic * admittance)
    f = (1 + np.exp(-2 * x)) / -np.expm1(-2 * x)
    z = ionic * f / x
    slope = 0.5 * (ionic * (1 - f * f) - z)  # dZ/dln x^2
    out[:, 0] = z + slope
    out[:, 1] = -slope * reacted / admittance
    out[:, 2] = slope * charged / admittance
    out[:, 3] = out[:, 2] * (log_omega + 1j * _HALF_PI)
    return np.asarray(z)


def zarc(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Depressed arc, :math:`Z = R/(1 + (j \omega \tau)^n)`: a resistor beside a constant-phase element.

    `theta` is ln R (ohm), ln tau (s) and n, shape (lanes, 3).
    ln omega (frequencies,), `out` and the impedance (ohm) as this module describes them.
    Source: K. S. Cole, R. H. Cole, J. Chem. Phys. 9 (1941) 341.
    """
    log_x, n = log_omega + theta[:, 1:2], theta[:, 2:3]
    r = np.exp(theta[:, :1])
    z = r / (1 + _power(n, log_x))
    slope = z * z / r - z  # -R u/(1 + u)^2
    out[:, 0] = z
    out[:, 1] = n * slope
    out[:, 2] = slope * (log_x + 1j * _HALF_PI)
    return np.asarray(z)


def voigt(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Arc of a resistor beside a capacitor, :math:`Z = R/(1 + j \omega \tau)`.

    `theta` is ln R (ohm) and ln tau (s), shape (lanes, 2).
    ln omega (frequencies,), `out` and the impedance (ohm) as this module describes them.
    """
    r = np.exp(theta[:, :1])
    z = r / (1 + 1j * np.exp(log_omega + theta[:, 1:2]))
    out[:, 0] = z
    out[:, 1] = z * z / r - z
    return np.asarray(z)


def gerischer(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Diffusion with a reaction, :math:`Z = R/\sqrt{1 + j \omega \tau}`.

    `theta` is ln R (ohm) and ln tau (s), shape (lanes, 2).
    ln omega (frequencies,), `out` and the impedance (ohm) as this module describes them.
    Source: H. Gerischer, Z. Phys. Chem. 198 (1951) 286.
    """
    jx = 1j * np.exp(log_omega + theta[:, 1:2])
    z = np.exp(theta[:, :1]) / np.sqrt(1 + jx)
    out[:, 0] = z
    out[:, 1] = -0.5 * z * jx / (1 + jx)
    return np.asarray(z)


def havriliak_negami(theta: Reals, log_omega: Reals, out: Complexes) -> Complexes:
    r"""Arc that is depressed and skewed, :math:`Z = R/(1 + (j \omega \tau)^n)^b`.

    `theta` is ln R (ohm), ln tau (s), n and b, shape (lanes, 4).
    ln omega (frequencies,), `out` and the impedance (ohm) as this module describes them.
    Source: S. Havriliak, S. Negami, Polymer 8 (1967) 161.
    """
    log_x, n, b = log_omega + theta[:, 1:2], theta[:, 2:3], theta[:, 3:4]
    u = _power(n, log_x)
    z = np.exp(theta[:, :1]) * np.exp(-b * np.log1p(u))
    slope = -b * z * u / (1 + u)
    out[:, 0] = z
    out[:, 1] = n * slope
    out[:, 2] = slope * (log_x + 1j * _HALF_PI)
    out[:, 3] = -z * np.log1p(u)
    return np.asarray(z)


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
