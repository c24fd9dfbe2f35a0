"""X-rays excited by X-rays, against photons that are followed one by one, and against measured continua."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.materials.x_rays import absorption_of, mass_absorption, x_ray_element
from halfcell.maths.depth_distribution import depth_distribution
from halfcell.techniques.edx.continuum import matrix_of
from halfcell.techniques.edx.fluorescence import Excitation, by_continuum

K412 = {"O": 0.4276, "Mg": 0.1166, "Al": 0.0491, "Si": 0.2120, "Ca": 0.1090, "Fe": 0.0774}
_PHOTONS = 200_000


def _followed(shares: dict[str, float], energy: float, line_energy: float, rng: np.random.Generator) -> float:
    """Of photons in all directions, the part that iron absorbs and whose line comes out, per mass fraction of iron.

    Over the part that comes out of a line made where they are: both start at depths that fall off as Lenard's law has
    it for electrons of 20 keV (3.3e5/(E0^1.65 - E^1.65), in g/cm2). The take-off angle is 35 degrees.
    """
    start = rng.exponential((20.0**1.65 - energy**1.65) / 3.3e5, _PHOTONS)
    path = rng.exponential(1.0 / float(absorption_of(shares, energy)), _PHOTONS)  # g/cm2
    depth = start + path * rng.uniform(-1.0, 1.0, _PHOTONS)
    per_depth = float(absorption_of(shares, line_energy)) / np.sin(np.radians(35.0))
    out = np.where(depth > 0, np.exp(-np.maximum(depth, 0.0) * per_depth), 0.0)
    by_iron = float(mass_absorption("Fe", energy) / absorption_of(shares, energy))
    return float(out.mean() / np.exp(-start * per_depth).mean()) * by_iron


@pytest.mark.parametrize("shares", [{"Fe": 1.0}, K412])
def test_the_continuum_excites_iron_as_often_as_photons_that_are_followed(shares: dict[str, float]) -> None:
    """Monte Carlo over the continuum by Kramers' law; coefficients at least from 1 % above the edge."""
    rng = np.random.default_rng(1)
    iron, beam = x_ray_element("Fe"), 20.0
    edge, _, jump = iron.edges["K"]
    integral = depth_distribution(matrix_of(shares), beam, edge, "K", iron.number).integral
    energy = np.geomspace(edge, beam * 0.999, 40)
    number = sum(share * x_ray_element(symbol).number for symbol, share in shares.items())
    out = np.array([_followed(shares, max(one, 1.01 * edge), iron.lines["Ka"][0], rng) for one in energy])
    excited = np.trapezoid(2.2e-6 * number * (beam - energy) / energy * out, energy) * (jump - 1.0) / jump
    over = beam / edge
    by_electrons = 6.022e23 / iron.mass * 7.92e-20 * np.log(over) / over / edge**2 * integral
    found = by_continuum(Excitation(element="Fe", line="Ka", beam=beam, take_off=35.0), shares, integral)
    assert found == pytest.approx(excited / by_electrons, rel=0.02)


def test_iron_in_a_light_matrix_gains_more_than_pure_iron() -> None:
    """About 1 % of the k-ratio: the glass makes less continuum, but leaves more of it to the iron."""
    made = []
    for shares in ({"Fe": 1.0}, K412):
        iron = x_ray_element("Fe")
        integral = depth_distribution(matrix_of(shares), 20.0, iron.edges["K"][0], "K", iron.number).integral
        made.append(by_continuum(Excitation(element="Fe", line="Ka", beam=20.0, take_off=35.0), shares, integral))
    assert 0.02 < made[0] < 0.05
    assert 1.005 < (1.0 + made[1]) / (1.0 + made[0]) < 1.02
