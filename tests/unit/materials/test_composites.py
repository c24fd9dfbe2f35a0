"""From a recipe to capacity and swelling; mass fractions from a capacity; balance of a cell in both directions."""

from __future__ import annotations

import pytest

from halfcell.core.errors import InputError, Refused
from halfcell.materials.cell_balance import BalancedElectrode, CellBalance, anode_for, loading_for
from halfcell.materials.composites import (
    Part,
    capacity,
    capacity_shares,
    common_utilisation,
    density,
    milled_with_metal,
    swelling,
    volume_change,
)  # fmt: skip
from halfcell.materials.mass_fractions import Prior, infer

# Table S1 and S2 of the document the product is made for: first charge, mAh/g
TIN = {"0": 3275.4, "5": 3167.9, "10": 3129.2, "15": 3049.8, "20": 2955.7}
SILICIDES = {"Fe": 1763.1, "Co": 1771.5, "Ni": 1756.9}


def _si_sn(percent: float) -> tuple[Part, ...]:
    return (Part(name="Si", mass_fraction=1 - percent / 100), Part(name="Sn", mass_fraction=percent / 100))


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("Si", 2.75, 2.85),  # Obrovac and Krause, J. Electrochem. Soc. 154 (2007) A103: 280 % for Li15Si4
        ("Sn", 2.45, 2.62),  # about 260 %: Winter and Besenhard, Electrochim. Acta 45 (1999) 31
        ("graphite", 0.10, 0.14),  # 10 to 13 %: Schweidler et al., J. Phys. Chem. C 122 (2018) 8829
        ("CoSi2", 0.0, 0.0),
    ],
)
def test_volumes_change_on_lithiation_as_is_known(name: str, low: float, high: float) -> None:
    assert low <= volume_change(name) <= high


def test_one_utilisation_gives_both_tables_within_three_percent() -> None:
    """The recipe Si:Sn:M = 70:10:20 is not printed; it is what the capacities fit."""
    recipes = {f"Sn-{name}": _si_sn(float(name)) for name in TIN}
    recipes |= {name: milled_with_metal(70, 10, 20, name) for name in SILICIDES}
    measured = {f"Sn-{name}": value for name, value in TIN.items()} | SILICIDES
    used = common_utilisation(recipes, measured)
    assert used == pytest.approx(0.939, abs=0.005)
    errors = {name: capacity(recipes[name]).value * used / value - 1 for name, value in measured.items()}
    assert max(map(abs, errors.values())) < 0.03


def test_silicide_takes_its_silicon() -> None:
    """20 g of cobalt bind 20 / 58.933 x 2 x 28.085 = 19.06 g of silicon."""
    silicon, tin, silicide = milled_with_metal(70, 10, 20, "Co")
    assert (silicon.mass_fraction, tin.mass_fraction, silicide.mass_fraction) == pytest.approx(
        (0.5094, 0.10, 0.3906), abs=1e-4
    )
    with pytest.raises(Refused, match="would bind"):
        milled_with_metal(10, 0, 20, "Co")


def test_uncertainty_of_a_mixture_is_that_of_simulated_weighings() -> None:
    import numpy as np

    parts = (
        Part(name="Si", mass_fraction=0.6, mass_fraction_std=0.01, utilisation=0.9, utilisation_std=0.02),
        Part(name="graphite", mass_fraction=0.4, mass_fraction_std=0.01),
    )
    rng = np.random.default_rng(0)
    masses = rng.normal([0.6, 0.4], 0.01, (100_000, 2))
    used = rng.normal(0.9, 0.02, 100_000)
    drawn = (masses[:, 0] * 3578.6 * used + masses[:, 1] * 371.9) / masses.sum(axis=1)
    assert capacity(parts).value == pytest.approx(drawn.mean(), rel=2e-3)
    assert capacity(parts).std == pytest.approx(drawn.std(), rel=0.03)


def test_shares_and_swelling() -> None:
    parts = milled_with_metal(70, 10, 20, "Co")
    shares = capacity_shares(parts)
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["Si"] == pytest.approx(0.95, abs=0.01)
    densities = {"Si": 2.329, "Sn": 7.287, "CoSi2": 4.95}
    assert density(parts, densities) == pytest.approx(3.2, abs=0.1)
    assert 1.9 < swelling(parts, densities) < 2.2
    assert swelling((Part(name="Si", mass_fraction=1.0),), densities) == pytest.approx(volume_change("Si"))


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((Part(name="Si", mass_fraction=0.5),), "sum to 0.5"),
        ((Part(name="Si", mass_fraction=1.2), Part(name="Sn", mass_fraction=-0.2)), "negative"),
        ((Part(name="carbon", mass_fraction=1.0),), "give a measured one"),
    ],
)
def test_impossible_recipes_are_refused(parts: tuple[Part, ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        capacity(parts)


def test_mass_fractions_from_a_capacity() -> None:
    """With tin fixed, one capacity fixes silicon: 0.1 x 960 + w x 3579 = 1771.5 / 0.939 gives w = 0.500."""
    priors = (
        Prior(name="Si", low=0.0, high=1.0, mah_per_g=3578.6 * 0.939),
        Prior(name="Sn", low=0.1, high=0.1, mah_per_g=959.5 * 0.939),
        Prior(name="CoSi2", low=0.0, high=1.0, mah_per_g=0.0),
    )
    found = infer(priors, 1771.5, 20.0)
    assert found["Si"].mean == pytest.approx(0.5004, abs=0.002)
    assert found["Si"].std == pytest.approx(20 / 3360, rel=0.05)
    free = (priors[0], Prior(name="Sn", low=0.0, high=0.4, mah_per_g=901.0), priors[2])
    wide = infer(free, 1771.5, 20.0)
    assert wide["Sn"].std > 0.08, "one capacity cannot fix two fractions"
    assert wide["Si"].std > 4 * found["Si"].std


def test_a_capacity_that_contradicts_the_priors_is_refused() -> None:
    priors = (
        Prior(name="graphite", low=0.5, high=1.0, mah_per_g=372),
        Prior(name="C", low=0.0, high=0.5, mah_per_g=250),
    )
    with pytest.raises(Refused, match="contradicts the priors"):
        infer(priors, 1500.0, 10.0)
    with pytest.raises(InputError, match="sum to 1"):
        infer((Prior(name="Si", low=0.0, high=0.4, mah_per_g=3579),), 1000.0, 10.0)


# Table S5 of the document: 12.18 of 15.23 mg are NCM811, 2.01 of 2.87 mg composite, 1.76 mg separator, 0.7854 cm2
AREA = 0.7854
COMPOSITE = CellBalance(
    cathode=BalancedElectrode(
        loading_mg_per_cm2=12.18 / AREA, active_fraction=12.18 / 15.23, first_mah_per_g=220, reversible_mah_per_g=205
    ),
    anode=BalancedElectrode(
        loading_mg_per_cm2=2.01 / AREA, active_fraction=2.01 / 2.87, first_mah_per_g=1556, reversible_mah_per_g=1255
    ),
    separator_mg_per_cm2=1.76 / AREA,
)


def test_lithium_of_the_first_cycle() -> None:
    """12.18 mg x 220 mAh/g = 2.680 mAh, less 2.01 mg x 301 mAh/g = 0.605 mAh kept by the anode: 170 mAh/g are left."""
    assert COMPOSITE.np_ratio == pytest.approx(2.01 * 1556 / (12.18 * 220))
    assert COMPOSITE.discharge * AREA / 12.18 * 1000 == pytest.approx(
        170.4 + 301 * 2.01 / 12.18 * (1 - 2.6796 / 3.1276), abs=0.5
    )


def test_printed_energy_density() -> None:
    """187.4 mAh/g at 3.78 V are printed as 434.4 Wh/kg of both electrodes and the separator."""
    delivered = 187.4 * 12.18 / 1000 / AREA
    assert COMPOSITE.energy_density(3.78, "electrodes and separator", delivered) == pytest.approx(434.4, abs=0.1)
    masses = [
        COMPOSITE.mass(basis) for basis in ("active materials", "electrodes", "electrodes and separator", "stack")
    ]
    assert masses == sorted(masses)


def test_which_loading_gives_an_energy_density() -> None:
    made = loading_for(COMPOSITE, 3.5, "electrodes and separator", 380.0)
    assert made.energy_density(3.5, "electrodes and separator") == pytest.approx(380.0)
    assert made.np_ratio == pytest.approx(COMPOSITE.np_ratio)
    with pytest.raises(Refused, match="no loading gives 500"):
        loading_for(COMPOSITE, 3.5, "electrodes and separator", 500.0)
    with pytest.raises(Refused, match="does not depend"):
        loading_for(COMPOSITE, 3.5, "electrodes", 300.0)


def test_an_anode_that_is_too_small_is_refused() -> None:
    small = anode_for(COMPOSITE, 0.9)
    assert small.np_ratio == pytest.approx(0.9)
    with pytest.raises(Refused, match="lithium plates"):
        _ = small.discharge
    with pytest.raises(InputError, match="not exceed"):
        BalancedElectrode(loading_mg_per_cm2=1, active_fraction=1, first_mah_per_g=100, reversible_mah_per_g=120)
