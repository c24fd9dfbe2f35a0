"""Results of one name are told apart by their files: by stem, by name, or else by number."""

from __future__ import annotations

from halfcell.core.result import Result
from halfcell.core.source import Source
from halfcell.techniques.analysis import distinct_labels


def of(path: str) -> Result:
    source = Source(path=path, sha256="0" * 64, reader="zplot")
    return Result(technique="impedance", quantities={}).stamped(sources=(source,))


def test_stems_names_numbers() -> None:
    results = [of("a/data.P00"), of("a/data.dta"), of("a/one.z"), of("a/two.z"), of("a/x.z"), of("b/x.z"), of("c/y.z")]
    labels = ["data", "data", "cell", "cell", "x", "x", "alone"]
    expected = ["data (data.P00)", "data (data.dta)", "cell (one)", "cell (two)", "x (1)", "x (2)", "alone"]
    assert distinct_labels(labels, results) == expected
