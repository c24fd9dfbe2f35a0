"""What verifying an archive found: its files, its numbers, its outputs, and what is different about this machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from halfcell.report.verify.numbers import SMALL

if TYPE_CHECKING:
    from halfcell.core.errors import HalfcellError
    from halfcell.report.verify.numbers import NumberCompared
    from halfcell.report.verify.outputs import OutputCompared

_ORIGIN = ("file ", "setting ")  # causes that make a number another one, whatever it prints


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was found.

    Attributes
    ----------
    archive, sha256
        The archive and its hash.
    files
        The number of its files.
    problems
        Files that are not as listed, and why the study could not be computed.
    numbers, outputs
        Each printed number, and each table, figure and document, compared.
    other_items
        Name of an item that the archive has and that could not be made here, or the other way -> what is wrong.
    other_machine
        What is different about this machine and its packages, in lines.
    steps
        The number of analyses that were computed.
    """

    archive: str
    sha256: str
    files: int
    problems: tuple[HalfcellError, ...]
    numbers: tuple[NumberCompared, ...] = ()
    outputs: tuple[OutputCompared, ...] = ()
    other_items: Mapping[str, str]
    other_machine: tuple[str, ...] = ()
    steps: int = 0

    @property
    def printed(self) -> int:
        """How many numbers the archive prints."""
        return sum(one.state != "not in the archive" for one in self.numbers)

    @property
    def reproduced(self) -> int:
        """How many of them were reproduced."""
        return sum(one.state == "reproduced" for one in self.numbers)

    @property
    def wrong_numbers(self) -> tuple[NumberCompared, ...]:
        """The numbers that were not reproduced, or came from another file or setting."""
        return tuple(one for one in self.numbers if one.state != "reproduced" or _has_other_origin(one))

    @property
    def far_digits(self) -> tuple[NumberCompared, ...]:
        """Numbers that print alike and differ in digits that are not printed by more than a millionth."""
        return tuple(one for one in self.numbers if one.state == "reproduced" and one.deviation > SMALL)

    @property
    def computes_alike(self) -> bool:
        """Whether this machine has the versions of the archive, and its arithmetic as far as the numbers tell.

        Another processor adds in another order: then some digits that are not printed differ by a little.
        """
        return not self.other_machine and not any(0.0 < one.deviation <= SMALL for one in self.numbers)

    @property
    def wrong_outputs(self) -> tuple[OutputCompared, ...]:
        """The outputs that say something else; on a machine that computes alike also those with other bytes."""
        wrong = {"differs", "not made"} | ({"drawn differently", "same content"} if self.computes_alike else set())
        return tuple(one for one in self.outputs if one.state in wrong)

    @property
    def is_proven(self) -> bool:
        """Whether every file is as listed and every printed number was reproduced."""
        suspect = self.far_digits if self.computes_alike else ()
        found = (self.problems, self.wrong_numbers, self.wrong_outputs, self.other_items, suspect)
        return bool(self.numbers) and not any(found)

    def as_json(self) -> dict[str, Any]:
        """What ``halfcell verify --json`` prints."""
        deviations = [one.deviation for one in self.numbers if one.state == "reproduced"]
        return {
            "archive": self.archive,
            "sha256": self.sha256,
            "proven": self.is_proven,
            "files": self.files,
            "problems": [{"what": one.what, "where": one.where, "hint": one.hint} for one in self.problems],
            "printed": self.printed,
            "reproduced": self.reproduced,
            "identical": sum(not deviation for deviation in deviations),
            "largest_deviation": max(deviations, default=0.0),
            "numbers": [
                {
                    "id": one.id,
                    "state": one.state,
                    "printed": one.printed,
                    "computed": one.computed,
                    "deviation": one.deviation if one.deviation != float("inf") else None,
                    "causes": list(one.causes),
                }
                for one in self.numbers
            ],
            "outputs": [{"path": one.path, "state": one.state, "where": one.where} for one in self.outputs],
            "items": dict(self.other_items),
            "environment": list(self.other_machine),
            "analyses": self.steps,
        }

    def counted(self) -> Counter[str]:
        """How many outputs are in which state."""
        return Counter(one.state for one in self.outputs)


def _has_other_origin(one: NumberCompared) -> bool:
    return any(cause.startswith(_ORIGIN) for cause in one.causes)
