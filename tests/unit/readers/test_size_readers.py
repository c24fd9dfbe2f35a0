"""Readers of particle size: Mastersizer rows, columns of other makers; shifted, truncated, corrupted files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.raw import RawFile
from halfcell.readers import find, read
from halfcell.readers.sizes import mastersizer
from halfcell.techniques import particle_size
from halfcell.techniques.particle_size import Parameters, Settings, simulate, true_percentile
from spoiled_files import survives_changed_bytes

POWDER = Parameters(medians_um=(5.0,), geometric_sds=(1.6,), noise=0.0, channels=60, smallest_um=0.1, largest_um=500.0)


@pytest.fixture
def powder() -> tuple[np.ndarray, np.ndarray]:
    """Channel edges (um) and shares (%) of a simulated powder."""
    made = simulate(POWDER, np.random.default_rng(0))
    return np.append(made["lower_size_micrometre"], made["upper_size_micrometre"][-1]), made["share_percent"]


def test_mastersizer(data: Path) -> None:
    record = read(data / "materials/psd/example1.csv")
    assert record.source.reader == "mastersizer"
    assert record.meta["title"] == "16 Averaged Result"
    assert record.meta["optics"]["particle_refractive_index"] == 1.52
    assert record.meta["optics"]["residual_percent"] == 0.828
    assert record["share_percent"].sum() == pytest.approx(100.0, abs=1e-9)
    assert record["upper_size_micrometre"][np.argmax(record["share_percent"])] == pytest.approx(79.432823)


@pytest.mark.parametrize("channels", [1, -1])
def test_one_channel_shift_is_refused(data: Path, tmp_path: Path, channels: int) -> None:
    lines = (data / "materials/psd/example1.csv").read_text("latin-1").splitlines()
    head, share = lines[2][: lines[2].index(",,0,0,")], lines[2][lines[2].index(",,0,0,") + 2 :].split(",")
    moved = ["0", *share[:-2], share[-1]] if channels > 0 else [*share[1:-1], "0", share[-1]]
    path = tmp_path / "shifted.csv"
    path.write_text("\n".join([*lines[:2], f"{head},,{','.join(moved)}"]), "latin-1")
    with pytest.raises(InputError, match="D50 from the channels"):
        read(path)


def test_a_written_distribution_is_read_back(tmp_path: Path) -> None:
    made = simulate(POWDER, np.random.default_rng(0))
    path = tmp_path / "made.csv"
    path.write_bytes(mastersizer.write(made))
    back = read(path)
    assert back.is_simulated
    assert b"simulated by halfcell" in path.read_bytes()
    np.testing.assert_allclose(back["share_percent"], made["share_percent"], atol=1e-5)
    np.testing.assert_allclose(back["upper_size_micrometre"], made["upper_size_micrometre"], rtol=1e-4)


def horiba(edges: np.ndarray, share: np.ndarray) -> str:
    under = np.cumsum(share)
    rows = [f"{d:.4f}\t{q:.4f}\t{u:.4f}" for d, q, u in zip(edges[1:], share, under, strict=True)]
    return "\n".join(["Sample Name\tpowder", "Refractive Index(R)\t2.4", "Diameter(µm)\tq(%)\tUnderSize(%)", *rows])


def microtrac(edges: np.ndarray, share: np.ndarray) -> str:
    passing = np.cumsum(share)
    rows = [f"{d:.4f},{q:.4f},{u:.4f}" for d, q, u in zip(edges[1:], share, passing, strict=True)]
    return "\n".join(["Microtrac,S3500", "Size(um),%Chan,%Pass", *rows[::-1]])


def shimadzu(edges: np.ndarray, share: np.ndarray) -> str:
    rows = [f"{d:.4f}\t{u:.4f}\t{q:.4f}" for d, q, u in zip(edges[1:], share, np.cumsum(share), strict=True)]
    return "\n".join(["SALD-2300", "Particle Diameter (µm)\tCumulative % (Q3)\tDifferential % (q3)", *rows])


def coulter(edges: np.ndarray, share: np.ndarray) -> str:
    rows = [f"{d:.4f}\t{q:.4f}" for d, q in zip(edges[:-1], share, strict=True)]
    heads = ["File name:\tx.$ls", "Channel Diameter (Lower)\tDiff. Volume", "um\t%", *rows, f"{edges[-1]:.4f}\t"]
    return "\n".join(heads)


def mastersizer3000(edges: np.ndarray, share: np.ndarray) -> str:
    rows = [f"{edges[0]:.4f};"] + [f"{d:.4f};{q:.4f}" for d, q in zip(edges[1:], share, strict=True)]
    rows = [row.replace(".", ",") for row in rows]
    return "\n".join(["Sample;powder", "Size Classes (μm);Volume Density (%)", *rows])


@pytest.mark.parametrize("maker", [horiba, microtrac, shimadzu, coulter, mastersizer3000])
def test_columns_of_other_makers(tmp_path: Path, powder: tuple[np.ndarray, np.ndarray], maker: object) -> None:
    path = tmp_path / "export.txt"
    path.write_text(maker(*powder), "utf-8")
    measured = read(path)
    assert measured.source.reader == "size_columns"
    result = particle_size.analyse(measured, Settings())
    for name, part in (("d10", 0.1), ("d50", 0.5), ("d90", 0.9)):
        assert result[name].value == pytest.approx(true_percentile(POWDER, part), rel=4e-3)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("name", ["example1.csv", "example2.xlsx"])
def test_a_spoilt_file_is_read_or_refused(data: Path, tmp_path: Path, name: str, seed: int) -> None:
    survives_changed_bytes(data / "materials/psd" / name, tmp_path, seed, 20)


def test_no_other_reader_claims_them(data: Path) -> None:
    assert find(RawFile(data / "materials/psd/example2.xlsx"))[0] == "mastersizer"
