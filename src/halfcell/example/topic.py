"""A topic of the example study: its raw files, the subjects and settings they need, the items that show them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Truth(NamedTuple):
    """A row of truth.csv: what was put into the simulation of a subject.

    `file` is the raw file, or a pattern, where the subject has several of the technique; `reason` says why a deviation
    beyond four standard uncertainties is no fault.
    """

    subject: str
    technique: str
    quantity: str
    value: float
    unit: str
    file: str = ""
    reason: str = ""


class SimulatedFile(NamedTuple):
    """A simulated raw file: its path below the study's folder, and its content."""

    path: str
    content: bytes


def nothing_more() -> Sequence[Truth]:
    """The truth of a topic in which all is declared."""
    return ()


def no_files(seed: int) -> Iterator[SimulatedFile]:  # noqa: ARG001
    """The raw files of a topic that shows those of others."""
    return iter(())


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What a topic adds to the study.

    Parameters
    ----------
    raw
        Lines of ``[raw]``: technique -> pattern or patterns of its files.
    settings
        Tables of ``[settings]`` by technique.
    samples, cells
        Rows of samples.csv and cells.csv; rows of one name are merged over the topics.
    items
        TOML of its figures and tables.
    truth, computed_truth
        Rows of truth.csv, and what gives those that the simulation itself finds.
    files
        ``(seed) -> raw files``, simulated in the format of a real instrument.
    needs
        A module of an extra without which the files cannot be read: the topic is then left out of the study.
    """

    raw: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    samples: Sequence[Mapping[str, str]] = ()
    cells: Sequence[Mapping[str, str]] = ()
    items: str = ""
    truth: Sequence[Truth] = ()
    computed_truth: Callable[[], Sequence[Truth]] = nothing_more
    files: Callable[[int], Iterator[SimulatedFile]] = no_files
    needs: str = ""
