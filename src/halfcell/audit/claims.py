"""Claims and findings: what a rule holds to be true of printed numbers, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction

    from halfcell.audit.expression import Expression
    from halfcell.audit.facts import Reading

Severity = Literal["error", "warning", "note"]
Relation = Literal["=", "<=", ">="]


class Verdict(StrEnum):
    """What became of a claim, from best to worst."""

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
    """A relation between a printed number and an expression over others.

    `direct` goes from primary inputs, `stepwise` from printed intermediates, which are listed in `steps`: the one who
    computed with the rounded intermediate used exactly its printed digits. `because` names what had to be assumed or
    was found out; `ask` is the question put when it does not hold.
    A `soft` claim rests on an assumption about the experiment (one recipe, one protocol): it asks and never fails.
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
class Place:
    """A cell of the document: table (or caption), row and column from 0, the head included; -1 for none."""

    where: str
    row: int = -1
    column: int = -1


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What became of a claim, or what else a rule saw.

    `places` begins with the cell that is judged; `explain` is the calculation in words and numbers; `computed` the
    interval that the inputs allow and `printed` the number as it stands; `width` is the interval's width in last digits
    of the printed number. `ask` is a question to the authors, never an accusation.
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
        """Whether a reader should look at it: it fails, breaks a pattern, is more than a note, or its rule failed."""
        seen = self.verdict is Verdict.SEEN and self.severity != "note"
        return seen or self.verdict in {Verdict.FAILS, Verdict.INEXACT, Verdict.BROKEN_RULE}

    @property
    def is_check(self) -> bool:
        """Whether printed numbers were checked, rather than something seen or a rule that failed."""
        return self.verdict not in {Verdict.SEEN, Verdict.BROKEN_RULE}


def place(reading: Reading) -> Place:
    """The place of a reading."""
    return Place(where=reading.where, row=reading.row, column=reading.column)
