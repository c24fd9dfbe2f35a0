"""Versions that techniques and readers declare, read from their source code without importing them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from halfcell.core.entry_points import module_file
from halfcell.core.errors import PluginError
from halfcell.core.plugins import Kind, load, plugins, report_once
from halfcell.study.cache.json_files import digest

_VALUE = r"\s*[\"']([^\"'\n]*)[\"']"
_VERSION: dict[Kind, re.Pattern[str]] = {
    "techniques": re.compile(r"^    version=" + _VALUE, re.MULTILINE),
    "readers": re.compile(r"^VERSION\b[^=\n]*=" + _VALUE, re.MULTILINE),
}


@cache
def declared_version(name: str, kind: Kind = "techniques") -> str:
    """The version that a technique or a reader declares; empty if there is none of that name, or it does not work."""
    plugin = plugins(kind).get(name)
    if plugin is None:
        return ""
    path = module_source(plugin.module)
    found = _VERSION[kind].findall(path.read_text(encoding="utf-8", errors="replace")) if path else []
    if len(found) == 1:
        return str(found[0])
    from halfcell.techniques.load import load_technique  # here: an unchanged study needs no technique

    try:
        return load_technique(name).version if kind == "techniques" else str(getattr(load(kind, name), "VERSION", ""))
    except PluginError as error:
        report_once(kind, name, str(error))
        return ""


def installed_version(name: str, kind: Kind = "techniques") -> str:
    """The declared version, followed by the package if it is not halfcell: ``1 (halfcell-sem 1.2)``.

    What another package made is made again when another version of that package is installed.
    """
    return with_package(declared_version(name, kind), name, kind)


def with_package(version: str, name: str, kind: Kind = "techniques") -> str:
    """A version, followed by name and version of the package if a technique or a reader is from another package."""
    plugin = plugins(kind).get(name)
    return f"{version} ({plugin.origin})".strip() if plugin and plugin.is_foreign else version


def readers_hash() -> str:
    """One hash for all readers that are installed and their versions."""
    return digest({name: installed_version(name, "readers") for name in plugins("readers")})


def module_source(module: str) -> Path | None:
    """The source file of a module; the module is not imported."""
    parts = module.split(".")
    if parts[0] != "halfcell":
        return module_file(module)
    stem = Path(__file__).resolve().parents[2].joinpath(*parts[1:])
    return next((p for p in (stem.with_suffix(".py"), stem / "__init__.py") if p.is_file()), None)
