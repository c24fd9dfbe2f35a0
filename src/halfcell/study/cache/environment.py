"""What a run ran on: the versions of Python and of the packages that compute, and the platform."""

from __future__ import annotations

import platform
from typing import Final

from halfcell.core.entry_points import installed_version

PACKAGES: Final = ("numpy", "scipy", "polars")  # what the numbers are computed and read with


def environment() -> dict[str, str]:
    """Name -> version; ``platform`` is the operating system with its version and the machine."""
    found = {"python": platform.python_version(), "platform": platform.platform()}
    return found | {name: _version(name) for name in PACKAGES}


def _version(name: str) -> str:
    found = installed_version(name)
    if found:
        return found
    from importlib.metadata import PackageNotFoundError, version  # here: it loads 40 modules

    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
