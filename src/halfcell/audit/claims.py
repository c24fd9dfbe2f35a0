"""Claims and findings: what a rule states about printed numbers, and what came of checking it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction

    from halfcell.audit.document_place import Place
    from halfcell.audit.expression import Expression
    from halfcell.audit.readings import Reading

Severity = Literal["error", "warning", "note"]
Relation = Literal["=", "<=", ">="]


class Verdict(StrEnum):
    """The outcome of a check, from best to worst; ``seen`` is for what no equation decides."""

    HOLDS = "holds"
    UNROUNDED = "holds only without intermediate rounding"
    ROUNDED = "holds only with intermediate rounding"
    WEAK = "weak"
    INEXACT = "holds within rounding, but the other rows are exact"
    FAILS = "FAILS"
    UNCHECKED = "cannot be checked"
    SEEN = "seen"
    BROKEN_RULE = "the rule failed"


@dataclass(frozen=True, kw_only=True, eq=False)
class Claim:
    """A relation that a printed number should satisfy, such as "energy = capacity × mass × voltage".

    Parameters
    ----------
    rule
        Name of the rule that states it.
    what
        What is checked, in a few words: ``energy of Si|NCM811 at 18 mA/g``.
    target
        The printed number that is checked.
    direct, stepwise
        The same number computed from primary inputs, and from printed intermediate results. Give at least one.
    steps
        The intermediate results in `stepwise`: authors who calculated with them used exactly their printed digits.
    relation
        How the target compares with the expressions.
    severity
        How grave it is if the claim fails.
    because
        An assumption, or what had to be found out first.
    ask
        The question to the authors if the claim fails.
    soft
        Whether the claim rests on an assumption about the experiment (same recipe, same protocol): it then raises a
        question and never fails.
    """

    rule: str
    what: str
    target: Reading
    direct: Expression | None = None
    stepwise: Expression | None = None
    steps: tuple[Reading, ...] = ()
    relation: Relation = "="
    severity: Severity = "error"
    because: str = ""
    ask: str = ""
    soft: bool = False


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What came of a claim, or something else that a rule noticed.

    Parameters
    ----------
    rule, verdict, severity, what
        The rule, the outcome, how grave it is, and what was checked.
    explain
        The calculation in words and numbers, or what was noticed.
    places
        The places it is about; the first is the cell that was checked.
    printed, computed
        The number as printed, and the interval that the inputs allow.
    width
        Width of that interval, in units of the last printed digit.
    ask
        A question to the authors, never an accusation.
    exact
        Whether the printed digits of the inputs give the printed number to its last digit; None if that was not tested.
    """

    rule: str
    verdict: Verdict
    severity: Severity
    what: str
    explain: str
    places: tuple[Place, ...] = ()
    printed: str = ""
    computed: str = ""
    width: Fraction | None = None
    ask: str = ""
    exact: bool | None = None

    @property
    def is_alarm(self) -> bool:
        """Whether to look at it: it fails, is inexact among exact rows, is more than a note, or its rule failed."""
        seen = self.verdict is Verdict.SEEN and self.severity != "note"
        return seen or self.verdict in {Verdict.FAILS, Verdict.INEXACT, Verdict.BROKEN_RULE}

    @property
    def is_check(self) -> bool:
        """Whether printed numbers were checked, instead of something noticed or a rule that failed."""
        return self.verdict not in {Verdict.SEEN, Verdict.BROKEN_RULE}
