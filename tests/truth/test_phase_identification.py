"""Phase identification: mixtures are found, pure silicon stays pure, ties are told as ties."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.techniques.diffraction import Parameters, Settings
from halfcell.techniques.diffraction.phase_identification import identify
from halfcell.techniques.diffraction.phase_set_fits import candidates
from xrd_samples import calibrated, powder, scanned

ELEMENTS = ("Si", "Sn", "Fe", "Co", "Ni", "C", "Al", "Zn")
MIXTURES = (
    (("Si", 700, 9), ("NiSi2", 560, 9)),
    (("Si", 700, 9), ("CoSi2", 560, 9)),
    (("Si", 700, 12), ("beta-FeSi2", 300, 12)),
    (("Si", 700, 12), ("alpha-FeSi2", 300, 12)),
    (("Si", 700, 12), ("beta-Sn", 200, 25)),
    (("Si", 700, 12), ("CoSi2", 500, 12), ("graphite", 500, 20)),
    (("Si", 700, 12), ("Al", 200, 20)),
    (("Si", 700, 12), ("Zn", 200, 20)),
    (("Si", 700, 12), ("graphite", 500, 20)),
    (("CoSi2", 700, 10),),
)


def _settings() -> Settings:
    return Settings(instrument=calibrated(), elements=ELEMENTS)


def _moved(parameters: Parameters, seed: int) -> Parameters:
    """Cells off by up to 0.03 %, the specimen displaced by up to 0.06 degrees."""
    rng = np.random.default_rng([seed, 9])
    phases = tuple(dataclasses.replace(p, cell_change=rng.uniform(-3e-4, 3e-4)) for p in parameters.phases)
    return dataclasses.replace(parameters, phases=phases, displacement_degree=rng.uniform(-0.06, 0.06))


def _found(parameters: Parameters, seed: int) -> set[str]:
    settings = _settings()
    return set(identify(scanned(parameters, seed, settings), settings).best)


def test_candidates_follow_from_the_elements() -> None:
    assert set(candidates(("Si", "Co"))) == {"Si", "Co", "Co-fcc", "CoSi", "Co2Si", "CoSi2"}
    assert "Cu3Si" not in candidates(())  # modulated: its intensities are not modelled


@pytest.mark.parametrize("number", [0, 1, pytest.param(5, marks=pytest.mark.slow)])
def test_a_mixture_is_identified(number: int) -> None:
    mixture = MIXTURES[number]
    assert _found(_moved(powder(*mixture), number), number) == {name for name, *_ in mixture}


def test_a_halo_is_no_phase() -> None:
    """Amorphous tin under the lines of silicon does not become a crystalline phase."""
    parameters = dataclasses.replace(powder(("Si", 700, 11)), humps=((31.5, 6.5, 90.0),))
    assert _found(parameters, 3) == {"Si"}


def test_silicon_with_a_foreign_cell_stays_alone() -> None:
    assert _found(powder(("Si", 700, 12), change=0.003), 0) == {"Si"}


def test_a_tie_is_told_as_a_tie() -> None:
    """A fluorite silicide half way between CoSi2 and NiSi2 cannot be named from its pattern."""
    settings = _settings()
    parameters = powder(("CoSi2", 120, 8), change=0.0037)
    found = identify(scanned(parameters, 5, settings), settings)
    assert {one.names for one in found.ties} >= {("CoSi2",), ("NiSi2",)}
    assert found.margin < 10


@pytest.mark.slow
def test_thirty_of_thirty_mixtures() -> None:
    wrong = []
    for seed in range(3):
        for number, mixture in enumerate(MIXTURES):
            found = _found(_moved(powder(*mixture), 100 * seed + number), 100 * seed + number)
            if found != {name for name, *_ in mixture}:
                wrong.append((seed, number, found))
    assert wrong == []


@pytest.mark.slow
def test_no_invented_phase_in_a_hundred_patterns_of_silicon() -> None:
    """Cells off by 0.3 % either way, sizes of 5 to 25 nm, narrow to wide distributions."""
    invented = []
    for seed in range(100):
        rng = np.random.default_rng([seed, 3])
        length, sigma = float(rng.uniform(5, 25)), float(rng.choice([0.1, 0.3, 0.6]))
        change, displacement = float(rng.choice([-0.003, 0.003])), float(rng.uniform(-0.06, 0.06))
        parameters = powder(("Si", 700, length), sigma=sigma, change=change, displacement=displacement)
        if (found := _found(parameters, seed)) != {"Si"}:
            invented.append((seed, length, sigma, change, found))
    assert invented == []
