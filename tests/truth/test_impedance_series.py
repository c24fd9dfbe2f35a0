"""Series of spectra: arcs keep their names when they cross; one circuit for all; evolution follows the states."""

from __future__ import annotations

import dataclasses
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from halfcell.core.errors import InputError, Refused
from halfcell.core.figure import Points
from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.maths.circuit.model import build
from halfcell.techniques.impedance import (
    FIGURES,
    TABLES,
    TWO_ARCS,
    Parameters,
    Settings,
    analyse,
    analyse_series,
    simulate,
)

FAST = Settings(circuit=TWO_ARCS, compare=False)


def made(values: tuple[float, ...], cycle: str, seed: int = 0, noise: float = 0.2) -> Measurement:
    one = simulate(Parameters(values=values, noise_percent=noise), np.random.default_rng(seed))
    return dataclasses.replace(one, meta={**one.meta, "tags": {"cycle": cycle}})


def arcs(tau_int: float, tau_ct: float) -> tuple[float, ...]:
    """Rs, Rint, Qint, nint, Rct, Qct, nct, W with given time constants: int has 20 ohm, ct 60 ohm."""
    return (3.0, 20.0, tau_int**0.85 / 20.0, 0.85, 60.0, tau_ct**0.85 / 60.0, 0.85, 6.0)


def growing(r_int: float) -> tuple[float, ...]:
    """The interface's arc grows at 1 mF, the other stays at 30 ohm and 10 mF (0.3 s)."""
    return (3.0, r_int, (1e-3 * r_int) ** 0.95 / r_int, 0.95, 30.0, 0.3**0.95 / 30.0, 0.95, 2.0)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_arcs_keep_their_names_when_they_cross(order: tuple[int, ...]) -> None:
    """At 900 ohm the interface's arc (0.9 s) has overtaken the other: named by tau alone it would become 'ct'."""
    resistances = (40.0, 100.0, 900.0)
    series = [made(growing(resistances[i]), str(50 * i + 10), i, noise=0.02) for i in order]
    results = analyse_series(series, FAST)
    for place, i in enumerate(order):
        assert results[place]["Rint"].value == pytest.approx(resistances[i], rel=0.03)
        assert results[place]["Rct"].value == pytest.approx(30.0, rel=0.2)  # small beside 900 ohm
        assert any(n.code == "arcs_crossed" for n in results[place].notes) is (i == 2)
    alone = analyse(series[order.index(2)], FAST)
    assert alone["Rint"].value == pytest.approx(30.0, rel=0.2)  # alone it is named by its time constant


@pytest.mark.parametrize("seed", [1, 2, 4, 5])
def test_a_state_whose_arcs_are_undetermined_names_no_others(seed: int) -> None:
    """The first state has one arc; held against two of chance the arcs of the next states would seem to cross."""
    lone = Parameters(circuit="Rs-p(R1,CPE1)", values=(3.0, 60.0, 4e-3, 0.8), noise_percent=0.3)
    first = simulate(lone, np.random.default_rng(seed))
    first = dataclasses.replace(first, meta={**first.meta, "tags": {"cycle": "0"}})
    results = analyse_series([first, *(made(Parameters().values, str(i), seed + i, 0.3) for i in (50, 90))], FAST)
    assert not any(note.code == "arcs_crossed" for result in results for note in result.notes)
    assert [r["Rint"].value for r in results[1:]] == pytest.approx([25.0, 25.0], rel=0.03)


@pytest.mark.slow
def test_one_circuit_for_all_states() -> None:
    """The tail is too weak to be seen in one state alone; the series takes one circuit by the sum of BIC."""
    one, two = arcs(1e-4, 0.1), (*arcs(1e-4, 0.12)[:7], 9.0)
    results = analyse_series([made(one, "1"), made(two, "2", 1)], Settings(circuit="auto", starts=3))
    assert {r.circuit for r in results} == {"Rs-p(Rint,CPEint)-p(Rct,CPEct)-W"}


@pytest.mark.slow
def test_circuit_is_chosen_by_bic() -> None:
    truth = {
        "Rs-p(R1,CPE1)": (5.0, 50.0, 1e-4, 0.85),
        "Rs-p(R1,CPE1)-Wo": (5.0, 50.0, 1e-4, 0.85, 20.0, 3.0),
        "L-Rs-p(Rint,CPEint)-p(Rct,CPEct)-W": (1e-6, 3.0, 25.0, 4e-5, 0.85, 60.0, 4e-3, 0.8, 8.0),
    }
    for circuit, values in truth.items():
        one = simulate(Parameters(circuit=circuit, values=values, noise_percent=0.2), np.random.default_rng(3))
        assert analyse(one, Settings(circuit="auto", starts=3)).circuit == circuit


def test_one_arc_is_found_to_be_one() -> None:
    """One arc: nobody asked for two, so one is given and nothing refused."""
    values = (5.0, 50.0, 1e-4, 0.85)
    one = simulate(Parameters(circuit="Rs-p(R1,CPE1)", values=values, noise_percent=0.3), np.random.default_rng(8))
    free = analyse(one, Settings())
    assert free.circuit == "Rs-p(R1,CPE1)"
    assert free["R1"].value == pytest.approx(50.0, abs=4 * (free["R1"].std or 0.0))
    assert free.arcs[0]["quoted"]
    assert {n.code for n in free.notes} == {"circuit_chosen"}
    assert "simplest that the data determine" in free.notes[0].text


def test_a_spectrum_without_noise_is_what_it_was_made_of() -> None:
    """The true circuit leaves nothing at all: rounding, not certainty, says how well its numbers are known."""
    one = simulate(Parameters(noise_percent=0.0), np.random.default_rng(0))
    found = analyse(one, Settings(outliers="keep"))
    assert found.circuit == Parameters().circuit
    truth = dict(zip(build(found.circuit).names, Parameters().values, strict=True))
    for name, value in truth.items():
        assert found[name].value == pytest.approx(value, rel=1e-6)
        assert found[name].std is not None


def test_wrong_tail_is_said() -> None:
    """Truth: a CPE tail with n = 0.7; a Warburg tail would give a wrong R_ct."""
    values = (3.0, 25.0, 4e-5, 0.85, 60.0, 4e-3, 0.8, 0.05, 0.7)
    one = simulate(Parameters(circuit="Rs-p(Rint,CPEint)-p(Rct,CPEct)-CPEd", values=values), np.random.default_rng(1))
    notes = {n.code: n.text for n in analyse(one, Settings(circuit=TWO_ARCS)).notes}
    assert "CPEd describes the spectrum better" in notes["better_circuit"]


@pytest.mark.parametrize("drift", [10.0, 20.0, 40.0])
def test_a_drift_is_a_misfit_and_no_noise(drift: float) -> None:
    """The noise that was put in is found beside a drift, which no circuit follows; both were called noise before."""
    parameters = Parameters(noise_percent=0.1, drift_percent=drift)
    found = analyse(simulate(parameters, np.random.default_rng(1)), FAST)
    assert found["noise"].value == pytest.approx(0.1, rel=0.5)
    assert found["lack_of_fit"].value > 2.0
    assert any(n.code == "lack_of_fit" and "no circuit describes" in n.text for n in found.notes)


def test_drift_is_seen_by_kramers_kronig() -> None:
    parameters = Parameters(noise_percent=0.05, drift_percent=20.0)
    drifting = analyse(simulate(parameters, np.random.default_rng(0)), FAST)
    still = analyse(simulate(dataclasses.replace(parameters, drift_percent=0.0), np.random.default_rng(0)), FAST)
    assert "kramers_kronig" in {n.code for n in drifting.notes}
    assert "kramers_kronig" not in {n.code for n in still.notes}


@cache
def recovered(noise: float, wild: int, percent: float) -> tuple[int, int]:
    """Of 12 spectra: how many have both arcs within 5 %, and how many points were left out."""
    good, left = 0, 0
    for seed in range(12):
        parameters = Parameters(noise_percent=noise, wild_points=wild, wild_percent=percent)
        result = analyse(simulate(parameters, np.random.default_rng(seed)), FAST)
        truth = dict(zip(result.names, parameters.values, strict=True))
        good += all(abs(result[name].value / truth[name] - 1) < 0.05 for name in ("Rint", "Rct"))
        left += int((~result.used).sum())
    return good, left


@pytest.mark.parametrize("percent", [20.0, 100.0])
@pytest.mark.parametrize("noise", [1.0, 0.1])
def test_three_wild_points_do_not_hurt(percent: float, noise: float) -> None:
    clean, none = recovered(noise, 0, percent)
    good, left = recovered(noise, 3, percent)
    assert clean >= 11
    assert none <= 1
    assert good >= clean - 1
    assert 34 <= left <= 39  # of 36 wild points


def test_unresolved_arcs_are_not_quoted_but_their_sum_is() -> None:
    close = simulate(Parameters(values=arcs(1e-3, 4e-3), noise_percent=1.0), np.random.default_rng(2))
    result = analyse(close, FAST)
    assert not any(row["quoted"] for row in result.arcs)
    assert {"arc_unresolved", "correlated_arcs"} <= {n.code for n in result.notes}
    total = result["arc_resistance_sum"]
    assert total.value == pytest.approx(80.0, rel=0.02)
    assert (total.std or 0) < 0.02 * total.value


def test_what_the_data_do_not_determine_is_not_given() -> None:
    """An arc far below the lowest frequency is not seen: the other's 20 ohm, split in two, are known as a sum alone."""
    slow = simulate(Parameters(values=arcs(1e-3, 3e5), noise_percent=0.5), np.random.default_rng(2))
    result = analyse(slow, FAST)
    assert "undetermined" in {n.code for n in result.notes}
    assert "Rct" not in result.quantities
    total = result["arc_resistance_sum"]
    assert total.value == pytest.approx(20.0, abs=3 * (total.std or 0.0))
    with pytest.raises(Refused, match=r"do not determine it .*: .*Rct"):
        result["Rct"]


def test_arc_outside_the_window_is_said() -> None:
    slow = simulate(Parameters(values=arcs(1e-7, 0.1), noise_percent=0.05), np.random.default_rng(2))
    assert "arc_outside_window" in {n.code for n in analyse(slow, FAST).notes}


def test_area_and_kind() -> None:
    one = simulate(Parameters(), np.random.default_rng(0))
    result = analyse(one, dataclasses.replace(FAST, area_cm2=1.13, kind=CellKind.HALF))
    assert result["Rint.area_specific"].value == pytest.approx(1.13 * result["Rint"].value)
    assert result["Rint.area_specific"].unit == "ohm cm2"
    assert "counter_electrode" in {n.code for n in result.notes}


def test_area_specific_resistance_of_a_symmetric_cell_is_per_interface() -> None:
    """Li | electrolyte | Li: two interfaces in series, each with R A/2; the electrolyte between them has R A."""
    settings = Settings(circuit="Rs-p(R1,CPE1)", area_cm2=1.13, kind=CellKind.SYMMETRIC)
    made = simulate(Parameters(circuit="Rs-p(R1,CPE1)", values=(5.0, 80.0, 1e-5, 0.9)), np.random.default_rng(1))
    result = analyse(made, settings)
    assert result["R1.area_specific"].value == pytest.approx(80 * 1.13 / 2, rel=0.01)
    assert result["Rs.area_specific"].value == pytest.approx(5 * 1.13, rel=0.01)
    assert "per_interface" in {note.code for note in result.notes}


def test_too_few_points_are_refused() -> None:
    one = simulate(Parameters(), np.random.default_rng(0))
    few = dataclasses.replace(one, columns={name: values[:6] for name, values in one.columns.items()})
    with pytest.raises(Refused, match="6 points are too few"):
        analyse(few, FAST)
    eight = dataclasses.replace(one, columns={name: values[::7] for name, values in one.columns.items()})
    many = "Rs-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)-p(R4,CPE4)-p(R5,CPE5)-W"
    with pytest.raises(Refused, match="cannot determine 17 parameters"):
        analyse(eight, dataclasses.replace(FAST, circuit=many))
    with pytest.raises(InputError, match="no column 'impedance_std_ohm'"):
        analyse(one, dataclasses.replace(FAST, weighting="sigma"))


@given(scale=st.floats(1e-3, 1e4), shift=st.floats(1e-2, 1e2))
@hypothesis_settings(max_examples=12, deadline=None)
def test_scaling_of_impedance_and_frequency(scale: float, shift: float) -> None:
    """All impedances times k: R times k, Q over k; all frequencies times k: time constants over k."""
    one = simulate(Parameters(), np.random.default_rng(5))
    plain = analyse(one, FAST)
    columns = {name: scale * one[name] for name in ("real_impedance_ohm", "imaginary_impedance_ohm")}
    result = analyse(
        dataclasses.replace(one, columns={**columns, "frequency_hertz": shift * one["frequency_hertz"]}), FAST
    )
    for name in ("Rs", "Rint", "Rct"):
        assert result[name].value == pytest.approx(scale * plain[name].value, rel=1e-4)
    assert result["int.time_constant"].value == pytest.approx(plain["int.time_constant"].value / shift, rel=1e-4)
    assert result["CPEint_n"].value == pytest.approx(plain["CPEint_n"].value, rel=1e-4)
    assert result["noise"].value == pytest.approx(plain["noise"].value, rel=1e-6)


def test_every_show_is_made() -> None:
    results = analyse_series([made(arcs(1e-4, 0.1), "10"), made(arcs(1e-4, 0.2), "50", 1)], Settings(circuit=TWO_ARCS))
    labelled = [r.stamped(label=f"cycle {c}") for r, c in zip(results, (10, 50), strict=True)]
    for name, show in FIGURES.items():
        if name == "relaxation times":
            with pytest.raises(InputError, match=r"relaxation_times = true"):
                show(labelled)
        else:
            assert show(labelled).simulated
    for table in TABLES.values():
        made_table = table(labelled)
        assert all(len(row) == len(made_table.columns) for row in made_table.rows)


def test_evolution_leaves_out_what_is_not_known_and_draws_the_sum() -> None:
    """Two arcs come together: the last state's parts are not drawn, their sum is."""
    states = ((1, 1.0), (50, 0.1), (100, 1.02e-3))
    tracks = [made(arcs(1e-3, tau), str(cycle), 2, noise=1.0) for cycle, tau in states]
    results = analyse_series(tracks, FAST)
    assert not {"Rint", "Rct"} & results[-1].quantities.keys()
    assert results[-1]["arc_resistance_sum"].value == pytest.approx(
        sum(arcs(1e-3, 1.3e-3)[i] for i in (1, 4)), rel=0.03
    )
    panel = FIGURES["evolution"](results).panels[0]
    found = {layer.label: layer for layer in panel.layers if isinstance(layer, Points) and layer.label}
    assert set(found) == {"R_{int}", "R_{ct}", "sum of the arcs"}
    assert found["R_{ct}"].x.max() == 50
    assert found["sum of the arcs"].x.max() == 100
    assert panel.y.high is not None
    assert panel.y.high < 100


def test_unlike_spectra_are_not_forced_on_one_circuit() -> None:
    """A coin cell, a dummy circuit of one arc, a blocking electrode and a pellet keep what each determines alone."""
    cases = {
        "Rs-p(Rint,CPEint)-p(Rct,CPEct)-W": (3.0, 25.0, 4e-5, 0.85, 60.0, 4e-3, 0.8, 8.0),
        "Rs-p(R1,CPE1)": (150.0, 500.0, 3e-8, 1.0),
        "Rs-CPEd": (40.0, 1e-5, 0.9),
        "p(R1,CPE1)-CPEd": (5e5, 1e-10, 0.9, 1e-6, 0.8),
    }
    series = [
        simulate(Parameters(circuit=text, values=values, noise_percent=0.2), np.random.default_rng(i))
        for i, (text, values) in enumerate(cases.items())
    ]
    results = analyse_series(series, Settings(starts=3))
    for result, values in zip(results[:3], list(cases.values())[:3], strict=True):
        assert result["Rs"].value == pytest.approx(values[0], rel=0.03)
        assert result["lack_of_fit"].value < 2.0
    assert results[1]["R1"].value == pytest.approx(500.0, rel=0.02)
    assert results[3]["R1"].value == pytest.approx(5e5, rel=0.05)
    assert [any(n.code == "own_circuit" for n in r.notes) for r in results] == [False, True, True, True]
    for name in ("nyquist", "bode", "evolution"):
        assert FIGURES[name](results).panels


def test_alike_spectra_share_their_circuit() -> None:
    series = [made(arcs(1e-4, 0.1 + 0.02 * i), str(i + 1), i) for i in range(3)]
    results = analyse_series(series, Settings(starts=3))
    assert len({result.circuit for result in results}) == 1
    assert not any(n.code == "own_circuit" for r in results for n in r.notes)
