"""The wheel and the source distribution: they build, carry what halfcell needs, and work where they are installed."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from study_environment import SOURCE

ROOT = SOURCE.parent
_ONE_FILE = """import sys
from pathlib import Path
from halfcell.example.topics.cycling import TOPIC

file = next(file for file in TOPIC.files(1) if file.path.endswith("Graphite.mpt"))
Path(sys.argv[1]).mkdir()
Path(sys.argv[1], "Graphite.mpt").write_bytes(file.content)
"""
_STANDARD = tuple(sysconfig.get_paths()[name] for name in ("stdlib", "platstdlib"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source distribution, and the wheel that is built from it."""
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    folder = tmp_path_factory.mktemp("dist")
    _hatchling(ROOT, folder, "sdist")
    source = next(folder.glob("*.tar.gz"))
    with tarfile.open(source) as archive:
        archive.extractall(folder, filter="data")
    _hatchling(folder / source.name.removesuffix(".tar.gz"), folder, "wheel")
    return source, next(folder.glob("*.whl"))


def _hatchling(root: Path, folder: Path, kind: str) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


def _run(env: Mapping[str, str], *command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


@pytest.mark.slow
def test_the_wheel_carries_every_file_of_the_package(built: tuple[Path, Path]) -> None:
    """Modules, and beside them words, phases, templates, styles, fonts, pictures."""
    with zipfile.ZipFile(built[1]) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
        metadata = archive.read(next(name for name in archive.namelist() if name.endswith("/METADATA"))).decode()
    files = {path for path in (SOURCE / "halfcell").rglob("*") if path.is_file() and path.parent.name != "__pycache__"}
    assert packed == {path.relative_to(SOURCE).as_posix() for path in files}
    assert "License-Expression: GPL-3.0-or-later" in metadata
    assert "# halfcell" in metadata  # the README is the page of the package


@pytest.mark.slow
def test_the_source_distribution_carries_what_developers_need(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"docs/conf.py", "tests/conftest.py", "constraints.txt", ".ci/run", "CITATION.cff", "LICENSE", "README.md"}
    assert wanted <= names
    assert {name for name in names if name.endswith((".pyc", ".lock"))} == set()


@pytest.mark.slow
def test_the_wheel_works_in_a_fresh_environment(built: tuple[Path, Path], tmp_path: Path) -> None:
    """Beside the libraries of this environment, which are not fetched again; nothing of the source folder is seen."""
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = next(programs.glob("python*"))
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    env |= {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUTF8": "1"}
    _run(env, python, "-m", "pip", "install", "-q", "--no-deps", built[1])
    ours = [p for p in sys.path if Path(p).is_dir() and (p.endswith("site-packages") or not p.startswith(_STANDARD))]
    others = [one for one in ours if one.endswith("site-packages") or not Path(one).resolve().is_relative_to(ROOT)]
    where = Path(_run(env, python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])").strip())
    (where / "zz_libraries.pth").write_text("\n".join(dict.fromkeys(others)) + "\n", encoding="utf-8")
    seen = _run(env, python, "-c", "import halfcell; print(halfcell.__file__)").strip()
    assert Path(seen).is_relative_to(where)
    halfcell = next(programs.glob("halfcell*"))
    assert "CoSi2" in _run(env, halfcell, "list", "phases")
    assert "retention" in _run(env, halfcell, "list", "settings", "cycling")
    assert "Wh/kg" in _run(env, halfcell, "twin", "predict", "graphite-ncm811", "--current", "18")
    assert "NCM811" in _run(env, halfcell, "compare", "full_cells")
    _run(env, python, "-c", _ONE_FILE, tmp_path / "raw")
    _run(env, halfcell, "new", tmp_path / "study", "--from", tmp_path / "raw")
    _run(env, halfcell, "run", tmp_path / "study")  # the review document has templates, styles and scripts
    assert "plotly" in (tmp_path / "study" / "out" / "review.html").read_text(encoding="utf-8").lower()
