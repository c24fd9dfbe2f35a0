"""What happened to raw files of the example study is what its README says, and costs no number."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.example import accidents
from halfcell.example.cycled_cells import raw_files
from halfcell.example.topics import indentation as indentation_topic
from halfcell.example.topics import powder_pictures
from halfcell.example.topics.cycling import CYCLED
from halfcell.readers import read
from halfcell.readers.cycling import biologic_mpt
from halfcell.readers.indentation import hysitron_txt
from halfcell.techniques import cycling, indentation


@pytest.fixture(scope="module")
def cycled() -> bytes:
    """An EC-Lab text of three cycles."""
    parameters = cycling.Parameters(cycles=3, active_mass_mg=1.0)
    return biologic_mpt.write(cycling.simulate(parameters, np.random.default_rng(5)))


def _read(content: bytes, path: Path) -> cycling.CyclingResult:
    path.write_bytes(content)
    return cycling.analyse(read(path), cycling.Settings(kind="half", active_mass_mg=1.0))


def test_commas_change_no_number(cycled: bytes, tmp_path: Path) -> None:
    changed = accidents.with_decimal_commas(cycled)
    assert b"\t2,5" in changed or b"\t1,2" in changed
    assert _read(changed, tmp_path / "b.mpt").rows == _read(cycled, tmp_path / "a.mpt").rows


def test_a_pause_changes_no_charge(cycled: bytes, tmp_path: Path) -> None:
    changed = accidents.with_a_pause(cycled)
    before, after = _read(cycled, tmp_path / "a.mpt"), _read(changed, tmp_path / "b.mpt")
    for name in ("discharge_capacity", "charge_capacity", "coulombic_efficiency"):
        assert [row[name] for row in after.rows] == pytest.approx([row[name] for row in before.rows], rel=1e-12)
    times = [read(tmp_path / name)["test_time_second"] for name in ("a.mpt", "b.mpt")]
    assert len(times[1]) == len(times[0]) + 3  # the current stops, it flows again
    assert times[1][-1] - times[0][-1] == pytest.approx(15.0)
    assert np.all(np.diff(times[1]) > 0)


def test_half_an_unloading_is_doubted_and_still_near(tmp_path: Path) -> None:
    made = indentation.simulate(indentation.Parameters(), np.random.default_rng(6))
    (tmp_path / "a.txt").write_bytes(accidents.with_half_an_unloading(hysitron_txt.write(made)))
    result = indentation.analyse(read(tmp_path / "a.txt"), indentation.Settings())
    assert "truncated_unloading" in {note.code for note in result.notes}
    truth = indentation.Parameters().elastic_energy_nj
    found = result["elastic_energy"]
    assert found.std is not None
    assert abs(found.value - truth) < 3 * found.std


def test_the_line_of_the_pixel_goes() -> None:
    text = b"[SemImageFile]\nImageName=a.jpg\nPixelSize=80.77\nComment=simulated by halfcell\n"
    assert accidents.without_a_scale(text) == text.replace(b"PixelSize=80.77\n", b"")


def test_each_accident_meets_a_file_of_the_example() -> None:
    cells = [cell for cell in CYCLED if any(f"/{cell.name}." in one.path for one in accidents.ACCIDENTS)]
    files = [*raw_files(cells, 1, 0), *indentation_topic.TOPIC.files(1), *powder_pictures.TOPIC.files(1)]
    changed: dict[str, bool] = {}
    for file in files:
        found = [one for one in accidents.ACCIDENTS if one.path == file.path]
        changed |= {one.path: one.change(file.content) != file.content for one in found}
    assert changed == dict.fromkeys((one.path for one in accidents.ACCIDENTS), True)
