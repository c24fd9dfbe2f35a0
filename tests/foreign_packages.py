"""Packages of others for tests, as pip would leave them: modules, and a dist-info folder with the entry points."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import invalidate_caches
from pathlib import Path

import pytest

from halfcell.core.plugins import forget_plugins
from halfcell.core.vocabulary import vocabulary
from halfcell.study.cache.code_hash import drawing_code
from halfcell.study.cache.declared_versions import declared_version

CACHES = (vocabulary, declared_version, drawing_code)


def install(
    folder: Path, package: str, points: Mapping[str, str], modules: Mapping[str, str], version: str = "1.0"
) -> None:
    """Write a package; `points` maps ``readers.sem`` (kind and name) to the entry point's target."""
    name = package.replace("-", "_")
    for old in folder.glob(f"{name}-*.dist-info/*"):
        old.unlink()
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {package}\nVersion: {version}\n\nName: not this\n")
    lines = []
    for point, target in points.items():
        kind, _, word = point.partition(".")
        lines += [f"[halfcell.{kind}]", f"{word} = {target}", ""]
    (info / "entry_points.txt").write_text("\n".join(lines))
    for module, text in modules.items():
        path = folder / module
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        sys.modules.pop(module.removesuffix(".py").removesuffix("/__init__").replace("/", "."), None)
    invalidate_caches()
    forget()


def forget() -> None:
    """Forget everything that was remembered about installed packages."""
    forget_plugins()
    for remembered in CACHES:
        remembered.cache_clear()


@contextmanager
def site(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder for packages, on `sys.path` while the test runs; modules imported meanwhile are forgotten."""
    folder.mkdir(exist_ok=True)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # a module may be written twice in a second
    monkeypatch.syspath_prepend(str(folder))
    forget()
    yield folder
    forget()
    for name in list(sys.modules):
        path = getattr(sys.modules[name], "__file__", None)
        if path and path.startswith(str(folder)):
            del sys.modules[name]
