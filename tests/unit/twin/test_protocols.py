"""Protocols on cards: what they find, their balances, what they refuse, and the verb that runs them."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from halfcell.cli import main
from halfcell.core.errors import InputError, Refused, StudyError
from halfcell.materials.composites import volume_change
from halfcell.readers import read_all
from halfcell.twin import course, half_cell
from halfcell.twin.cards import load_card
from halfcell.twin.protocols import protocol, protocol_names, run_protocol, storage, thickness
from halfcell.twin.protocols.load import Settings as Load
from halfcell.twin.protocols.thickness import solids_of

COMPOSITE = load_card("composite-ncm811")
FAST = {"cycles": "1", "rest_minutes": "0"}


def _values(made, name: str) -> list[float]:
    return [row[name].value for row in made.rows]


def test_every_protocol_says_what_it_does() -> None:
    assert {"cccv", "voltammetry", "impedance", "load", "storage", "thickness", "fade", "first-cycle"} <= set(
        protocol_names()
    )
    for name in protocol_names():
        found = protocol(name)
        assert found.name == name
        assert found.summary
        assert "Parameters" in (found.settings.__doc__ or "")
    with pytest.raises(InputError, match="no protocol"):
        protocol("ccvc")


def test_a_held_voltage_adds_charge_and_takes_longer() -> None:
    held, none = (run_protocol(COMPOSITE, "cccv", FAST | {"cut_off": cut}) for cut in ("0.05", "1"))
    assert _values(held, "charge")[0] > _values(none, "charge")[0]
    assert _values(none, "of it held") == [0.0]
    assert none.measurement is not None
    assert none.measurement["voltage_volt"].max() <= 4.3 + 1e-4
    slower = run_protocol(COMPOSITE, "cccv", FAST | {"charge_ma_per_g": "18", "discharge_ma_per_g": "18"})
    assert _values(slower, "energy efficiency")[0] > _values(held, "energy efficiency")[0]


def test_a_cycler_would_count_what_the_model_passes() -> None:
    made = run_protocol(COMPOSITE, "cccv", FAST)
    record = made.measurement
    assert record is not None
    net = record["net_capacity_ah"] * 1e3 / 12.18e-3
    assert -net.min() == pytest.approx(_values(made, "discharge")[0], rel=1e-9)
    assert net[-1] - net.min() == pytest.approx(_values(made, "charge")[0], rel=1e-9)
    current, time = record["current_ampere"], record["test_time_second"]
    trapezia = np.cumsum(np.diff(time) * (current[1:] + current[:-1]) / 2)
    assert trapezia[-1] / 3.6 / 12.18e-3 == pytest.approx(net[-1], abs=0.4)
    assert (np.diff(time) > 0).all()


def test_first_lithiation_is_lower_and_the_sei_is_lost() -> None:
    plain, lossy = (run_protocol(COMPOSITE, "first-cycle", {"sei_mah_per_g": q}) for q in ("0", "120"))
    first, second = _values(plain, "mean lithiation")
    assert first < second - 0.05, "crystalline silicon"
    lost = [made.rows[0]["lithiation"].value - made.rows[0]["delithiation"].value for made in (plain, lossy)]
    assert lost[1] - lost[0] == pytest.approx(120, rel=0.02)
    assert _values(lossy, "efficiency")[1] > 99


def test_a_half_cell_that_is_hardly_used_is_doubted() -> None:
    """The slow exchange that fits the graphite full cell polarises a half cell to its limit."""
    slow = load_card("graphite-ncm811")
    assert any("are used" in doubt for doubt in run_protocol(slow, "first-cycle").doubts)
    assert any("are used" in doubt for doubt in run_protocol(slow, "voltammetry", {"step_mv": "10"}).doubts)
    assert not any("are used" in doubt for doubt in run_protocol(COMPOSITE, "first-cycle").doubts)


def test_the_operating_point_is_on_both_curves() -> None:
    made = run_protocol(COMPOSITE, "load")
    thermal = 8.617333262e-5 * 298.15
    inner = 3.0 - 20 * 10 * 1e-3
    for row in made.rows:
        each = row["each diode"].value
        shockley = 2 * thermal * math.log1p(each * math.expm1(inner / 2 / thermal) / 20) + each * 10e-3
        assert row["voltage"].value == pytest.approx(shockley, abs=2e-3)
        assert row["current"].value == pytest.approx(3 * each)
    assert made.rows[-1]["charge"].value < 190
    assert _values(made, "at")[0] < 0.1 < _values(made, "at")[-1]


def test_a_resistor_as_a_measured_curve_discharges_by_ohms_law() -> None:
    """100 V at 100 mA is 1 kohm: the run takes the charge times the resistance over the mean voltage."""
    settings = {"diodes": "1", "curve_volt": "0.001,100", "curve_ma": "0.001,100", "dark_ma": "0.5"}
    made = run_protocol(COMPOSITE, "load", settings)
    for row in made.rows:
        assert row["voltage"].value == pytest.approx(row["current"].value, rel=1e-3)
    hours, charge = made.rows[-1]["at"].value / 60, made.rows[-1]["charge"].value * 12.18e-3
    assert made.rows[-1]["energy"].value == pytest.approx(charge**2 * 1.0 / hours, rel=0.05)


def test_too_many_diodes_in_series_stay_dark() -> None:
    with pytest.raises(Refused, match="gives the diodes"):
        run_protocol(COMPOSITE, "load", {"wired": "series"})
    for wrong, words in (
        ({"curve_volt": "1,2"}, "as many currents as voltages"),
        ({"rated_volt": "0.1"}, "more than the rated voltage"),
        ({"curve_volt": "2,1", "curve_ma": "1,2"}, "must rise"),
    ):
        with pytest.raises(InputError, match=words):
            Load(**{k: tuple(map(float, v.split(","))) if "curve" in k else float(v) for k, v in wrong.items()})
    series = Load(diodes=2, wired="series", rated_volt=1.5)
    assert series.volt(20.0, 0.0257) == pytest.approx(3.0)


@pytest.mark.slow
def test_storage_keeps_the_balance_of_lithium() -> None:
    """An anode that limits the discharge gives what it has lost less; a cathode that was discharged comes back."""
    anode, cathode = (
        run_protocol(COMPOSITE, "storage", {name: "12", "current_ma_per_g": "9"})
        for name in ("anode_loss_mah_per_g", "cathode_gain_mah_per_g")
    )
    before, after, again = _values(anode, "capacity")
    assert before - after == pytest.approx(12, abs=1.5)
    assert before - again == pytest.approx(12, abs=2.5), "its lithium is in the SEI"
    before, after, again = _values(cathode, "capacity")
    assert before - after < 12
    assert before - again < 2.5, "it was discharged only"
    record = anode.measurement
    assert record is not None
    stored = record["voltage_volt"][record["step_id"] == 0]
    assert (np.diff(stored[5:]) < 1e-4).all()
    calm = run_protocol(COMPOSITE, "storage", {"days": "1"})
    assert any("only relaxes" in doubt for doubt in calm.doubts)


def test_fade_is_an_overlay_and_says_so() -> None:
    made = run_protocol(COMPOSITE, "fade", {"retention_percent": "91.4"})
    assert "empirical overlay, not a prediction" in made.doubts[0]
    assert "empirical overlay" in made.title
    assert _values(made, "retention")[-1] == pytest.approx(91.4, abs=0.1)
    assert (np.diff(_values(made, "discharge")) < 0).all()
    root = run_protocol(COMPOSITE, "fade", {"lithium_percent": "10", "cycles": "0,25,100"})
    lost = [100 - one for one in _values(root, "retention")]
    assert lost[1] == pytest.approx(lost[2] / 2, rel=0.1), "a root of the cycles: half at a quarter of them"
    with pytest.raises(Refused, match="would be lost"):
        run_protocol(COMPOSITE, "fade", {"lithium_percent": "60", "exponent": "1", "cycles": "200"})


def test_thickness_of_one_phase_is_its_growth() -> None:
    """Silicon alone without pores grows by its change of volume times its content, all of it in thickness."""
    values = {"anode.Si.share": 1.0, "anode.Sn.share": 0.0, "anode.graphite.share": 0.0}
    pure = {"anode.capacity_mah_per_g": 3578.0, "anode.active_mg": 0.7, "anode.electrode_mg": 0.7}
    card = COMPOSITE.with_values(values | pure, "test")
    made = run_protocol(card, "thickness", {"porosity": "0"})
    content = card.value("anode.charged_content")
    assert _values(made, "change")[1] == pytest.approx(volume_change("Si") * content * 100, rel=0.01)
    assert _values(made, "pores taken up")[1] == pytest.approx(_values(made, "pores kept")[1])
    solids = solids_of(card, 0.0, 4.95, 1.6)
    assert solids.made == pytest.approx(0.7e-3 / 2.329 / 0.7854 * 1e4, rel=0.01)


def test_pores_bound_the_growth() -> None:
    loose, tight = (run_protocol(COMPOSITE, "thickness", {"porosity": e}) for e in ("0.6", "0.2"))
    assert _values(loose, "change")[1] == 0
    assert 0 < _values(tight, "change")[1] < _values(tight, "change, pores kept")[1]
    assert any("porosity of 0.5 is assumed" in doubt for doubt in run_protocol(COMPOSITE, "thickness").doubts)
    heavy = COMPOSITE.with_values({"anode.capacity_mah_per_g": 3000.0}, "test")
    with pytest.raises(Refused, match="more than the active mass"):
        run_protocol(heavy, "thickness")


@pytest.mark.parametrize(
    ("name", "wrong", "told"),
    [
        ("cccv", {"cut_off": "0"}, "cut_off lies above 0 and at most at 1"),
        ("cccv", {"cycles": "0"}, "currents, times and the number of cycles must be above 0"),
        ("first-cycle", {"current_ma_per_g": "0"}, "current and number of cycles must be above 0"),
        ("first-cycle", {"lower_volt": "2"}, "lower_volt must be below upper_volt"),
        ("load", {"diodes": "0"}, "diodes, currents and ideality must be above 0"),
        ("storage", {"days": "0"}, "days and current must be above 0"),
        ("storage", {"anode_loss_mah_per_g": "-1"}, "losses are not below 0"),
        ("fade", {"at_cycle": "0"}, "cycles, exponent and current must be above 0"),
        ("fade", {"anode_percent": "99"}, "losses lie between 0 and 95 %"),
        ("fade", {"retention_percent": "120"}, "a retention lies between 1 and 100 %"),
        ("thickness", {"porosity": "1"}, "a porosity lies between 0 and 1"),
        ("thickness", {"binder_g_per_cm3": "0"}, "current and densities must be above 0"),
        ("cccv", {"cut": "1"}, "unknown setting 'cut'"),
        ("cccv", {"cycles": "many"}, "cycles: 'many' is not an integer"),
    ],
)
def test_settings_that_cannot_be(name: str, wrong: dict[str, str], told: str) -> None:
    with pytest.raises((InputError, StudyError), match=f"^{name}: .*{told}"):
        run_protocol(COMPOSITE, name, wrong)


def test_the_verb_draws_and_writes(capsys, tmp_path: Path) -> None:
    figure, raw = tmp_path / "made.csv", tmp_path / "made.mpt"
    words = ["twin", "predict", "graphite-ncm811", "--protocol", "cccv", "--with", "cycles=1", "--json"]
    assert main([*words, "--figure", str(figure), "--raw", str(raw)]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["rows"][0]["discharge"]["unit"] == "mAh/g"
    assert figure.stat().st_size > 1000
    (record,) = read_all(raw)
    assert record.is_simulated
    assert record.technique == "cycling"
    assert main(["twin", "protocols"]) == 0
    assert "voltammetry" in capsys.readouterr().out
    assert main(["twin", "protocols", "--json"]) == 0
    assert "scan_rate_mv_s" in json.loads(capsys.readouterr().out)["voltammetry"]["settings"]


@pytest.mark.parametrize(
    ("name", "suffix", "technique"),
    [("voltammetry", ".mpt", "voltammetry"), ("impedance", ".z", "impedance"), ("cccv", ".bdf.csv", "cycling")],
)
def test_raw_files_are_read_back(capsys, tmp_path: Path, name: str, suffix: str, technique: str) -> None:
    raw = tmp_path / f"made{suffix}"
    given = ["--with", "step_mv=20"] if name == "voltammetry" else []
    assert main(["twin", "predict", "graphite-ncm811", "--protocol", name, *given, "--raw", str(raw)]) == 0
    (record,) = read_all(raw)
    assert record.technique == technique
    assert record.is_simulated


def test_mistakes_of_the_verb(capsys, tmp_path: Path) -> None:
    start = ["twin", "predict", "graphite-ncm811", "--protocol"]
    mistakes = (
        ["cvc"], ["cccv", "--with", "cycles"], ["cccv", "--figure", str(tmp_path / "no" / "a.svg")],
        ["thickness", "--raw", str(tmp_path / "a.mpt")], ["thickness", "--figure", str(tmp_path / "a.doc")],
        ["cccv", "--with", "cycles=1", "--raw", str(tmp_path / "a.xyz")],
    )  # fmt: skip
    for rest in mistakes:
        assert main([*start, *rest]) == 2
    assert main([*start, "cccv", "--current", "90"]) == 2
    assert main(["twin", "sweep", "graphite-ncm811", "--vary", "anode.active_mg=6,7", "--protocol", "cccv"]) == 2
    assert main(["twin", "predict", "cell.json", "--current", "5", "--protocol", "cccv"]) == 2
    assert "not for a BPX file" in capsys.readouterr().err


def test_a_figure_of_the_rates_needs_no_name_of_a_protocol(capsys, tmp_path: Path) -> None:
    out = tmp_path / "rates.csv"
    assert main(["twin", "predict", "graphite-ncm811", "--current", "90", "--figure", str(out)]) == 0
    assert "90.0" in capsys.readouterr().out
    assert "90 mA" in out.read_text(encoding="utf-8")
    made = run_protocol(COMPOSITE, "rates")
    assert _values(made, "measured")[0] == 187.4
    with pytest.raises(InputError, match="above 0"):
        run_protocol(COMPOSITE, "rates", {"current_ma_per_g": "-5"})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "given", "loose"),
    [
        ("cccv", FAST, {"hold": 0.02, "of it held": 0.01}), ("load", {}, {}), ("first-cycle", {"cycles": "1"}, {}),
        ("thickness", {"porosity": "0.2"}, {}), ("storage", {"anode_loss_mah_per_g": "10", "days": "3"}, {}),
    ],
)  # fmt: skip
def test_steps_twice_as_fine_change_no_value(name: str, given: dict, loose: dict, monkeypatch) -> None:
    """By no more than 0.6 %; the time of a hold, whose current falls slowly, by 2 %, and its charge by 1 %."""
    usual = run_protocol(COMPOSITE, name, given)
    for module in (course, half_cell, storage, thickness):
        monkeypatch.setattr(module, "STEPS", 2 * module.STEPS)
    monkeypatch.setattr(course, "GROWTH", course.GROWTH**0.5)
    fine = run_protocol(COMPOSITE, name, given)
    for one, other in zip(usual.rows, fine.rows, strict=True):
        for key, found in one.items():
            if isinstance(found.value, float):
                assert found.value == pytest.approx(other[key].value, rel=loose.get(key, 6e-3)), key
