"""X-ray spectra in the formats of EDAX, JEOL and Oxford Instruments, written here after their descriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read, read_all
from halfcell.techniques.edx import Settings, analyse
from made_files import edax_spc, jeol_eds, oxford_h5oina

if TYPE_CHECKING:
    from pathlib import Path

    from halfcell.core.measurement import Measurement


@pytest.mark.parametrize("version", [0.61, 0.7])
def test_edax_spc_is_its_emsa_twin(data: Path, tmp_path: Path, version: float) -> None:
    """The counts of a real EMSA export, written as EDAX writes them: equal channel by channel."""
    twin = read(data / "microscopy/edx/EDAX_CoO_647_leo_edax_test.msa")
    path = tmp_path / "twin.spc"
    path.write_bytes(edax_spc(twin["count"], version))
    found = read(path)
    assert found.source is not None
    assert found.source.reader == "edax_spc"
    np.testing.assert_array_equal(found["count"], twin["count"])
    np.testing.assert_array_equal(found["energy_kiloelectronvolt"], twin["energy_kiloelectronvolt"])
    for name in ("beam_kilovolt", "live_time_second", "atomic_numbers_stated"):
        assert found.meta[name] == twin.meta[name]
    assert found.meta["take_off_angle_degree"] == 35.5
    assert found.meta["started"] == "2022-08-29 10:14"


def test_a_real_spc_beside_its_emsa_twin(data: Path) -> None:
    path = data / "microscopy/edx/EDAX_CoO_647_leo_edax_test.spc"
    if not path.is_file():
        pytest.skip("no .spc among the data")
    twin, found = read(path.with_suffix(".msa")), read(path)
    np.testing.assert_array_equal(found["count"], twin["count"])
    np.testing.assert_array_equal(found["energy_kiloelectronvolt"], twin["energy_kiloelectronvolt"])


def test_a_spc_that_was_cut_off_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "cut.spc"
    path.write_bytes(edax_spc(np.ones(1024))[: 3840 + 2000])
    with pytest.raises(InputError, match="cut off"):
        read(path)


def test_jeol_states_its_amounts_beside_the_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.eds"
    counts = np.random.default_rng(1).poisson(20.0, 1024).astype(float)
    path.write_bytes(jeol_eds(counts, ((22, 54.2, 28.5), (8, 45.4, 71.4), (17, 0.0, 0.0))))
    found = read(path)
    np.testing.assert_array_equal(found["count"], counts)
    assert found["energy_kiloelectronvolt"][:2] == pytest.approx([-0.002, 0.008])
    stated = {"beam_kilovolt": 200.0, "take_off_angle_degree": 19.2, "live_time_second": 60.0, "title": "035"}
    assert {name: found.meta[name] for name in stated} == stated
    assert found.meta["instrument"] == "JEM-ARM200F"
    assert found.meta["started"] == "2020-07-06 12:00:00"
    result = analyse(found, Settings(elements=("Ti",)))
    assert result["Ti.reported_weight_percent"].value == pytest.approx(54.2)
    assert result["O.reported_atomic_percent"].value == pytest.approx(71.4)
    assert "Cl.reported_weight_percent" not in result.quantities
    assert "Ti.weight_percent" not in result.quantities  # carried, and not taken for our own
    assert any(note.code == "vendor_table" for note in result.notes)


def test_a_jeol_file_that_ends_within_its_lists_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.eds"
    content = jeol_eds(np.ones(512), ((22, 54.2, 28.5),))
    for part in (458 + 4 * 512 - 1, 458 + 4 * 512 + 30, len(content) - 320):
        path.write_bytes(content[:part])
        with pytest.raises(InputError, match=r"ends|of 2506 bytes"):
            read(path)


def _parts(path: Path) -> tuple[Measurement, ...]:
    return tuple(read_all(path))


def test_oxford_map_has_its_scale_and_its_reported_composition(tmp_path: Path) -> None:
    counts = oxford_h5oina(tmp_path / "a.h5oina", (4, 6))
    image, cube = _parts(tmp_path / "a.h5oina")
    assert image["image"].shape == (30, 40)
    assert image.meta["pixel_width_nm"] == pytest.approx(100.0)
    np.testing.assert_array_equal(cube["count_map"], counts.reshape(4, 6, 256))
    assert cube["energy_kiloelectronvolt"][:2] == pytest.approx([-0.2, -0.18])
    assert (cube.meta["pixel_height_nm"], cube.meta["pixel_width_nm"]) == pytest.approx((250.0, 500.0))
    assert cube.meta["live_time_second"] == pytest.approx(0.24)
    assert cube.meta["take_off_angle_degree"] == pytest.approx(35.0)
    assert cube.meta["vendor"] == {"O": {"wt%": 54.0}, "Si": {"wt%": 46.0}}


def test_oxford_point_and_line_are_one_spectrum(tmp_path: Path) -> None:
    counts = oxford_h5oina(tmp_path / "point.h5oina", (1, 1))
    np.testing.assert_array_equal(_parts(tmp_path / "point.h5oina")[1]["count"], counts[0])
    counts = oxford_h5oina(tmp_path / "line.h5oina", (1, 5))
    line = _parts(tmp_path / "line.h5oina")[1]
    np.testing.assert_array_equal(line["count"], counts.sum(axis=0))
    assert "spectra_added" in {note.code for note in line.notes}


def test_oxford_file_of_results_alone_is_its_image(tmp_path: Path) -> None:
    oxford_h5oina(tmp_path / "a.h5oina", (4, 6), with_spectra=False)
    (image,) = _parts(tmp_path / "a.h5oina")
    assert image.technique == "microscopy"


def test_oxford_file_that_was_cut_off_is_an_error(tmp_path: Path) -> None:
    oxford_h5oina(tmp_path / "a.h5oina", (4, 6))
    content = (tmp_path / "a.h5oina").read_bytes()
    (tmp_path / "cut.h5oina").write_bytes(content[: len(content) // 2])
    with pytest.raises(InputError, match="cannot be read"):
        read_all(tmp_path / "cut.h5oina")


def test_amounts_that_are_typed_are_carried() -> None:
    from halfcell.techniques.edx import Parameters, simulate

    measurement = simulate(Parameters(), np.random.default_rng(1))
    result = analyse(measurement, Settings(reported=("Si = 45.2 wt%", "O 51.4 wt%", "Li = 3.1at%")))
    assert result["Si.reported_weight_percent"].value == 45.2
    assert result["O.reported_weight_percent"].value == 51.4
    assert result["Li.reported_atomic_percent"].value == 3.1
    with pytest.raises(InputError, match="is no amount"):
        analyse(measurement, Settings(reported=("Si 45.2",)))
