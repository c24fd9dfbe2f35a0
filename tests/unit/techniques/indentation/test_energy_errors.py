"""Errors of energies where single records count: few records, late starts, unloadings that stop, broken laws."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths import load_work
from halfcell.maths.load_displacement import Branches
from halfcell.techniques.indentation.corrected_record import Record
from halfcell.techniques.indentation.energies import crush, indent

NANO = 1e-9


def _record(depth: list[float], load: list[float], **errors: float) -> Record:
    """Micrometres and millinewtons, one record per second."""
    time = np.arange(float(len(depth)))
    return Record(time=time, depth=1e-6 * np.array(depth), load=1e-3 * np.array(load), **errors)


DEPTH = [0.0, 1.0, 2.0, 3.0, 4.0, 3.8, 3.6, 3.4, 3.2]
LOAD = [0.0, 2.0, 4.0, 6.0, 8.0, 6.0, 4.0, 2.0, 0.0]
FOUND = Branches(contact=0, peak=4, unload=4, end=8, unloaded=True)


def _std(record: Record, name: str, found: Branches = FOUND) -> float:
    return (indent(record, found).quantities[name].std or 0.0) * NANO


def test_each_branch_ends_with_its_last_record() -> None:
    """Loads of 2, 4, 6, 8 mN: 16 mN s up to the peak and 16 down, times the drift's error of 1 nm/s."""
    plain, drifted = _record(DEPTH, LOAD), _record(DEPTH, LOAD, drift_std=1e-9)
    for name, impulse in (("total_energy", 16e-3), ("elastic_energy", 16e-3), ("plastic_energy", 32e-3)):
        assert _std(drifted, name) ** 2 - _std(plain, name) ** 2 == pytest.approx((1e-9 * impulse) ** 2, rel=1e-6)


def test_an_error_of_the_load_counts_with_the_depth_from_the_contact() -> None:
    """Contact at 0.5 um, peak at 4 um, end at 3.2 um: 3.5 and 0.8 um times 0.1 mN."""
    depth = [0.5, *DEPTH[1:]]
    plain, shifted = _record(depth, LOAD), _record(depth, LOAD, zero_std=1e-4)
    for name, way in (("total_energy", 3.5e-6), ("elastic_energy", 0.8e-6), ("plastic_energy", 2.7e-6)):
        assert _std(shifted, name) ** 2 - _std(plain, name) ** 2 == pytest.approx((1e-4 * way) ** 2, rel=1e-6)


@pytest.mark.parametrize(("first", "counts"), [(2.0, True), (0.03, False)])
def test_a_late_start_misses_a_third_of_its_load_times_its_depth(first: float, counts: bool) -> None:
    """A paraboloid or a sphere: the work up to a depth is between a half and two fifths of P h; a third is an error."""
    depth, load = [1.0, *DEPTH[1:]], [first, *LOAD[1:]]
    depth[1] = 1.5
    early = [0.0, *depth[1:]]
    lost = _std(_record(depth, load), "total_energy") ** 2 - _std(_record(early, load), "total_energy") ** 2
    late = first * 1e-3 * 1e-6 / 3.0
    noise = _noise(depth, load) - _noise(early, load)
    assert lost == pytest.approx((late**2 if counts else 0.0) + noise, rel=1e-6, abs=1e-25)
    assert ("late_start" in {note.code for note in indent(_record(depth, load), FOUND).notes}) is counts


def _noise(depth: list[float], load: list[float]) -> float:
    """The square of the error that noise makes of the work of loading."""
    record = _record(depth, load)
    return load_work.work_noise(record.load[:5], record.depth[:5]) ** 2


def test_a_negative_depth_at_a_late_start_adds_nothing() -> None:
    depth, load = [-0.5, *DEPTH[1:]], [2.0, *LOAD[1:]]
    plain = _std(_record([0.0, *DEPTH[1:]], load), "total_energy") ** 2 - _noise([0.0, *DEPTH[1:]], load)
    assert _std(_record(depth, load), "total_energy") ** 2 - _noise(depth, load) == pytest.approx(plain, rel=1e-6)


def test_records_outside_the_loop_do_not_count_as_its_noise() -> None:
    rough = [9.0, -9.0, 9.0]
    inside = _record(DEPTH, LOAD)
    outside = _record([*rough, *DEPTH, *rough], [*rough, *LOAD, *rough])
    moved = Branches(contact=3, peak=7, unload=7, end=11, unloaded=True)
    plastic = [
        load_work.work_noise(inside.load, inside.depth),
        _std(inside, "plastic_energy"),
        _std(outside, "plastic_energy", moved),
    ]
    assert plastic[1] == pytest.approx(plastic[2], rel=1e-9)
    assert plastic[1] >= plastic[0]


def test_a_crush_test_counts_from_the_contact_to_its_peak_and_its_burst_after() -> None:
    depth, load = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0], [0.0, 2.0, 4.0, 6.0, 4.0, 2.0]
    rough = [9.0, -9.0]
    record = _record([*rough, *depth, *rough], [*rough, *load, *rough])
    found = Branches(contact=2, peak=5, unload=5, end=7, unloaded=False)
    made = crush(record, found)
    assert made.quantities["total_energy"].value == pytest.approx(9.0)
    assert made.quantities["burst_energy"].value == pytest.approx(8.0)
    alone = crush(_record(depth, load), Branches(contact=0, peak=3, unload=3, end=5, unloaded=False))
    assert alone.quantities["total_energy"].std == pytest.approx(made.quantities["total_energy"].std, rel=1e-9)
    assert alone.quantities["burst_energy"].value == pytest.approx(8.0)


def _unloading(last: float, power: float, count: int = 40) -> tuple[Record, Branches]:
    """Loading to 4 um and 8 mN, then P = 8 mN ((h - 3 um)/(1 um))^m down to a share of the peak."""
    share = np.linspace(1.0, last ** (1.0 / power), count)
    depth = [*np.linspace(0.0, 4.0, count), *(3.0 + share[1:])]
    load = [*np.linspace(0.0, 8.0, count), *(8.0 * share[1:] ** power)]
    found = Branches(contact=0, peak=count - 1, unload=count - 1, end=2 * count - 2, unloaded=True)
    return _record(depth, load), found


@pytest.mark.parametrize("power", [1.25, 1.5, 2.0])
@pytest.mark.parametrize("last", [0.05, 0.2, 0.4])
def test_an_unloading_that_stops_is_closed_by_its_power_law(power: float, last: float) -> None:
    """The elastic work of P = P_max x^m is P_max h/(m + 1), however much of it was recorded."""
    record, found = _unloading(last, power)
    made = indent(record, found)
    assert made.quantities["elastic_energy"].value == pytest.approx(8.0 / (power + 1.0), rel=2e-3)
    assert made.tail is not None
    doubts = {note.code: note.text for note in made.notes}
    rest = last ** (1.0 / power + 1.0)
    assert f"stops at {last:.1%} of its peak" in doubts["truncated_unloading"]
    said = float(doubts["truncated_unloading"].split("the rest, ")[1].split("%")[0])
    assert said == pytest.approx(100 * rest, abs=0.06 + rest)


def test_laws_that_differ_are_the_error_of_the_tail_and_the_middle_one_is_taken() -> None:
    """A kink: the lower parts follow another line than the whole, and the error is half of what they span."""
    record, found = _unloading(0.2, 1.0)
    bent = record.depth.copy()
    upper = np.arange(len(bent)) > found.unload
    bent[upper] -= 0.3e-6 * (np.linspace(1.0, 0.0, upper.sum())) ** 3
    kinked = Record(time=record.time, depth=bent, load=record.load)
    straight, made = indent(record, found), indent(kinked, found)
    assert (made.quantities["elastic_energy"].std or 0.0) > (straight.quantities["elastic_energy"].std or 0.0)
    assert made.tail is not None


@pytest.mark.parametrize("count", [4, 7])
def test_an_unloading_of_few_records_has_no_law(count: int) -> None:
    record, found = _unloading(0.2, 1.5, count)
    made = indent(record, found)
    assert made.tail is None


def test_energies_below_zero_are_refused_and_what_is_possible_stays() -> None:
    up = _record(DEPTH, [0.0, -2.0, -4.0, -6.0, -8.0, -6.0, -4.0, -2.0, 0.0])
    made = indent(up, FOUND)
    assert made.quantities == {}
    assert "unphysical_energy" in {note.code for note in made.notes}
    swelling = _record([0.0, 0.1, 0.2, 0.3, 0.4, -0.6, -1.6, -2.6, -3.6], LOAD)
    kept = indent(swelling, FOUND)
    assert set(kept.quantities) == {"total_energy"}
    assert 0.0 < kept.quantities["total_energy"].value < 5.0
    tiny = indent(_record([0.01 * d for d in DEPTH], LOAD), FOUND)
    assert set(tiny.quantities) >= {"total_energy", "elastic_energy"}, "below a nanojoule is not below zero"
