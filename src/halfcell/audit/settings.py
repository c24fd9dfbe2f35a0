"""Settings of an audit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from halfcell.core.printed import Rounding


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a document is audited.

    Parameters
    ----------
    rounding
        The rounding rule assumed for the numbers in the document.
    strict
        Whether a number is checked to its last digit where all other rows of its table are exact.
    joint
        Whether all numbers are also checked together (log-linear programme).
    checklist
        The reporting checklist: a bundled name, the path of a .toml file, or "none".
    rules
        The rules to run; if none is named, all.
    lexicon
        Path of a file with further words of column heads, see ``audit/heads/lexicon.toml``.
    """

    rounding: Rounding = "half up"
    strict: bool = True
    joint: bool = True
    checklist: str = "battery"
    rules: tuple[str, ...] = ()
    lexicon: str = ""
