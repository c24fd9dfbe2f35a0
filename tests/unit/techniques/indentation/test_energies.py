"""Energies of records whose branches are straight lines or power laws: areas of triangles, and each error by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from halfcell.maths.load_displacement import Branches
from halfcell.techniques.indentation.corrected_record import Record
from halfcell.techniques.indentation.energies import Energies, crush, indent

COUNT = 1000  # intervals of each branch
DEEP, LEFT, TOP = 1e-6, 0.6e-6, 10e-3  # m, m, N: a triangle of 5 nJ, of which 2 nJ come back
FOUND = Branches(contact=0, peak=COUNT, unload=COUNT, end=2 * COUNT, unloaded=True)
SPLIT = TOP * 0.5 * (DEEP + (DEEP - LEFT)) / COUNT  # N m: the load times the step of the depth around the peak
PARTS = ("total_energy", "elastic_energy", "plastic_energy")


def _record(*, final_load: float = 0.0, power: float = 1.0, **errors: float) -> Record:
    """Loading along a line in 20 s, unloading along a power law in 10 s."""
    share = np.linspace(1.0, final_load ** (1.0 / power), COUNT + 1)[1:]
    depth = np.concatenate([np.linspace(0.0, DEEP, COUNT + 1), LEFT + (DEEP - LEFT) * share])
    load = np.concatenate([np.linspace(0.0, TOP, COUNT + 1), TOP * share**power])
    time = np.concatenate([np.linspace(0.0, 20.0, COUNT + 1), np.linspace(20.0, 30.0, COUNT + 1)[1:]])
    return Record(time=time, depth=depth, load=load, **errors)


def _stds(record: Record, found: Branches = FOUND) -> tuple[float, ...]:
    quantities = indent(record, found).quantities
    return tuple((quantities[name].std or 0.0) * 1e-9 for name in PARTS)


def _codes(made: Energies, level: str) -> list[str]:
    return [note.code for note in made.notes if note.level == level]


def test_a_triangle_has_half_its_base_times_its_height() -> None:
    made = indent(_record(), FOUND)
    values = {name: quantity.value for name, quantity in made.quantities.items()}
    assert values == pytest.approx(
        {"total_energy": 5.0, "elastic_energy": 2.0, "plastic_energy": 3.0, "elastic_ratio": 0.4}, rel=1e-9
    )
    assert [made.quantities[name].unit for name in (*PARTS, "elastic_ratio")] == ["nJ", "nJ", "nJ", ""]
    assert {quantity.kind for quantity in made.quantities.values()} == {"propagated"}
    assert made.notes == ()
    assert made.tail is None


def test_records_before_the_contact_and_after_the_end_do_not_count() -> None:
    """Neither to the energies nor to their errors."""
    plain = _record(drift_std=1e-9, zero_std=10e-6)
    more = Record(
        time=np.concatenate([np.arange(-10.0, 0.0), plain.time, 30.0 + np.arange(1.0, 11.0)]),
        depth=np.concatenate([np.full(10, -1e-7), plain.depth, np.full(10, 0.9e-6)]),
        load=np.concatenate([np.full(10, 5e-3), plain.load, np.full(10, 5e-3)]),
        drift_std=1e-9,
        zero_std=10e-6,
    )
    moved = Branches(contact=10, peak=COUNT + 10, unload=COUNT + 10, end=2 * COUNT + 10, unloaded=True)
    made, same = indent(more, moved), indent(plain, FOUND)
    for name in PARTS:
        assert made.quantities[name].value == pytest.approx(same.quantities[name].value, rel=1e-12)
        assert made.quantities[name].std == pytest.approx(same.quantities[name].std, rel=1e-9)


def test_where_the_peak_is_cut_shifts_both_parts_alike_and_not_what_stays() -> None:
    """One record more or less belongs to the loading: load times step on both, nothing on the loop."""
    total, elastic, plastic = _stds(_record())
    assert total == pytest.approx(SPLIT, rel=1e-6)
    assert elastic == pytest.approx(total, rel=1e-3)
    assert plastic < 1e-3 * total


def test_an_error_of_the_drift_grows_with_the_time_under_load() -> None:
    """1 nm/s over a mean load of 5 mN: 100 pJ in 20 s of loading, 50 pJ back in 10 s of unloading, 150 pJ in all."""
    total, elastic, plastic = _stds(_record(drift_std=1e-9))
    assert total == pytest.approx(np.hypot(1e-10, _stds(_record())[0]), rel=1e-3)
    assert elastic == pytest.approx(np.hypot(0.5e-10, _stds(_record())[1]), rel=1e-3)
    assert plastic == pytest.approx(1.5e-10, rel=1e-3)


def test_an_error_of_the_load_s_zero_goes_with_the_depth() -> None:
    """10 uN over 1 um: 10 pJ; over the 0.4 um that come back: 4 pJ; over what stays, 0.6 um: 6 pJ."""
    total, elastic, plastic = _stds(_record(zero_std=10e-6))
    assert total == pytest.approx(np.hypot(10e-12, _stds(_record())[0]), rel=1e-3)
    assert elastic == pytest.approx(np.hypot(4e-12, _stds(_record())[1]), rel=1e-3)
    assert plastic == pytest.approx(6e-12, rel=1e-3)


def test_a_wrong_frame_stores_energy_and_gives_it_back() -> None:
    """1 nm/mN at 10 mN: half of 10 nm times 10 mN, 50 pJ in both parts, none in the loop."""
    total, elastic, plastic = _stds(_record(frame_std=1e-6))
    assert total == pytest.approx(np.hypot(50e-12, _stds(_record())[0]), rel=1e-3)
    assert elastic == pytest.approx(np.hypot(50e-12, _stds(_record())[1]), rel=1e-3)
    assert plastic < 1e-3 * total


def test_errors_of_total_and_elastic_energy_cancel_in_their_ratio() -> None:
    """The frame shifts both alike: d(W_e/W_t) = (1 - W_e/W_t) dW/W_t."""
    ratio = indent(_record(frame_std=1e-6), FOUND).quantities["elastic_ratio"]
    shift = np.hypot(50e-12, _stds(_record())[0])
    assert ratio.std == pytest.approx((1.0 - 0.4) * shift / 5e-9, rel=1e-3)


def test_noise_is_in_the_errors_of_both_branches() -> None:
    """White noise of load and depth: energies of many records scatter as much as each says, or a third less."""
    random, plain = np.random.default_rng(3), _record()
    made = []
    for _ in range(200):
        noisy = replace(
            plain,
            load=plain.load + random.normal(0.0, 20e-6, len(plain.load)),
            depth=plain.depth + random.normal(0.0, 2e-9, len(plain.depth)),
        )
        made.append(indent(noisy, FOUND).quantities)
    plastic = [one["plastic_energy"] for one in made]
    said = float(np.median([one.std or 0.0 for one in plastic]))
    assert 0.9 < said / float(np.std([one.value for one in plastic])) < 1.5  # the rule's own error counts it again


def test_without_a_known_drift_there_is_no_uncertainty() -> None:
    made = indent(_record(drift_is_known=False, drift_std=1e-9), FOUND)
    assert [made.quantities[name].std for name in PARTS] == [None] * 3
    assert [made.quantities[name].unit for name in PARTS] == ["nJ"] * 3
    assert made.quantities["total_energy"].value == pytest.approx(5.0)


@pytest.mark.parametrize("final_load", [0.02, 0.1, 0.3])
def test_a_truncated_unloading_is_closed_by_its_power_law(final_load: float) -> None:
    """P = 10 mN x^1.5 over 0.4 um gives back 10 mN 0.4 um / 2.5 = 1.6 nJ, of which the record holds a part."""
    made = indent(_record(final_load=final_load, power=1.5), FOUND)
    assert made.quantities["elastic_energy"].value == pytest.approx(1.6, rel=2e-3)
    assert made.quantities["total_energy"].value == pytest.approx(5.0, rel=1e-6)
    assert made.tail is not None
    assert made.tail.exponent == pytest.approx(1.5, rel=0.01)
    assert _codes(made, "doubt") == (["truncated_unloading"] if final_load > 0.03 else [])
    if final_load > 0.03:
        assert made.notes[0].text == (
            f"The unloading stops at {final_load:.1%} of its peak; the rest, {final_load ** (2.5 / 1.5):.1%} of the"
            " elastic energy, is extrapolated by the power law of its lower part."
        )


def test_an_unloading_that_no_law_fits_has_an_error_of_what_is_missing() -> None:
    """Seven records tell no law: the elastic energy is that of the record."""
    plain = _record(final_load=0.3)
    rows = np.concatenate([np.arange(COUNT + 1), np.linspace(COUNT + 1, 2 * COUNT, 6).astype(int)])
    few = Record(time=plain.time[rows], depth=plain.depth[rows], load=plain.load[rows])
    made = indent(few, replace(FOUND, end=len(rows) - 1))
    assert made.tail is None
    assert made.quantities["elastic_energy"].value == pytest.approx(2.0 * (1.0 - 0.09), rel=1e-3)


@pytest.mark.parametrize(("start", "late"), [(20, True), (4, False)])
def test_a_record_that_begins_under_load_misses_the_contact(start: int, late: bool) -> None:
    """Begun at 2 % of the peak load; what is missing is at most a third of load times depth (a parabola)."""
    made = indent(_record(), replace(FOUND, contact=start))
    assert _codes(made, "doubt") == (["late_start"] if late else [])
    if late:
        assert "starts at 2.0% of the peak load" in made.notes[0].text
        missed = 0.02 * TOP * 0.02 * DEEP / 3.0
        total = (made.quantities["total_energy"].std or 0.0) * 1e-9
        assert total == pytest.approx(np.hypot(missed, _stds(_record())[0]), rel=1e-2)


def test_several_unloadings_are_named() -> None:
    made = indent(_record(), replace(FOUND, cycles=((100, 200), (300, 400))))
    assert _codes(made, "info") == ["several_cycles"]
    assert made.notes[0].text.startswith("2 unloadings")
    assert indent(_record(), replace(FOUND, cycles=((100, 200),))).notes == ()


def test_an_elastic_energy_above_the_whole_is_refused() -> None:
    plain = _record()
    wider = replace(plain, depth=np.append(plain.depth[: COUNT + 1], np.linspace(DEEP, -0.5e-6, COUNT + 1)[1:]))
    made = indent(wider, FOUND)
    assert list(made.quantities) == ["total_energy"]
    assert _codes(made, "refused") == ["unphysical_energy"]
    assert made.notes[-1].text == (
        "Elastic 7.5 nJ of total 5 nJ is impossible: check drift and load zero, or the record is damaged."
    )


def test_an_unloading_that_goes_deeper_is_refused() -> None:
    plain = _record()
    deeper = replace(plain, depth=np.append(plain.depth[: COUNT + 1], np.linspace(DEEP, 1.5e-6, COUNT)))
    assert _codes(indent(deeper, FOUND), "refused") == ["unphysical_energy"]


def _crushed(burst_m: float, **errors: float) -> Record:
    """A loading to 10 mN at 1 um, then a fracture at which the load falls to a tenth over some depth."""
    depth = np.concatenate([np.linspace(0.0, DEEP, COUNT + 1), DEEP + np.linspace(0.0, burst_m, 11)[1:]])
    load = np.concatenate([np.linspace(0.0, TOP, COUNT + 1), TOP * np.linspace(1.0, 0.1, 11)[1:]])
    time = np.concatenate([np.linspace(0.0, 20.0, COUNT + 1), 20.0 + 0.01 * np.arange(1, 11)])
    return Record(time=time, depth=depth, load=load, **errors)


BROKEN = Branches(contact=0, peak=COUNT, unload=COUNT + 10, end=COUNT + 10, unloaded=False)


def test_the_work_to_fracture_ends_at_the_peak_and_the_burst_is_told() -> None:
    made = crush(_crushed(0.5e-6), BROKEN)
    assert made.quantities["total_energy"].value == pytest.approx(5.0, rel=1e-9)
    assert made.quantities["burst_energy"].value == pytest.approx(0.55 * TOP * 0.5e-6 * 1e9, rel=1e-9)
    assert {quantity.unit for quantity in made.quantities.values()} == {"nJ"}
    assert [(note.level, note.code) for note in made.notes] == [("refused", "crush"), ("info", "burst_left_out")]
    assert made.notes[0].text == (
        "No unloading branch: the energy is the work to fracture (a crush test). It cannot be divided into a plastic"
        " and an elastic part, and must not be compared with a plastic energy."
    )
    assert "2.75 nJ" in made.notes[1].text


@pytest.mark.parametrize(("burst_um", "broken"), [(0.049, False), (0.051, True)])
def test_a_burst_is_a_twentieth_of_the_depth(burst_um: float, broken: bool) -> None:
    made = crush(_crushed(burst_um * 1e-6), BROKEN)
    assert ("burst_energy" in made.quantities) is broken
    assert ("the energy is the work put in until the record ends. It" in made.notes[0].text) is not broken


@pytest.mark.parametrize(
    ("errors", "joule"),
    [({"drift_std": 1e-9}, 1e-10), ({"zero_std": 10e-6}, 10e-12), ({"frame_std": 1e-6}, 50e-12)],
)
def test_each_error_of_a_work_to_fracture(errors: dict[str, float], joule: float) -> None:
    std = crush(_crushed(0.5e-6, **errors), BROKEN).quantities["total_energy"].std
    assert (std or 0.0) * 1e-9 == pytest.approx(joule, rel=1e-3)
    unknown = crush(_crushed(0.5e-6, drift_is_known=False, **errors), BROKEN)
    assert unknown.quantities["total_energy"].std is None
