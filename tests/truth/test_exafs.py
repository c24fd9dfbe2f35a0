"""EXAFS: what is put into a scan comes out."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.figure import Line, Text
from halfcell.maths import exafs_transform
from halfcell.techniques import exafs

PATH = exafs.Path(bond_angstrom=3.02, neighbours=4.0, spread_angstrom2=0.008)


@pytest.mark.parametrize("bond", [2.2, 2.6, 3.0, 3.3])
def test_first_shell_moves_with_the_bond(bond: float) -> None:
    """The peak stands at R + phase slope / 2 (here -0.3 angstrom), within the spread over windows and 0.01."""
    rng = np.random.default_rng(4)
    path = dataclasses.replace(PATH, bond_angstrom=bond)
    found = exafs.analyse(exafs.simulate(exafs.Parameters(paths=(path,)), rng), exafs.Settings())["first_peak"]
    assert found.value == pytest.approx(bond - 0.3, abs=2 * (found.std or 0) + 0.01)


def test_step_and_e0() -> None:
    rng = np.random.default_rng(9)
    parameters = exafs.Parameters(paths=(PATH,), step=1.7, e0_electronvolt=29195.0)
    result = exafs.analyse(exafs.simulate(parameters, rng), exafs.Settings())
    assert result["e0"].value == pytest.approx(29195.0, abs=2 * (result["e0"].std or 0))
    deficit = result["edge_step_deficit"]
    jump = result["edge_step"].value / (1.0 - deficit.value / 100)
    assert jump == pytest.approx(1.7, rel=2 * (deficit.std or 0.0) / 100)
    assert 3.0 < deficit.value < 6.0  # a core hole of 8 eV


@pytest.mark.parametrize("start", [25.0, 50.0, 75.0, 100.0, 150.0])
def test_the_edge_step_s_uncertainty_holds_the_range_of_normalisation(start: float) -> None:
    """A metal's strong first shell: larch's range (25 eV on), Athena's (150 eV on) and the jump agree within it."""
    shells = (dataclasses.replace(PATH, bond_angstrom=2.55, neighbours=12.0), dataclasses.replace(PATH, neighbours=6.0))
    scan = exafs.simulate(exafs.Parameters(paths=shells, step=2.7), np.random.default_rng(5))
    own = exafs.analyse(scan, exafs.Settings())
    step, deficit = own["edge_step"], own["edge_step_deficit"].value / 100
    assert step.std is not None
    assert abs(step.value / (1.0 - deficit) - 2.7) < 2.5 * step.std
    other = exafs.analyse(scan, exafs.Settings(post_range=(start, 900.0)))["edge_step"]
    assert abs(other.value - step.value) < 2.0 * step.std
    assert step.std < 0.1 * step.value


def test_height_counts_the_neighbours() -> None:
    states = [dataclasses.replace(PATH, neighbours=n) for n in (4.0, 2.0, 1.0)]
    rng = np.random.default_rng(2)
    scans = [exafs.simulate(exafs.Parameters(paths=(p,), noise=5e-5), rng) for p in states]
    ratios = [r["first_peak_ratio"].value for r in exafs.analyse_series(scans, exafs.Settings())]
    assert ratios == pytest.approx([1.0, 0.5, 0.25], abs=0.02)


def test_absorption_scales_out() -> None:
    scan = exafs.simulate(exafs.Parameters(paths=(PATH,)), np.random.default_rng(3))
    louder = dataclasses.replace(scan, columns={**scan.columns, "absorption": 3.0 * scan["absorption"] + 1.0})
    one, three = (exafs.analyse(m, exafs.Settings()) for m in (scan, louder))
    assert three["edge_step"].value == pytest.approx(3 * one["edge_step"].value, rel=1e-9)
    assert three["first_peak"].value == pytest.approx(one["first_peak"].value, abs=2e-3)


def test_transform_of_a_sine_peaks_at_its_distance() -> None:
    k = exafs_transform.STEP * np.arange(300)
    r, spectrum = exafs_transform.transform(np.sin(2 * k * 2.5), 0, (3.0, 12.0), 1.0)
    assert r[int(np.argmax(np.abs(spectrum)))] == pytest.approx(2.5, abs=r[1])


def test_series_shares_the_shortest_range() -> None:
    rng = np.random.default_rng(1)
    scans = [exafs.simulate(exafs.Parameters(paths=(PATH,), k_max=top), rng) for top in (13.0, 9.0)]
    results = exafs.analyse_series(scans, exafs.Settings())
    assert results[0].k_range == results[1].k_range == (3.0, pytest.approx(8.96, abs=0.05))
    assert all("shared_range" in {n.code for n in r.notes} for r in results)


def test_a_scan_far_too_short_is_not_compared() -> None:
    rng = np.random.default_rng(1)
    scans = [exafs.simulate(exafs.Parameters(paths=(PATH,), k_max=top), rng) for top in (6.0, 13.0, 13.0)]
    short, *others = exafs.analyse_series(scans, exafs.Settings())
    assert short.k_range[1] == pytest.approx(6.0, abs=0.06)
    assert "first_peak_ratio" not in short.quantities
    assert "not_compared" in {n.code for n in short.notes if n.level == "doubt"}
    assert [r.k_range for r in others] == [(3.0, 12.0)] * 2
    assert others[0].difference is None
    assert others[1].difference is not None


def test_a_short_scan_is_transformed_to_its_end_and_that_is_said() -> None:
    scan = exafs.simulate(exafs.Parameters(paths=(PATH,), k_max=9.0), np.random.default_rng(1))
    result = exafs.analyse(scan, exafs.Settings())
    assert result.k_range == (3.0, pytest.approx(8.96, abs=0.05))
    assert "short_scan" in {note.code for note in result.notes}
    longer = exafs.simulate(exafs.Parameters(paths=(PATH,), k_max=13.0), np.random.default_rng(1))
    assert "short_scan" not in {note.code for note in exafs.analyse(longer, exafs.Settings()).notes}


@pytest.mark.parametrize(("off", "doubted"), [(-8.0, True), (-1.0, False), (0.0, False), (1.0, False), (8.0, True)])
def test_an_edge_far_from_that_of_the_file_is_doubted(off: float, doubted: bool) -> None:
    """Choices of E0 that differ by less than 3 eV are all reasonable."""
    scan = exafs.simulate(exafs.Parameters(paths=(PATH,), e0_electronvolt=29195.0), np.random.default_rng(9))
    stated = dataclasses.replace(scan, meta={**scan.meta, "vendor": {"e0_electronvolt": 29195.0 + off}})
    assert ("e0_differs" in {note.code for note in exafs.analyse(stated, exafs.Settings()).notes}) is doubted


STATES = {
    "pristine": (PATH,),
    "0.01 V": (exafs.Path(bond_angstrom=2.2, neighbours=4.0, spread_angstrom2=0.006),),
    "2.0 V": (PATH,),
}


def test_states_tell_what_appears_and_vanishes() -> None:
    rng = np.random.default_rng(6)
    scans = [exafs.simulate(exafs.Parameters(paths=p, title=name), rng) for name, p in STATES.items()]
    results = exafs.analyse_series(scans, exafs.Settings())
    does = {
        str(row["peak"])[:5]: [other["change"] for r in results for other in r.rows if other["peak"] == row["peak"]]
        for row in results[0].rows
    }
    assert does == {"R=1.9": ["absent", "appears", "vanishes"], "R=2.7": ["present", "vanishes", "appears"]}
    assert [r.state for r in results] == list(STATES)


def test_difference_of_equal_states_is_noise_of_the_stated_size() -> None:
    rng = np.random.default_rng(12)
    pulls = []
    for _ in range(12):
        scans = [exafs.simulate(exafs.Parameters(paths=(PATH,), noise=5e-4), rng) for _ in range(2)]
        first, second = exafs.analyse_series(scans, exafs.Settings())
        assert second.difference is not None
        peak = (first.r_angstrom > 2.55) & (first.r_angstrom < 2.85)  # where |chi| is far above the noise
        pulls.append((second.difference[0] / second.difference[1])[peak].mean())
    assert 0.5 < float(np.sqrt(np.mean(np.square(pulls)))) < 1.5  # 12 draws: 1 +- 0.2


def test_no_edge_is_refused() -> None:
    flat = exafs.simulate(exafs.Parameters(step=1e-5, paths=()), np.random.default_rng(1))
    with pytest.raises(InputError, match=r"no edge|too few"):
        exafs.analyse(flat, exafs.Settings())


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (lambda e, mu: (-e[::-1], mu), "not positive and ascending"),
        (lambda e, mu: (0.0 * e, mu), "not positive and ascending"),
        (lambda e, mu: (e[::-1], mu), "not positive and ascending"),
        (lambda e, mu: (e[:5], mu[:5]), "5 energies"),
    ],
    ids=["negative", "zero", "falling", "few"],
)
@pytest.mark.parametrize("e0", [None, 29200.0])
def test_what_is_no_energy_is_refused(columns, said: str, e0: float | None) -> None:
    made = exafs.simulate(exafs.Parameters(), np.random.default_rng(0))
    energy, mu = columns(made["energy_electronvolt"], made["absorption"])
    odd = dataclasses.replace(made, columns={"energy_electronvolt": energy, "absorption": mu})
    with pytest.raises(InputError, match=said):
        exafs.analyse(odd, exafs.Settings(e0_electronvolt=e0))


def test_normalised_absorption_has_no_edge_step() -> None:
    """The step of a normalised scan is 1 by definition; position and height of peaks do not depend on it."""
    scan = exafs.simulate(exafs.Parameters(step=2.0), np.random.default_rng(3))
    plain = exafs.analyse(scan, exafs.Settings())
    columns = {"energy_electronvolt": plain.energy_electronvolt, "absorption": plain.normalised}
    again = dataclasses.replace(scan, columns=columns, meta={**scan.meta, "normalised": True})
    result = exafs.TECHNIQUE.analyse(again, exafs.Settings())
    assert "edge_step" in plain.quantities
    assert "edge_step" not in result.quantities
    assert "already_normalised" in {note.code for note in result.notes if note.level == "refused"}
    for name in ("first_peak", "first_peak_height"):
        assert result[name].value == pytest.approx(plain[name].value, rel=1e-6)
    (row,) = exafs.TABLES["first shell"]([result]).rows
    assert "normalised absorption" in (row[2].doubt if row[2] else "")


def test_figure_structure() -> None:
    scan = exafs.simulate(exafs.Parameters(paths=(PATH,)), np.random.default_rng(3))
    result = exafs.analyse(scan, exafs.Settings())
    states = [dataclasses.replace(result, label=name) for name in ("pristine", "0.01 V")]
    figure = exafs.FIGURES["chi(R)"](states)
    (panel,) = figure.panels
    assert panel.x.title == "R, not phase-corrected (Å)"
    assert [layer.label for layer in panel.layers if isinstance(layer, Line)] == ["pristine", "0.01 V"]
    words = [layer.text.splitlines() for layer in panel.layers if isinstance(layer, Text)]
    assert words == [[name, "k 3.0–12.0 Å^{−1}"] for name in ("pristine", "0.01 V")]
    assert "post-edge" in figure.notes[0]


def test_ranges_of_the_normalisation_stand_in_the_figure() -> None:
    rng = np.random.default_rng(3)
    long, short = (
        exafs.analyse(exafs.simulate(exafs.Parameters(paths=(PATH,), k_max=top, title=str(top)), rng), exafs.Settings())
        for top in (13.0, 9.0)
    )
    same, other = exafs.FIGURES["absorption"]([long, long]), exafs.FIGURES["absorption"]([long, short])
    words = [layer.text for layer in same.panels[0].layers if isinstance(layer, Text)]
    assert words == ["normalised over\n−190 to −95 | 25 to 639 eV"]
    labels = [layer.label for layer in other.panels[0].layers if isinstance(layer, Line)]
    assert [label.partition(", ")[2] for label in labels] == [
        "−190 to −95 | 25 to 639 eV",
        "−190 to −95 | 25 to 305 eV",
    ]


@pytest.mark.parametrize("moved", [-4.0, 3.0])
def test_an_edge_energy_that_is_set_is_the_zero_of_k(moved: float) -> None:
    """A point of the scan at energy E has k = (0.2625 (E - E0))^(1/2): a higher E0 makes k at the end smaller."""
    scan = exafs.simulate(exafs.Parameters(paths=(PATH,), e0_electronvolt=29195.0), np.random.default_rng(9))
    own = exafs.analyse(scan, exafs.Settings())
    other = exafs.analyse(scan, exafs.Settings(e0_electronvolt=own["e0"].value + moved))
    assert other["e0"].value == pytest.approx(own["e0"].value + moved)
    end = float(scan["energy_electronvolt"][-1])
    assert other.k[-1] == pytest.approx(np.sqrt(0.26246842 * (end - other["e0"].value)), abs=0.06)
