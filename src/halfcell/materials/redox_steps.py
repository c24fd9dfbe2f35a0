"""Redox steps of lithium hosts as facts, and which of them the peaks of a sweep may be."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, cast

from halfcell.materials.couples import couple

Branch = Literal["cathodic", "anodic"]
_AGAINST = 0.02  # V by which a peak may lie on the wrong side of its range: the table's own precision
_EQUAL = 0.015  # V: two steps that fit this equally cannot be told apart
_SHIFT_STEP = 0.005  # V, chosen: finer than potentials of references are known
_SHIFT_COST = 0.05  # of a shift, in V per V: the smaller shift is preferred
_NAMED = 3  # steps that a name lists: more say no more


@dataclass(frozen=True, kw_only=True, slots=True)
class Redox:
    """One step: its host, what happens, on which branch, in which range of potential (V vs. Li+/Li) at low rate.

    `checked` says what confirms it beside its source; empty if nothing was read again.
    """

    host: str
    words: str
    branch: Branch
    low: float
    high: float
    first: bool
    source: str
    checked: str = ""

    @property
    def name(self) -> str:
        """Host and step, as a table prints it."""
        return self.words if self.host == "SEI" else f"{self.host}: {self.words}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Assigned:
    """The steps that a peak may be (several where they fit equally well, none where none does)."""

    steps: tuple[Redox, ...]

    @property
    def name(self) -> str:
        """As a table prints it."""
        names = [step.name for step in self.steps]
        return " or ".join(names[:_NAMED]) + (" or others" if len(names) > _NAMED else "")


class Assignment(NamedTuple):
    """The steps of each peak, and the shift (V, positive along the sweep) that brings the branch nearest the table."""

    peaks: tuple[Assigned, ...]
    shift_volt: float


@cache
def redox_steps() -> tuple[Redox, ...]:
    """All steps of ``redox_steps.toml``.

    Returns
    -------
    tuple of Redox
        Each with its range (V vs. Li+/Li) and its source.

    Source: ``redox_steps.toml`` holds one for each step.
    """
    with Path(__file__).with_name("redox_steps.toml").open("rb") as file:
        entries = tomllib.load(file)["step"]
    return tuple(
        Redox(
            host=entry["host"],
            words=entry["words"],
            branch=cast(Branch, entry["branch"]),
            low=float(entry["volt"][0]),
            high=float(entry["volt"][1]),
            first=bool(entry.get("first", False)),
            source=entry["source"],
            checked=entry.get("checked", ""),
        )
        for entry in entries
    )


def hosts_of(names: Sequence[str]) -> tuple[str, ...]:
    """The hosts of the table that names in papers mean (``a-Sn`` is Sn, ``G`` graphite, ``MCMB`` graphite).

    Parameters
    ----------
    names
        As papers write them.

    Returns
    -------
    tuple of str
        Those that the table has, each once.

    Source: ``redox_steps.toml`` and ``couples.toml``.
    """
    known = {step.host for step in redox_steps()}
    found = [known_couple.name if (known_couple := couple(name)) else name for name in names]
    return tuple(dict.fromkeys(name for name in found if name in known))


def assign(
    peaks: Sequence[tuple[float, float]], branch: Branch, hosts: Sequence[str], *, first: bool, shift_volt: float
) -> Assignment:
    """Assign the peaks of one branch to steps, with one shift of the whole branch by kinetics.

    The shift has the least sum of weights times distances from the nearest range, plus a cost that prefers small
    shifts.

    Parameters
    ----------
    peaks
        Potential (V vs. Li+/Li) and weight (height) of each peak.
    branch, hosts, first
        Which steps may be: of this branch, of these hosts (all where empty), those of the first sweep only if `first`.
    shift_volt
        How far kinetics may shift the peaks along the sweep (V): anodic ones up, cathodic ones down.

    Returns
    -------
    Assignment
        The steps of each peak, and the shift (V).

    Source: procedure of this package; ``redox_steps.toml`` holds the source of each step.
    """
    may = [s for s in redox_steps() if s.branch == branch and (first or not s.first)]
    may = [s for s in may if not hosts or s.host in hosts or s.host == "SEI"]
    sign = 1.0 if branch == "anodic" else -1.0
    count = int(shift_volt / _SHIFT_STEP + 1e-9) + 1
    shifts = [k * _SHIFT_STEP for k in range(count)]
    shift = min(shifts, key=lambda s: _cost(peaks, may, sign * s) + _SHIFT_COST * s * sum(w for _, w in peaks))
    return Assignment(tuple(_fitting(volt - sign * shift, may) for volt, _ in peaks), shift)


def _cost(peaks: Sequence[tuple[float, float]], may: Sequence[Redox], shift: float) -> float:
    return sum(weight * min((_outside(volt - shift, s) for s in may), default=0.0) for volt, weight in peaks)


def _outside(volt: float, step: Redox) -> float:
    """How far (V) a potential lies outside a step's range, at most 0.2."""
    return min(max(step.low - volt, volt - step.high, 0.0), 0.2)


def _fitting(volt: float, may: Sequence[Redox]) -> Assigned:
    near = sorted(((_outside(volt, step), step) for step in may), key=lambda pair: pair[0])
    best = near[0][0] if near else 1.0
    if best > _AGAINST:
        return Assigned(steps=())
    fitting = [step for distance, step in near if distance <= min(best + _EQUAL, _AGAINST)]
    once = {step.host for step in fitting if step.first}  # the first sweep's own step stands for its host
    return Assigned(steps=tuple(step for step in fitting if step.first or step.host not in once))
