"""Choice of a circuit: the simplest that the data determine, or the neighbours of one that was set, ranked by BIC.

BIC = n ln(S/n) + p ln n over n = 2 N weighted residuals. A difference below 6 is a tie, above 10 decisive (R. E. Kass,
A. E. Raftery, J. Am. Stat. Assoc. 90 (1995) 773). Circuits with identical impedance (R-(R||C) and its nested forms)
cannot be distinguished by any fit, so that only one of them is tried.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.circuit.circuit_fit import RESOLUTION, Fitted, fit_spectra
from halfcell.maths.circuit.grammar import Element, Node, Series, leaves
from halfcell.maths.circuit.model import build
from halfcell.maths.circuit.nested import signature
from halfcell.maths.circuit.series_layout import EVERY_TAIL, TAILS, layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.impedance.spectrum import Marks, Spectrum

TIE, DECISIVE = 6.0, 10.0  # differences in BIC
WORSE = 4.0  # residual over that of the best circuit above which a circuit does not describe the spectrum
_LOOPS = ("p(R1,CPE1,Rloop-Lloop)", "p(R1,CPE1)-p(R2,CPE2,Rloop-Lloop)")
_LOOP_POINTS, _BEYOND, _LEAST_NOISE = 3, 3.0, 1e-4  # points of a loop; how far beyond the noise; noise of |Z|
_HALF_WIDTH = 2 + 3**0.5  # omega tau at which -Im Z of R || C is half of what it is at the apex
_APEX = {"Ws": 2.54, "Wsp": 2.54, "Wo": 2.54, "Wop": 2.54, "G": 3**0.5}  # omega tau at the apex, or the bend, of a tail
_ARC_NAMES = (("1",), ("int", "ct"), ("int", "ct", "3"))
_SEEN = 0.5  # standard uncertainty of ln R: a resistance two of them above zero
_MOST_ARCS = 4  # chosen: more than a spectrum of six decades determines


def fit_one(circuit: str, spectrum: Spectrum, starts: int, known: Sequence[Fitted] = ()) -> Fitted:
    """Fit one circuit to a spectrum; `known` are fits of other circuits to it, which may serve as starts.

    Parameters
    ----------
    circuit
        Its text.
    spectrum
        Frequencies (Hz), impedances (ohm) and weights.
    starts
        How many starts.
    known
        Fits of other circuits to the same spectrum.

    Returns
    -------
    Fitted
        Parameters with their covariance, and the criterion.

    Source: as `maths.circuit.circuit_fit`.
    """
    optima = {key: theta for fitted in known for key, theta in fitted.below.items()}
    optima |= {key: fitted.theta[None] for fitted in known if (key := signature(fitted.model))}
    data = spectrum.frequency, spectrum.impedance[None], spectrum.weights[None]
    return fit_spectra(circuit, *data, starts, optima)[0]


def tried(spectrum: Spectrum, starts: int) -> tuple[Fitted, ...]:
    """Fits of circuits with up to three arcs and every tail, of a single CPE, and of the best one without its resistor.

    If points at high frequency are inductive, all circuits have a lead inductance, and for each number of arcs the one
    without a tail and the best one are also tried without it. Otherwise these two are also tried with it. If points at
    low frequency are inductive, circuits with a loop (R and L beside an arc) are tried as well.

    Parameters
    ----------
    spectrum
        Frequencies (Hz), impedances (ohm) and weights.
    starts
        How many starts each circuit gets.

    Returns
    -------
    tuple of Fitted
        One per circuit.

    Source: procedure of this package.
    """
    coil, other = ("L-", "") if inductive(spectrum).any() else ("", "L-")
    fits = _fitted([f"{coil}Rs-CPEd"], spectrum, starts)
    for names in _ARC_NAMES:
        body = "Rs-" + "-".join(f"p(R{n},CPE{n})" for n in names)
        texts = [coil + body, *(f"{coil}{body}-{tail}" for tail in _tails())]
        own = _fitted(texts, spectrum, starts, tuple(fits.values()))
        if own:
            best = min(own.values(), key=lambda fitted: fitted.bic).model.text
            texts = [other + body, other + best.removeprefix("L-")]
            fits |= own | _fitted(texts, spectrum, starts, tuple(fits.values()))
    if (loop_points(spectrum) & spectrum.used).any():
        fits |= _fitted([f"{coil}Rs-{body}" for body in _LOOPS], spectrum, starts)
    best_one = min(fits.values(), key=lambda fitted: fitted.bic)
    if best_one.model.names.index("Rs") in undetermined(best_one):
        bare = best_one.model.text.replace("Rs-", "")
        fits |= _fitted([bare, bare.rpartition("-")[0]], spectrum, starts)
    return tuple(fits.values())


def _fitted(texts: Sequence[str], spectrum: Spectrum, starts: int, known: Sequence[Fitted] = ()) -> dict[str, Fitted]:
    """Fits of those circuits for which there are enough points and which have an arc or a tail."""
    good = [text for text in dict.fromkeys(texts) if ("p(" in text or "CPE" in text) and enough(text, spectrum)]
    fits: dict[str, Fitted] = {}
    for text in good:
        fits[text] = fit_one(text, spectrum, starts, (*known, *fits.values()))
    return fits


def enough(circuit: str, spectrum: Spectrum) -> bool:
    """Whether there are enough points to fit a circuit: twice their number is at least its parameters and four."""
    return 2 * int(spectrum.used.sum()) >= len(build(circuit).names) + 4


def simplest(fits: Sequence[Fitted], spectrum: Spectrum) -> Fitted:
    """The chosen circuit: the lowest BIC among those the data determine; among ties the one with fewest parameters.

    A circuit whose residual is more than four times that of the best is not taken; if none is left, the best is taken.

    Parameters
    ----------
    fits
        Fits of several circuits.
    spectrum
        What they were fitted to.

    Returns
    -------
    Fitted
        The chosen one.

    Source: G. Schwarz, Ann. Stat. 6 (1978) 461, for the criterion.
    """
    best = min(fits, key=lambda fitted: fitted.bic)
    most = WORSE * max(best.uncertainty.rms, RESOLUTION)
    good = [f for f in fits if f.uncertainty.rms <= most and supported(f, spectrum)] or [best]
    least = min(fitted.bic for fitted in good)
    return min((f for f in good if f.bic <= least + TIE), key=lambda f: (len(f.model.names), f.bic))


def supported(fitted: Fitted, spectrum: Spectrum) -> bool:
    """Whether the data determine a circuit: parameters to a factor of ten, all arcs seen, the tail slowest.

    An arc is seen if its resistance is two standard uncertainties above zero and its apex is within the frequencies. A
    tail with a time constant must be slower than every arc by half the width of an arc, or it describes something else.

    Parameters
    ----------
    fitted
        The fit.
    spectrum
        What was fitted: frequencies (Hz).

    Returns
    -------
    bool
        Whether every part of the circuit is seen in the data.

    Source: procedure of this package.
    """
    f = spectrum.frequency[spectrum.used]
    taus = [float(np.exp(fitted.model.log_tau(arc, fitted.theta))) for arc in fitted.model.arcs]
    known = all(fitted.uncertainty.log_std[arc.resistance] < _SEEN for arc in fitted.model.arcs)
    inside = all(f.min() <= 1 / (2 * np.pi * tau) <= f.max() for tau in taus)
    return known and inside and tail_apart(fitted, _HALF_WIDTH) and not undetermined(fitted)


def tail_apart(fitted: Fitted, factor: float = 1.0) -> bool:
    """Whether a tail with a time constant is slower than every arc by a factor.

    Parameters
    ----------
    fitted
        The fit.
    factor
        Of time constants of apex and bend.

    Returns
    -------
    bool
        True for other tails.

    Source: procedure of this package.
    """
    times = [
        fitted.values[f"{leaf.name}_tau"] / _APEX[leaf.kind] for leaf in leaves(fitted.model.tree) if leaf.kind in _APEX
    ]
    taus = [float(np.exp(fitted.model.log_tau(arc, fitted.theta))) for arc in fitted.model.arcs]
    return all(time > factor * tau for time in times for tau in taus)


def undetermined(fitted: Fitted) -> tuple[int, ...]:
    """Indices of parameters whose 95 % interval is wider than a factor of ten in either direction.

    Parameters
    ----------
    fitted
        The fit.

    Returns
    -------
    tuple of int
        Places of the parameters.

    Source: procedure of this package.
    """
    relative = fitted.uncertainty.log_std
    wide = np.isfinite(relative) & (relative * fitted.uncertainty.t > np.log(10.0))
    logs = [parameter.scale == "log" for parameter in fitted.model.parameters]
    return tuple(int(i) for i in np.flatnonzero(wide & np.array(logs)))


def inductive(spectrum: Spectrum) -> Marks:
    """Points with a positive imaginary part in the upper half of the (logarithmic) frequency range.

    Parameters
    ----------
    spectrum
        Frequencies (Hz) and impedances (ohm).

    Returns
    -------
    numpy.ndarray
        Marks, shape (n,).

    Source: procedure of this package.
    """
    z, f = spectrum.impedance, spectrum.frequency
    return np.asarray(spectrum.used & (z.imag > 0) & (f > np.sqrt(f.max() * f.min())))


def loop_points(spectrum: Spectrum) -> Marks:
    """Points in the lower half of the (logarithmic) frequency range whose imaginary part is positive beyond noise.

    Points outside the frequency range that is fitted count as well: cutting a loop off does not take it out of the arc.

    Parameters
    ----------
    spectrum
        Frequencies (Hz), impedances (ohm), and the noise.

    Returns
    -------
    numpy.ndarray
        Marks, shape (n,); none where fewer than three points are beyond the noise.

    Source: procedure of this package.
    """
    z, f = spectrum.impedance, spectrum.frequency
    least = _BEYOND * max(spectrum.test.noise, _LEAST_NOISE) * np.abs(z)
    found = np.asarray((z.imag > least) & (f < np.sqrt(f.max() * f.min())))
    return found if found.sum() >= _LOOP_POINTS else np.zeros(len(f), dtype=bool)


def neighbours(circuit: str) -> tuple[str, ...]:
    """Circuits that differ by the tail, by one arc or by a lead inductance; none if the circuit is no plain series."""
    model = build(circuit)
    plan = layout(model)
    if plan is None or not plan.arcs:
        return ()
    parts = list(model.tree.parts) if isinstance(model.tree, Series) else [model.tree]
    body = [p for p in parts if not (isinstance(p, Element) and p.kind in EVERY_TAIL)]
    tail = [p for p in parts if isinstance(p, Element) and p.kind in EVERY_TAIL]
    found = [[*body, *other] for other in _other_tails(tail)]
    found.append([*body, "p(Rx,CPEx)", *tail] if len(plan.arcs) < _MOST_ARCS else [])
    if len(plan.arcs) > 1:
        last = max(i for i, part in enumerate(body) if not _single(part))
        found.append([*body[:last], *body[last + 1 :], *tail])
    coils = [p for p in parts if isinstance(p, Element) and p.kind == "L"]
    found.append([p for p in parts if p not in coils] if coils else ["Lx", *parts])
    return tuple("-".join(map(str, one)) for one in found if one)


def _single(part: Node) -> bool:
    return isinstance(part, Element) and part.kind not in {"Zarc", "K"}


def _tails() -> tuple[str, ...]:
    return tuple(f"{t}d" if t in {"CPE", "C"} else t for t in TAILS)


def _other_tails(tail: Sequence[Node]) -> list[list[str]]:
    kind = tail[0].kind if tail and isinstance(tail[0], Element) else ""
    offered = [[], *([t] for t in _tails())]
    return [o for o in offered if (o[0] if o else "").removesuffix("d") != kind]
