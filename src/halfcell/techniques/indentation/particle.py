r"""What follows from the diameter of a particle: its crush strength, and doubts about an indent into it.

.. math:: \sigma = \frac{2.8\,F}{\pi d^2}, \qquad P(\sigma) = 1 - e^{-(\sigma/\sigma_0)^m}

References
----------
Y. Hiramatsu, Y. Oka, Int. J. Rock Mech. Min. Sci. 3 (1966) 89 (2.8 F / (pi d^2)); W. Weibull, J. Appl. Mech. 18 (1951)
293; R. Ross, IEEE Trans. Dielectr. Electr. Insul. 3 (1996) 28 (bias of the modulus).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import weibull
from halfcell.techniques.common.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.indentation.raw_tests import RawTest
    from halfcell.techniques.indentation.settings import Settings

_DEEP = 0.1  # of the diameter: a deeper indent feels the particle's edge and what it is embedded in
_FEWEST = 5  # particles for Weibull's statistics


def diameter(test: RawTest, settings: Settings) -> float | None:
    """The particle's diameter (um): the set one, else that of the test's file.

    Parameters
    ----------
    test, settings
        What its file states, and what is set.

    Returns
    -------
    float or None
        um.

    Source: definition.
    """
    given = settings.particle_diameter_um or test.meta.get("particle_diameter_um")
    return float(given) if given else None


def crush_strength(load: float, test: RawTest, settings: Settings) -> Findings:
    r"""The strength of a particle that breaks, :math:`\sigma = 2.8\,P/(\pi d^2)`.

    Parameters
    ----------
    load
        P, N.
    test, settings
        Where the diameter d (um) and its uncertainty are from.

    Returns
    -------
    Findings
        ``crush_strength`` (MPa); nothing without a diameter.

    Source: Y. Hiramatsu, Y. Oka, Int. J. Rock Mech. Min. Sci. 3 (1966) 89.
    """
    size = diameter(test, settings)
    if size is None:
        text = "No diameter of the particle was given: no crush strength. Set particle_diameter_um."
        return Findings(notes=(Note("info", "no_crush_strength", text),))
    value = 2.8 * load / (np.pi * (size * 1e-6) ** 2) * 1e-6
    doubt = settings.diameter_doubt_um
    std = None if doubt is None else 2.0 * value * doubt / size
    return Findings(quantities={"crush_strength": Quantity(float(value), "MPa", std, "propagated" if std else "")})


def embedded(depth: float, test: RawTest, settings: Settings) -> tuple[Note, ...]:
    """A doubt where an indent (m) is deep for its particle."""
    size = diameter(test, settings)
    if size is None or depth <= _DEEP * size * 1e-6:
        return ()
    text = (
        f"The indent is {depth * 1e6 / size:.0%} of the particle's diameter deep: beyond {_DEEP:.0%} its edge and the"
        " resin or foil around it give way too, and modulus and hardness are too low."
    )
    return (Note("doubt", "deep_in_particle", text),)


def weibull_statistics(strengths: Sequence[float]) -> Findings:
    """Weibull modulus and characteristic strength of a batch, with their standard errors.

    Parameters
    ----------
    strengths
        MPa, one per particle.

    Returns
    -------
    Findings
        Modulus and strength (MPa); nothing for fewer than five.

    Source: as `maths.weibull`.
    """
    if len(strengths) < _FEWEST:
        return Findings()
    fit = weibull.fit(np.array(strengths))
    return Findings(
        quantities={
            "weibull_modulus": Quantity(fit.modulus, "", fit.modulus_std, "counting noise"),
            "characteristic_strength": Quantity(fit.scale, "MPa", fit.scale_std, "counting noise"),
        },
        notes=(Note("info", "weibull", f"Weibull statistics by maximum likelihood over {len(strengths)} particles."),),
    )
