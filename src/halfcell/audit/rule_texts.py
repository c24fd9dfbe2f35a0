"""What a rule claims, by which formula, and where it does not apply, in its own words."""

from __future__ import annotations

from typing import NamedTuple

from halfcell.core.errors import PluginError
from halfcell.core.plugins import load, plugins


class RuleText(NamedTuple):
    """A rule in words."""

    claim: str
    formula: str
    limits: str


JOINT = RuleText(
    "All claims of a document can be true together.",
    "log-linear programme: each printed number lies in its rounding interval, each claim is an equation",
    "Sums of printed numbers are bounded by their intervals only. If there is no solution, the check names each number "
    "without which there would be one.",
)


def rule_text(rule: str) -> RuleText | None:
    """The words of a rule; None if there is no such rule, or one of another package that does not work."""
    if rule == "joint":
        return JOINT
    known = plugins("rules")
    if rule not in known:
        return None
    try:
        module = load("rules", rule)
    except PluginError:
        return None
    return RuleText(known[rule].summary, module.FORMULA, module.LIMITS)
