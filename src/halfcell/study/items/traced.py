"""A result as an item shows it: labelled, with what its numbers can be traced by."""

from __future__ import annotations

from dataclasses import dataclass

from halfcell.core.missing_subject import MissingSubject
from halfcell.core.result import Result


@dataclass(frozen=True)
class Traced:
    """A result that can be traced: labelled, with its sources and settings, and with the program that computed it.

    `missing` are the states that are missing from its series; `group` is the printed name of the group that it is a
    replicate in, `members` are those of a group that stands for them.
    """

    result: Result
    code_version: str
    missing: tuple[MissingSubject, ...] = ()
    group: str = ""
    members: tuple[Traced, ...] = ()
