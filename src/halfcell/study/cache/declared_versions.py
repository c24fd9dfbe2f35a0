"""Versions of techniques and readers, read from their source without importing them: to know that nothing changed."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from halfcell.core.plugins import Kind, load, plugins
from halfcell.study.cache.results import digest
from halfcell.techniques.load import load_technique

_VERSION = re.compile(r"^(?:VERSION\b[^=\n]*=|    version=)\s*[\"']([^\"'\n]*)[\"']", re.MULTILINE)


@cache
def declared_version(name: str, kind: Kind = "techniques") -> str:
    """The ``VERSION`` that a technique or a reader declares; nothing where there is no such one, or none declared."""
    plugin = plugins(kind).get(name)
    if plugin is None:
        return ""
    path = source(plugin.module)
    match = _VERSION.search(path.read_text(encoding="utf-8")) if path else None
    if match:
        return match[1]
    return load_technique(name).version if kind == "techniques" else str(getattr(load(kind, name), "VERSION", ""))


def readers_mark() -> str:
    """One word for all readers that are installed and their versions."""
    return digest({name: declared_version(name, "readers") for name in plugins("readers")})


def source(module: str) -> Path | None:
    """The file of a module; for one of ours without looking at the packages above it."""
    parts = module.split(".")
    if parts[0] == "halfcell":
        stem = Path(__file__).resolve().parents[2].joinpath(*parts[1:])
        return next((p for p in (stem.with_suffix(".py"), stem / "__init__.py") if p.is_file()), None)
    spec = find_spec(module)
    return Path(spec.origin) if spec and spec.origin and spec.origin.endswith(".py") else None
