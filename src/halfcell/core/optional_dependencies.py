"""Import optional dependencies, or say which command installs them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from halfcell.core.errors import MissingExtra

if TYPE_CHECKING:
    from types import ModuleType


def require(module: str, extra: str) -> ModuleType:
    """Import `module`, which the extra ``halfcell[extra]`` installs.

    Raises
    ------
    MissingExtra
        If it is not installed; the hint is the command that installs it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise MissingExtra(f"{module} is not installed", hint=f"python -m pip install 'halfcell[{extra}]'") from error
