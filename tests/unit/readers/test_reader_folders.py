"""Every reader is in the folder of its kind of instrument, and what readers share is in ``common``."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from halfcell import readers
from halfcell.core.plugins import plugins

FOLDER = Path(readers.__file__).parent
KINDS = {
    "cycling",
    "diffraction",
    "images",
    "impedance",
    "indentation",
    "sizes",
    "sorption",
    "spectra",
    "tables",
    "thermal",
}
MODULES = sorted(path.relative_to(FOLDER) for path in FOLDER.rglob("*.py") if path.name != "__init__.py")


def _defines(path: Path) -> set[str]:
    """Names of the functions and constants at the top level of a module."""
    found = set()
    for node in ast.parse((FOLDER / path).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def test_every_built_in_reader_is_in_the_folder_of_its_kind() -> None:
    built_in = {name: plugin.module.split(".") for name, plugin in plugins("readers").items() if not plugin.is_foreign}
    wrong = {name: ".".join(parts) for name, parts in built_in.items() if parts[:-2] != ["halfcell", "readers"]}
    assert wrong == {}
    assert {parts[-2] for parts in built_in.values()} <= KINDS


@pytest.mark.parametrize("path", [path for path in MODULES if path.parts[0] != "common"], ids=str)
def test_a_module_in_the_folder_of_a_kind_is_a_reader(path: Path) -> None:
    assert path.parts[0] in KINDS
    assert {"recognises", "parse", "VERSION", "SUFFIXES"} <= _defines(path)


@pytest.mark.parametrize("path", [path for path in MODULES if path.parts[0] == "common"], ids=str)
def test_a_module_in_common_is_no_reader(path: Path) -> None:
    assert "recognises" not in _defines(path)
    assert path.stem not in plugins("readers")
