"""Convention 9, on results: what the simulations of a technique make is found in its words, and each has its tests."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.core.plugins import plugins
from halfcell.core.result import Result
from halfcell.core.sample import CellKind
from halfcell.core.vocabulary import quantity_word, vocabulary
from halfcell.maths.first_shell import ScatteringPath
from halfcell.techniques import (
    conductivity,
    cycling,
    decomposition_kinetics,
    diffraction,
    edx,
    electron_diffraction,
    exafs,
    impedance,
    indentation,
    ionic_conductivity,
    layer_thickness,
    microscopy,
    operando_diffraction,
    particle_images,
    particle_size,
    polarisation,
    raman,
    sorption,
    thermogravimetry,
    voltammetry,
)
from halfcell.techniques.load import load_technique
from halfcell.techniques.run import run
from halfcell.twin.card import Card
from halfcell.twin.cards import load_card
from halfcell.twin.techniques import predicted_response, prediction, simulated_cell
from series_names import figures_of, nameless
from xrd_samples import STANDARD, powder

TESTS = Path(__file__).resolve().parents[1]
KNOWN = {"raman": "raman_files", "exafs": "xas_files"}  # technique -> its known test, where the name differs
NOT_KNOWN = {  # why a technique has no test on a published value or a real file
    "layer_thickness": "no public cross-section of a coating that states its thickness and a licence was found",
    "conductivity": "no public I-V record of a pellet that states its geometry and a licence was found",
    "polarisation": "no public current-time record of a pellet that states its geometry and a licence was found",
    "comparison": "its numbers are those of cycling, which has known tests",
    "predicted_response": "as prediction",
    "simulated_cell": "it records nothing; its numbers are those of the twin, held by tests/known/test_twin_*",
    "prediction": "the document of the cards prints no raw file; its numbers are held by tests/unit/twin",
    "operando_diffraction": "no public scans of a working cell with the record of its cycler and a licence were found",
    "decomposition_kinetics": "no public runs of one sample at three heating rates with a licence were found",
}
TECHNIQUES = sorted(name for name, plugin in plugins("techniques").items() if not plugin.is_foreign)


@dataclass(frozen=True, kw_only=True)
class Walk:
    """One way from parameters to results: what is simulated, with tags and settings, and how it is analysed."""

    parameters: tuple[Any, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    tags: tuple[Mapping[str, str], ...] = ()
    references: Mapping[str, Any] = field(default_factory=dict)
    join: bool = False


def _tagged(**values: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    """``state=("pristine", "0.01 V")`` -> a tag for each measurement."""
    [(key, texts)] = values.items()
    return tuple({key: text} for text in texts)


HALF = cycling.Parameters(cycles=8, points=40, retention_percent=80.0, retention_cycle=8)
TWO_ARCS = impedance.Parameters().circuit
BLOCKS = tuple(
    cycling.Block(cycles=2, current_ma_g=current, capacity_part=part)
    for current, part in ((18.0, 1.0), (90.0, 0.85), (900.0, 0.5), (1800.0, 0.3), (18.0, 0.99))
)
FULL = cycling.Parameters(
    kind=CellKind.FULL, materials=(("graphite|NCM811", 1.0),), blocks=BLOCKS, active_mass_mg=12.0, points=40,
    first_charge_mah_g=205.0, first_discharge_mah_g=179.0, lower_volt=2.8, upper_volt=4.3, start_volt=3.0,
    retention_cycle=10,
)  # fmt: skip
FULL_SETTINGS = {
    "kind": CellKind.FULL, "cathode_active_mass_mg": 12.0, "anode_mass_mg": 6.0, "cathode_mass_mg": 13.0,
    "separator_mass_mg": 2.0, "anode_capacity_mah_per_cm2": 2.4, "cathode_capacity_mah_per_cm2": 2.1, "area_cm2": 1.13,
    "one_c_ma_per_g": 180.0,
}  # fmt: skip
TIN = voltammetry.Parameters(materials=(("Sn", 850.0),))
PELLET = {"diameter_mm": 10.0, "thickness_um": 500.0}
STATES = _tagged(state=("pristine", "0.01 V", "2.0 V"))
WAVES = np.arange(0.0, 20.01, 0.2)
PATH = ScatteringPath(
    k=tuple(WAVES), amplitude=tuple(0.35 * WAVES * np.exp(-WAVES / 6.0)), phase=tuple(0.5 - 0.6 * WAVES),
    free_path=tuple(6.0 + 0.6 * WAVES), momentum=tuple(np.sqrt(WAVES**2 + 1.5)), half_length=3.0, degeneracy=6.0,
)  # fmt: skip
ELEMENTS = (
    ("R0-L1-p(R1,C1)", (3.0, 1e-6, 25.0, 1e-5)),
    ("R0-La1-p(R1,C1)-Ws1", (3.0, 1e-6, 0.9, 25.0, 1e-5, 20.0, 5.0)),
    ("R0-Zarc1", (3.0, 25.0, 1e-3, 0.85)),
    ("R0-K1-G1", (3.0, 25.0, 1e-3, 10.0, 1.0)),
    ("R0-H1-Wsp1", (3.0, 25.0, 1e-3, 0.9, 0.8, 10.0, 5.0, 0.45)),
)
WIDTHS = np.array([2.0, 4.0, 8.0])
KERNEL = ((0.0, *WIDTHS), *((float(p), *map(float, 100 * p / WIDTHS)) for p in np.geomspace(1e-3, 0.98, 40)))

COMPOSITE = load_card("composite-ncm811")
SWEEP = {"scan_rate_mv_s": 1.0, "cycles": 1, "step_mv": 10.0}
GRAPHITE = load_card("graphite-ncm811")
CARD_SETTINGS = {"kind": CellKind.FULL, "cathode_active_mass_mg": 12.18, "area_cm2": 0.7854, "draws": 8}


def _uncertain(card: Card) -> Card:
    """The card with an uncertain resistance."""
    path = "cell.resistance_ohm"
    return dataclasses.replace(card, values={**card.values, path: dataclasses.replace(card.values[path], std=1.0)})


WALKS: dict[str, tuple[Walk, ...]] = {
    "comparison": (
        Walk(parameters=(HALF,), settings={"kind": CellKind.HALF, "active_mass_mg": 1.2, "anode": "Si", "cycle": 8}),
        Walk(
            parameters=(FULL,),
            settings={"comparison": "solid_state", "kind": CellKind.ASSLB, "cathode_active_mass_mg": 12.0}
            | {"area_cm2": 0.785},
        ),
    ),
    "conductivity": (
        Walk(parameters=(conductivity.Parameters(),), settings={**PELLET, "electrodes": "ion-blocking"}),
        Walk(parameters=(conductivity.Parameters(cubic_per_volt2=40.0, capacitance_farad=0.05),), settings=PELLET),
        Walk(
            parameters=tuple(conductivity.Parameters(thickness_um=t, contact_ohm=0.1) for t in (300.0, 500.0, 800.0)),
            settings={**PELLET, "electrodes": "ion-blocking"},
            tags=_tagged(thickness=("300 um", "500 um", "800 um")),
            references={"contact_resistance_ohm": conductivity.Parameters(thickness_um=0.0, contact_ohm=0.1)},
        ),
    ),
    "cycling": (
        Walk(parameters=(HALF,), settings={"kind": CellKind.HALF, "active_mass_mg": 1.2, "fade_limit_percent": 90.0}),
        Walk(parameters=(HALF,)),
        Walk(parameters=(FULL,), settings=FULL_SETTINGS),
        Walk(parameters=(HALF, HALF), settings={"kind": CellKind.HALF, "profile_cycles": (1, 99)}, join=True),
    ),
    "diffraction": (
        Walk(
            parameters=(dataclasses.replace(powder(("Si", 700, 12), ("CoSi2", 560, 12)), start_degree=15.0),),
            settings={"phases": ("Si", "CoSi2"), "absent": ("beta-Sn",), "strain": "free"},
            references={"instrument": STANDARD},
        ),
        Walk(parameters=(powder(("Si", 700, 12)),), settings={"elements": ("Si", "Sn"), "aberration": "zero"}),
        Walk(
            parameters=(diffraction.Parameters(phases=(), start_degree=10.0, carbon=diffraction.Carbon()),),
            settings={"carbon": True},
        ),
        Walk(
            parameters=(powder(("Si", 700, 12), ("Cu", 700, 80)), powder(("Cu", 700, 80))),
            settings={"phases": ("Si",), "holder": ("Cu",)},
            tags=STATES[:2],
        ),
    ),
    "edx": (
        Walk(parameters=(edx.Parameters(),), settings={"sample": "thin"}),
        Walk(
            parameters=(edx.Parameters(size=(48, 64), channels=400, step_kiloelectronvolt=0.02),),
            settings={"line": (2.0, 2.0, 50.0, 40.0, 3.0)},
        ),
    ),
    "electron_diffraction": (
        Walk(
            parameters=(electron_diffraction.Parameters(pixels=192, scale_per_nm=0.14, column=93.0, row=98.0),),
            settings={"phases": ("Au",)},
        ),
        Walk(
            parameters=(electron_diffraction.Parameters(pattern="spots", beam_stop=False, phases=(("Si", 1.0),)),),
            settings={"pattern": "spots", "phases": ("Si", "CoSi2")},
        ),
    ),
    "exafs": (
        Walk(parameters=(exafs.Parameters(),), settings={"path": PATH}),
        Walk(
            parameters=tuple(
                exafs.Parameters(paths=(exafs.Path(bond_angstrom=bond),), noise=5e-5) for bond in (3.0, 2.7, 3.0)
            ),
            tags=STATES,
        ),
        Walk(
            parameters=tuple(
                exafs.Parameters(e0_electronvolt=29200.0 + e, reference_electronvolt=29200.0) for e in (0, 1, 4)
            ),
            settings={"linear_combination": ("pristine", "2.0 V"), "path": PATH, "s02": 0.8},
            tags=STATES,
        ),
    ),
    "impedance": (
        Walk(
            parameters=(impedance.Parameters(),),
            settings={"circuit": TWO_ARCS, "area_cm2": 1.13, "kind": CellKind.HALF},
        ),
        *(Walk(parameters=(impedance.Parameters(circuit=c, values=v),), settings={"circuit": c}) for c, v in ELEMENTS),
        Walk(parameters=(impedance.Parameters(drift_percent=5.0, wild_points=2),), settings={"starts": 3}),
        Walk(
            parameters=(impedance.Parameters(circuit="R0-Wop1", values=(8.0, 160.0, 0.06, 0.5)),),
            settings={"circuit": "R0-Wop1", "kind": CellKind.SYMMETRIC, "area_cm2": 1.0, "porosity": 0.4}
            | {"electrode_thickness_um": 80.0, "electrolyte_conductivity_s_per_cm": 1e-3},
        ),
        Walk(
            parameters=(impedance.Parameters(circuit="R0-Wo1", values=(5.0, 100.0, 4.0)),),
            settings={"circuit": "R0-Wo1", "diffusion_length_um": 2.0},
        ),
        Walk(
            parameters=(impedance.Parameters(), impedance.Parameters(noise_percent=0.6)),
            settings={"circuit": TWO_ARCS, "compare": False},
            tags=_tagged(cycle=("1", "50")),
        ),
    ),
    "indentation": (
        Walk(parameters=(indentation.Parameters(popin_nm=30.0),)),
        Walk(parameters=(indentation.Parameters(),) * 2, join=True),
        Walk(parameters=(indentation.Parameters(elastic_energy_nj=0.0),)),
    ),
    "ionic_conductivity": (
        Walk(
            parameters=tuple(ionic_conductivity.Parameters(temperature_degc=t) for t in (-40.0, 0.0, 40.0)),
            settings=PELLET,
            tags=_tagged(temperature=("-40C", "0C", "40C")),
        ),
        Walk(parameters=(ionic_conductivity.Parameters(lowest_frequency_hertz=3e4),), settings=PELLET),
    ),
    "microscopy": (
        Walk(
            parameters=(microscopy.Parameters(pixels=400),),
            settings={"regions": [[150, 150, 240]], "phases": ["Si", "CoSi2"]},
        ),
        Walk(
            parameters=(microscopy.Parameters(pixels=400),),
            settings={"regions": [[150, 150, 240], [300, 300, 64]], "standard": "Si", "pixel_size_nm": 0.02},
        ),
    ),
    "layer_thickness": (
        Walk(
            parameters=(layer_thickness.Parameters(columns=300, rows=260),) * 2
            + (layer_thickness.Parameters(columns=300, rows=260, thickness_um=25.0, tilt_degree=9.0),),
            settings={"pixel_size_nm": 190.0},
            tags=_tagged(state=("2 V", "2 V", "0 V")),
        ),
        Walk(
            parameters=(layer_thickness.Parameters(columns=300, rows=260, correlation_um=60.0, roughness_um=2.0),),
            settings={"collector_um": 90.0},
        ),
    ),
    "particle_images": (
        Walk(parameters=(particle_images.Parameters(columns=600, rows=500, particles=60),)),
        Walk(
            parameters=(
                particle_images.Parameters(columns=300, rows=200, median_um=0.15, particles=200, blur_pixels=2.0),
            ),
            settings={"pixel_size_nm": 25.0},
        ),
    ),
    "operando_diffraction": (
        Walk(
            parameters=(operando_diffraction.Parameters(scans=8),),
            settings={"follow_degree": ((27.7, 29.2), (30.6, 31.4))},
            references={"voltage": operando_diffraction.voltage_record(operando_diffraction.Parameters(scans=8))},
        ),
        Walk(
            parameters=(operando_diffraction.Parameters(scans=3), operando_diffraction.Parameters(scans=3)),
            settings={"offset_minutes": 300.0},
            references={"voltage": operando_diffraction.voltage_record(operando_diffraction.Parameters(scans=3))},
            join=True,
        ),
    ),
    "particle_size": (
        Walk(
            parameters=(
                particle_size.Parameters(
                    medians_um=(0.4, 8.0), geometric_sds=(1.4, 1.6), fractions=(0.3, 0.7), largest_um=2000.0
                ),
            )
            * 2,
            join=True,
        ),
        Walk(parameters=(particle_size.Parameters(),), settings={"basis": "number"}),
    ),
    "polarisation": (
        Walk(
            parameters=(polarisation.Parameters(),),
            settings={**PELLET, "electrodes": "electron-blocking", "series_resistance_ohm": 1.0},
        ),
        Walk(parameters=(polarisation.Parameters(duration_second=200.0, tau_second=3000.0),), settings=PELLET),
        Walk(
            parameters=(polarisation.Parameters(initial_ratio=1.2),),
            settings={**PELLET, "electrodes": "electron-blocking", "interface_before_ohm": 4.0}
            | {"interface_after_ohm": 4.0},
        ),
        Walk(
            parameters=tuple(polarisation.Parameters(bias_mv=bias) for bias in (25.0, 50.0, 75.0)),
            settings={**PELLET, "electrodes": "ion-blocking"},
        ),
    ),
    "raman": (
        Walk(
            parameters=(raman.Parameters(position_per_cm=518.5, lorentz_per_cm=6.0, amorphous_fraction=0.3),),
            settings={"cross_section_ratio": 1.0},
            references={"wafer": raman.Parameters()},
        ),
        Walk(parameters=(raman.Parameters(),)),
        Walk(
            parameters=(raman.Parameters(counts=4e5, carbon_d=1.5, carbon_g=1.0, range_per_cm=(800.0, 2000.0)),),
            settings={"region": "carbon"},
        ),
        Walk(
            parameters=(
                raman.Parameters(position_per_cm=519.0, amorphous_fraction=0.2),
                raman.Parameters(counts=0.0, exposure_second=20.0),
                raman.Parameters(counts=0.0, amorphous_counts=45000.0),
            ),
            tags=STATES,
        ),
    ),
    "sorption": (
        Walk(parameters=(sorption.Parameters(),)),
        Walk(
            parameters=(sorption.Parameters(micropore_volume=0.01),),
            settings={"kernel": KERNEL, "surface": "carbon", "bet_window": (0.05, 0.2)},
        ),
    ),
    "decomposition_kinetics": (
        Walk(
            parameters=tuple(
                decomposition_kinetics.Parameters(
                    rate_degc_per_minute=r, energy=120.0, log10_prefactor=8.5, second_energy=e
                )
                for r, e in ((2.0, 260.0), (5.0, 260.0), (7.0, 260.0))
            ),
        ),
    ),
    "prediction": (
        Walk(parameters=(prediction.Parameters(),), settings={**CARD_SETTINGS, "card": _uncertain(GRAPHITE)}),
        Walk(parameters=(prediction.Parameters(),), settings={**CARD_SETTINGS, "card": GRAPHITE, "area_cm2": 2.0}),
        Walk(parameters=(prediction.Parameters(),)),
    ),
    "predicted_response": (
        Walk(parameters=(predicted_response.Parameters(),), settings={"card": COMPOSITE}),
        Walk(
            parameters=(predicted_response.Parameters(protocol="voltammetry", settings=SWEEP),),
            settings={"card": COMPOSITE, "active_mass_mg": 2.0},
        ),
        Walk(parameters=(predicted_response.Parameters(),)),
    ),
    "simulated_cell": (
        Walk(parameters=(simulated_cell.Parameters(),), settings={"given": ("cycles=1",)}),
        Walk(parameters=(simulated_cell.Parameters(values={"cell.lower_volt": 4.5}),)),
    ),
    "thermogravimetry": (
        Walk(
            parameters=(
                thermogravimetry.Parameters(
                    losses=(20.0,),
                    peaks_degc=(560.0,),
                    energies_kj_per_mol=(180.0,),
                    gains=(91.0,),
                    gain_peaks_degc=(1100.0,),
                    gain_energies_kj_per_mol=(130.0,),
                    gas="Air",
                    end_degc=900.0,
                    burn_to_degc=0.0,
                ),
            ),
            settings={"oxidation": "silicon"},
        ),
        Walk(parameters=(thermogravimetry.Parameters(),)),
        Walk(parameters=(thermogravimetry.Parameters(drift_mg=0.02, burn_to_degc=0.0),), settings={"basis": "initial"}),
    ),
    "voltammetry": (
        Walk(parameters=(TIN,), settings={"hosts": ("Sn",), "active_mass_mg": 1.2}),
        Walk(parameters=(TIN,)),
    ),
}


@cache
def walked(name: str, place: int) -> tuple[Result, ...]:
    """What one walk of a technique finds."""
    technique, walk = load_technique(name), WALKS[name][place]
    rng = np.random.default_rng(20)
    made = [technique.simulate(parameters, rng) for parameters in walk.parameters]
    tags = walk.tags or ({},) * len(made)
    measurements = [_with_tags(one, tag) for one, tag in zip(made, tags, strict=True)]
    references = {
        key: given if isinstance(given, Measurement) else technique.simulate(given, rng)
        for key, given in walk.references.items()
    }
    return tuple(run(technique, measurements, technique.settings(**walk.settings), references, join=walk.join))


def _with_tags(measurement: Measurement, tags: Mapping[str, str]) -> Measurement:
    return dataclasses.replace(measurement, meta={**measurement.meta, "tags": dict(tags)} if tags else measurement.meta)


@pytest.fixture(scope="module")
def results(request: pytest.FixtureRequest) -> list[Result]:
    """All results that the walks of a technique make."""
    return [result for place in range(len(WALKS[request.param])) for result in walked(request.param, place)]


@pytest.mark.parametrize(("name", "results"), [(n, n) for n in TECHNIQUES], indirect=["results"], ids=TECHNIQUES)
def test_every_quantity_row_and_note_of_a_simulated_run_has_words(name: str, results: list[Result]) -> None:
    quantities = {quantity for result in results for quantity in result.quantities}
    assert quantities
    assert {quantity for quantity in quantities if not quantity_word(name, quantity).get("meaning")} == set()
    keys = {key for result in results for row in result.rows for key in row}
    assert keys - set(vocabulary()["row"][name]) == set()
    notes = vocabulary()["note"]
    sections = [section for one in (name, *load_technique(name).builds_on) for section in (one, f"{one}: raw files")]
    known = {code for section in ("all techniques", *sections) for code in notes.get(section, {})}
    assert {note.code for result in results for note in result.notes} - known == set()


@pytest.mark.parametrize("name", TECHNIQUES)
def test_every_series_of_a_figure_has_a_name_of_its_own(name: str) -> None:
    """The columns of a figure's data file are told apart by the names of their series."""
    for place in range(len(WALKS[name])):
        for figure in figures_of(name, walked(name, place)):
            assert nameless(figure) == []


@pytest.mark.parametrize("name", TECHNIQUES)
def test_every_technique_has_a_truth_test(name: str) -> None:
    assert name in WALKS
    assert (TESTS / "truth" / f"test_{name}.py").is_file()


@pytest.mark.parametrize("name", TECHNIQUES)
def test_every_technique_has_a_known_test_or_says_why_not(name: str) -> None:
    is_there = (TESTS / "known" / f"test_{KNOWN.get(name, name)}.py").is_file()
    assert is_there != (name in NOT_KNOWN)
