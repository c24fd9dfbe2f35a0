"""What a run ran on: the versions of Python and of the packages that compute, and the platform."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Final

PACKAGES: Final = ("numpy", "scipy", "polars")  # what the numbers are computed and read with


def environment() -> dict[str, str]:
    """Name -> version; ``platform`` is the operating system with its version and the machine."""
    found = {"python": platform.python_version(), "platform": platform.platform()}
    return found | {name: _version(name) for name in PACKAGES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
