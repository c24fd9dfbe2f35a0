"""Settings of an audit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from halfcell.core.printed import Rounding


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How an audit is done.

    Parameters
    ----------
    rounding
        How the document's numbers were rounded.
    strict
        Whether a number is also held to its last digit in tables where all others prove exact.
    joint
        Whether all numbers are also taken together (log-linear programme).
    checklist
        Which reporting checklist to apply: a bundled name, the path of a .toml, or "none".
    rules
        Which rules to apply; none named: all.
    """

    rounding: Rounding = "half up"
    strict: bool = True
    joint: bool = True
    checklist: str = "battery"
    rules: tuple[str, ...] = ()
