"""Settings of a simulated cell: the protocol, its settings, and values of the card that are otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from halfcell.core.settings import CheckedSettings


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """Settings of `simulated_cell`.

    Parameters
    ----------
    protocol
        What is done with the cell (list: ``halfcell twin protocols``).
    given
        Settings of the protocol, each ``"name=value"``.
    changes
        Values of the card that are otherwise, each ``"path=value"``.
    """

    protocol: str = "cccv"
    given: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
