"""What is told of a pattern that is not what the sample's name says: elements, doubtful phases, sizes at odds."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.core.figure import Ticks
from halfcell.core.measurement import Measurement
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import LABORATORY, Crystallites, Parameters, Settings
from halfcell.techniques.diffraction.possible_elements import elements_of, with_elements

SILICON = Parameters(phases=(Crystallites(phase="Si", height=2000, column_length_nm=15.0),), step_degree=0.05)
ZINC = dataclasses.replace(SILICON, phases=(Crystallites(phase="Zn", height=2000, column_length_nm=15.0),))
COMPOSED = Settings(instrument=LABORATORY, composition_wt_percent={"Si": 90.0, "C": 10.0})


def _measured(parameters: Parameters, seed: int = 3) -> Measurement:
    return diffraction.simulate(parameters, np.random.default_rng(seed))


@pytest.mark.parametrize(
    ("component", "elements"),
    [
        ("Si", {"Si"}),
        ("a-Sn", {"Sn"}),
        ("FeSi2", {"Fe", "Si"}),
        ("graphite", {"C"}),
        ("Super P", {"C"}),
        ("LPSC", {"Li", "P", "S", "Cl"}),
        ("LiNi0.8Co0.1Mn0.1O2", {"Li", "Ni", "Co", "Mn", "O"}),
        ("quartz", {"Si", "O"}),
        ("PVDF", set()),
        ("milled stuff", None),
        ("Xy", None),
    ],
)
def test_components_have_elements(component: str, elements: set[str] | None) -> None:
    assert elements_of(component) == elements


def test_a_composition_gives_the_elements_where_nothing_is_named() -> None:
    found, notes = with_elements(dataclasses.replace(COMPOSED, holder=("Cu",)), cycled=True)
    assert set(found.elements) == {"Si", "C", "Cu", "O", "Li"}
    assert [note.code for note in notes] == ["elements_from_composition"]
    for named in ({"elements": ("Sn",)}, {"phases": ("Sn",)}, {"candidates": ("Sn",)}, {"carbon": True}):
        settings = dataclasses.replace(COMPOSED, **named)
        assert with_elements(settings) == (settings, ())


def test_an_unknown_component_is_told() -> None:
    _, (note,) = with_elements(Settings(composition_wt_percent={"Si": 80.0, "secret": 20.0}))
    assert "the elements of secret are not known" in note.text


def test_a_composition_narrows_the_search() -> None:
    found = diffraction.analyse(_measured(SILICON), COMPOSED)
    codes = {note.code for note in found.notes}
    assert found.phases == ("Si",)
    assert found.doubtful == ()
    assert "elements_from_composition" in codes
    assert not {"elements_unknown", "phases_outside"} & codes


def test_a_phase_outside_the_composition_is_doubted() -> None:
    """A pattern of zinc under the name of a Si/C sample: named, with a doubt, and marked in the figure."""
    found = diffraction.analyse(_measured(ZINC), COMPOSED)
    said = next(note for note in found.notes if note.code == "phases_outside")
    assert found.phases == found.doubtful == ("Zn",)
    assert said.level == "doubt"
    assert "Zn is not in the sample's composition" in said.text
    assert _labels(found) == ["Zn ?"]


def test_lines_that_are_left_say_nothing_against_a_certain_phase() -> None:
    two = dataclasses.replace(SILICON, phases=(*SILICON.phases, Crystallites(phase="LaB6", height=500)))
    found = diffraction.analyse(_measured(two), Settings(instrument=LABORATORY, candidates=("Si",)))
    assert "phases_incomplete" in {note.code for note in found.notes}
    assert _labels(found) == ["Si", "unidentified"]


def test_a_tied_phase_is_marked() -> None:
    between = Crystallites(phase="CoSi2", height=120, column_length_nm=8.0, cell_change=0.0037)
    settings = Settings(instrument=LABORATORY, elements=("Si", "Co", "Ni"))
    found = diffraction.analyse(_measured(dataclasses.replace(SILICON, phases=(between,)), 5), settings)
    assert "phases_tied" in {note.code for note in found.notes}
    assert found.doubtful == found.phases


def test_two_sizes_in_one_powder_give_no_size() -> None:
    """Crystals of 4 nm and of 80 nm: sharp tops on broad feet drive the width of one distribution to its bound."""
    small, large = (
        _measured(dataclasses.replace(SILICON, phases=(Crystallites(phase="Si", height=h, column_length_nm=size),)))
        for h, size in ((500, 4.0), (3000, 80.0))
    )
    columns = {**small.columns, "intensity_count": small["intensity_count"] + large["intensity_count"]}
    both = dataclasses.replace(small, columns=columns)
    mixed = diffraction.analyse(both, Settings(instrument=LABORATORY, phases=("Si",)))
    assert "size_on_bound" in {note.code for note in mixed.notes}
    assert not {"Si.column_length", "Si.diameter", "Si.size_sigma"} & set(mixed.quantities)
    plain = diffraction.analyse(small, Settings(instrument=LABORATORY, phases=("Si",)))
    assert not {"size_on_bound", "sizes_contradict"} & {note.code for note in plain.notes}


def test_a_line_has_the_index_that_people_write() -> None:
    quartz = dataclasses.replace(SILICON, phases=(Crystallites(phase="quartz", height=4000, column_length_nm=60.0),))
    found = diffraction.analyse(_measured(quartz), Settings(instrument=LABORATORY, phases=("quartz",)))
    indices = [row["hkl"] for row in found.rows]
    assert {"100", "101", "110"} <= set(indices)
    assert not {"011", "010", "012"} & set(indices)


def _labels(result: diffraction.DiffractionResult) -> list[str]:
    layers = diffraction.FIGURES["pattern"]([result]).panels[0].layers
    return [layer.label for layer in layers if isinstance(layer, Ticks)]


@pytest.mark.parametrize("name", ["LaB6", "Si", "corundum"])
def test_a_standard_is_known_by_its_lines(name: str) -> None:
    """No setting is needed, and the sample's range of angles does not cut the standard's scan."""
    parameters = Parameters(phases=(Crystallites(phase=name, height=20000),), start_degree=18.0, stop_degree=110.0)
    calibrate = diffraction.TECHNIQUE.references["instrument"]
    found = calibrate(_measured(parameters), Settings())
    assert found.source.startswith(name)
    assert found == calibrate(_measured(parameters), Settings(low_degree=25.0, high_degree=50.0))
    place = np.array([30.0, 60.0, 90.0])
    assert found.width(place) == pytest.approx(LABORATORY.width(place), rel=0.03)


def test_a_sample_is_no_standard() -> None:
    """Silicon of 15 nm has the lines of a standard, but not their widths; zinc has other lines."""
    calibrate = diffraction.TECHNIQUE.references["instrument"]
    with pytest.raises(Refused, match="degrees wide"):
        calibrate(_measured(SILICON), Settings())
    with pytest.raises(Refused, match="strong lines of LaB6 or Si or corundum"):
        calibrate(_measured(ZINC), Settings())


@pytest.mark.parametrize(("holder", "doubtful"), [(("Cu",), ()), pytest.param((), ("Cu",), marks=pytest.mark.slow)])
def test_states_of_an_electrode_know_its_composition(holder: tuple[str, ...], doubtful: tuple[str, ...]) -> None:
    """Silicon on copper before and after lithiation: copper is the holder, or a phase that should not be there."""
    copper = Crystallites(phase="Cu", height=900, column_length_nm=60.0)
    states = []
    for seed, phases in enumerate(((*SILICON.phases, copper), (copper,))):
        one = _measured(dataclasses.replace(SILICON, phases=phases), seed)
        states.append(dataclasses.replace(one, meta={**one.meta, "tags": {"state": f"state {seed}"}}))
    settings = dataclasses.replace(COMPOSED, holder=holder)
    for result in diffraction.analyse_series(states, settings):
        codes = [note.code for note in result.notes]
        assert set(result.ticks) == {"Si", "Cu"}
        assert result.doubtful == doubtful
        assert "Li (of the cell)" in next(n.text for n in result.notes if n.code == "elements_from_composition")
        assert ("phases_outside" in codes) == bool(doubtful)
