"""What a rule claims, by which formula, and where it does not apply."""

from __future__ import annotations

from typing import NamedTuple

from halfcell.core.errors import PluginError
from halfcell.core.plugins import load, plugins


class Explained(NamedTuple):
    """A rule in words."""

    claim: str
    formula: str
    limits: str


JOINT = Explained(
    "All claims of a document can be true together.",
    "log-linear programme: each printed number lies in its rounding interval, each claim is an equation",
    "Sums of printed numbers are bounded, not linked; it names the numbers without which the rest would be possible.",
)


def explained(rule: str) -> Explained | None:
    """The rule's own words; None where there is no such rule, or one of another package that does not work."""
    if rule == "joint":
        return JOINT
    known = plugins("rules")
    if rule not in known:
        return None
    try:
        module = load("rules", rule)
    except PluginError:
        return None
    return Explained(known[rule].summary, module.FORMULA, module.LIMITS)
