"""A small study for tests of the machinery: a made-up technique and format from outside, found by entry points."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from halfcell.core.figure import Figure
from halfcell.core.plugins import forget_plugins
from halfcell.core.vocabulary import vocabulary
from halfcell.study.cache import file_hashes, fingerprint
from halfcell.study.cache.declared_versions import declared_version
from small_study import small_study
from study_environment import PLUGIN, environment


@dataclass(frozen=True)
class Small:
    """A study folder and the number of analyses done in it so far."""

    root: Path
    log: Path

    @property
    def analyses(self) -> int:
        return len(self.log.read_text().splitlines()) if self.log.exists() else 0

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def outputs(self) -> dict[str, bytes]:
        """Every file that a run leaves for people."""
        paths = [*(self.root / "out").rglob("*"), self.root / "study.lock"]
        return {p.relative_to(self.root).as_posix(): p.read_bytes() for p in paths if p.is_file()}


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files written just before a run count as old: a fast machine is here within the tick of their times."""
    for module, real in ((file_hashes, file_hashes.clock), (fingerprint, fingerprint.clock)):
        monkeypatch.setattr(module, "clock", lambda root, real=real: real(root) + 10 * 10**9)


@pytest.fixture
def plugin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """The made-up technique and format, and the file in which each analysis leaves a line."""
    log = tmp_path / "analyses.log"
    monkeypatch.syspath_prepend(str(PLUGIN))
    monkeypatch.setenv("FAKE_LOG", str(log))
    forget_plugins()
    declared_version.cache_clear()
    vocabulary.cache_clear()
    yield log
    forget_plugins()
    declared_version.cache_clear()
    vocabulary.cache_clear()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a small study; `cells` is the number of cells, two a sample."""

    return partial(small_study, tmp_path)


@pytest.fixture
def drawn(plugin: Path, write: Callable[..., Path]) -> Small:
    """A small study of four cells, its figures drawn as they are."""
    return Small(write(), plugin)


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures are drawn by a stand-in in no time (in this process)."""

    def print_figure(figure: Figure, stem: Path) -> tuple[Path, ...]:
        paths = tuple(stem.with_name(f"{stem.name}.{suffix}") for suffix in ("svg", "pdf", "png", "csv"))
        for path in paths:
            path.write_text(f"{figure.panels[0].layers[0].y.tolist()}\n")
        return paths

    monkeypatch.setattr("halfcell.render.print_figure", print_figure)


@pytest.fixture
def small(drawn: Small, undrawn: None) -> Small:
    """The same, its figures drawn by a stand-in."""
    return drawn


@pytest.fixture
def shell(plugin: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run ``halfcell`` as people do, with the made-up technique installed."""

    def run(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "halfcell", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=environment(plugin))

    return run
