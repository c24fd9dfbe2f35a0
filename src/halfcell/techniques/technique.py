"""What a technique is: one frozen record, checked when it is made."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import PluginError
from halfcell.techniques.stamp import stamped

if TYPE_CHECKING:
    from pathlib import Path

    from halfcell.core.figure import Figure
    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Result
    from halfcell.core.table import Table

Analyse = Callable[["Measurement", Any], "Result"]
MakeFigure = Callable[[Sequence[Any]], "Figure"]
MakeTable = Callable[[Sequence[Any]], "Table"]


@dataclass(frozen=True, kw_only=True)
class Technique:
    """A pair of inverse maps between a material and its data: `analyse` and `simulate`.

    Parameters
    ----------
    name
        The name under which it is listed, e.g. ``cycling``.
    reads
        The kinds of measurement it takes, e.g. ``("cycling",)``; empty for one that describes a subject of the tables.
    version
        The recipe's version, raised by hand when its numbers or notes change; results of other versions are not reused.
    settings
        A frozen dataclass with units in the names and a default for each field. A field that a cell or a sample also
        has is filled from it by the study.
    analyse
        ``(measurement, settings) -> Result``, a pure function: it never draws, prints, reads files or looks at the
        clock. The record returns its result with the source, the settings and the reader's notes added.
    figures, tables
        Name of a show -> ``(results) -> Figure`` or ``Table``; the first figure is the default.
    simulate
        ``(parameters, rng) -> Measurement``: what an instrument would record.
    join
        ``(measurements) -> Measurement``, where several files of one subject are one test.
    series
        ``(measurements, settings) -> results``: the joint analysis of several states or subjects.
    select
        ``(measurements, settings) -> measurements``: those that a setting asks for, where a file holds several records.
    references
        Name of a setting that is given as a file (an instrument standard, a blank) ->
        ``(measurement, settings) -> value``, which calibrates it before the analysis.
    reference_reads
        Setting -> kinds of data in its reference file, where they are not those that the technique reads: the record of
        a cycler beside diffractograms.
    folders
        Name of a setting that is given as a folder -> ``(path) -> value``, which reads it before the analysis.
    builds_on
        Names of techniques whose analysis this one calls: their versions are part of its recipe.
    first_columns
        Keys of the rows that matter most, in this order; a terminal shows as many as fit.
    claims
        ``(measurement) -> str``: why a measurement that another technique reads looks like one of this technique; empty
        where it does not. A drafted study then takes this technique, and says so.
    methods
        ``(results) -> text``: how the measurements were analysed, in sentences for the methods section, from the
        settings and facts of the results; method references as ``[@hc-...]``.
    remarks
        ``(measurement, settings) -> ((setting, text), ...)``: what a file states against the settings, as `check` shows
        it without an analysis.
    words
        Units, labels and meanings of its columns, quantities, rows and notes, for a technique in a single file; one in
        a folder keeps them there in ``words.toml``.

    Raises
    ------
    PluginError
        With everything that is wrong with the record.
    """

    name: str
    reads: tuple[str, ...]
    version: str
    settings: type[Any]
    analyse: Analyse
    figures: Mapping[str, MakeFigure]
    tables: Mapping[str, MakeTable]
    simulate: Callable[[Any, Any], Measurement]
    join: Callable[[Sequence[Measurement]], Measurement] | None = None
    series: Callable[[Sequence[Measurement], Any], Sequence[Result]] | None = None
    select: Callable[[Sequence[Measurement], Any], Sequence[Measurement]] | None = None
    references: Mapping[str, Callable[[Measurement, Any], Any]] = field(default_factory=dict)
    reference_reads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    folders: Mapping[str, Callable[[Path], Any]] = field(default_factory=dict)
    builds_on: tuple[str, ...] = ()
    first_columns: tuple[str, ...] = ()
    claims: Callable[[Measurement], str] | None = None
    methods: Callable[[Sequence[Result]], str] | None = None
    remarks: Callable[[Measurement, Any], Sequence[tuple[str, str]]] | None = None
    words: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the record, and let what `analyse` returns carry source, settings and the reader's notes."""
        problems = [problem for problem, holds in _requirements(self) if not holds]
        if problems:
            raise PluginError(f"technique {self.name!r}: " + "; ".join(problems))
        analyse = self.analyse

        @functools.wraps(analyse)
        def analyse_and_stamp(measurement: Measurement, settings: Any) -> Result:
            return stamped(analyse(measurement, settings), (measurement,), settings)

        object.__setattr__(self, "analyse", analyse_and_stamp)

    def kinds_of_reference(self, setting: str) -> tuple[str, ...]:
        """The kinds of data in a file from which a setting is calibrated: those that the technique reads, or others."""
        return self.reference_reads.get(setting, self.reads)

    @property
    def analyses_several(self) -> bool:
        """Whether several files of one subject are analysed together: as one test, or as a series."""
        return self.join is not None or self.series is not None


_OPTIONAL = ("join", "series", "select", "claims", "methods", "remarks")  # functions that a technique may have


def _requirements(technique: Technique) -> tuple[tuple[str, bool], ...]:
    """What a record must fulfil, each with whether it does."""
    is_record = dataclasses.is_dataclass(technique.settings)
    fields = dataclasses.fields(technique.settings) if is_record else ()
    bare = [f.name for f in fields if f.default is f.default_factory is dataclasses.MISSING]
    functions = (technique.analyse, technique.simulate)
    maps = (technique.figures, technique.tables, technique.references, technique.folders)
    shows = [made for each in maps for made in each.values()]
    optional = [getattr(technique, name) for name in _OPTIONAL]
    return (
        ("`name` must be a name", _is_word(technique.name)),
        ("`reads` must be a tuple of words", _are_words(technique.reads)),
        ("`builds_on` must be a tuple of words", _are_words(technique.builds_on)),
        ("`version` must be a text that is not empty", _is_word(technique.version)),
        ("`settings` must be a dataclass", is_record),
        (f"settings without a default: {', '.join(bare)}", not bare),
        ("`analyse` and `simulate` must be functions", all(map(callable, functions))),
        ("it has neither figures nor tables", bool(technique.figures or technique.tables)),
        ("`figures`, `tables`, `references` and `folders` must hold functions", all(map(callable, shows))),
        (
            "`join`, `series`, `select`, `claims`, `methods` and `remarks` must be functions",
            all(f is None or callable(f) for f in optional),
        ),
    )


def _are_words(value: object) -> bool:
    return isinstance(value, tuple) and all(map(_is_word, value))


def _is_word(value: object) -> bool:
    return isinstance(value, str) and value != ""
