"""Below bars of sizes: the method once, and the samples whose lines differ."""

from __future__ import annotations

from types import SimpleNamespace

from halfcell.core.result import Note
from halfcell.techniques.diffraction.size_notes import size_notes

HOW = "Scherrer size: K = 0.9, full width at half maximum, lines "
REMOVED = "; instrument removed by Voigt deconvolution (standard: LaB6, 660c)"


def _result(label: str, lines: str, after: str = REMOVED, phase: str = "Si") -> SimpleNamespace:
    notes = (Note("info", "scherrer", f"{HOW}{lines}{after}"),)
    return SimpleNamespace(label=label, quantities={f"{phase}.scherrer_size": None}, notes=notes)


def test_the_method_once_with_the_exceptions() -> None:
    """A figure of nine samples had six nearly alike lines below it, without the samples that they were about."""
    results = [
        _result("A", "Si 111, 220, 311; beta-FeSi2 312"),
        _result("B", "Si 111, 220, 311; CoSi2 111, 220"),
        _result("C", "Si 422"),
        _result("D", "none"),
        _result("E", "Si 111", phase="CoSi2"),
    ]
    assert size_notes(results, "Si") == (f"{HOW}Si 111, 220, 311; C: Si 422{REMOVED}",)  # type: ignore[arg-type]


def test_sizes_with_and_without_a_standard() -> None:
    bare = _result("B", "Si 111", after="")
    bare.notes += (Note("doubt", "uncorrected", "no standard"),)
    found = size_notes([_result("A", "Si 111"), bare], "Si")  # type: ignore[list-item]
    assert found == (f"{HOW}Si 111{REMOVED}", f"{HOW}Si 111", "no standard")
