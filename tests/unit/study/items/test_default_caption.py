"""The caption of an item without one: what is shown, of which subjects."""

from __future__ import annotations

from halfcell.study.files.item_spec import ItemSpec, Part
from halfcell.study.items.default_caption import default_caption


def _spec(*parts: Part) -> ItemSpec:
    return ItemSpec(id="S1", kind="figure", parts=parts, composite=len(parts) > 1)


NYQUIST = Part(technique="impedance", show="nyquist")


def test_it_names_what_is_shown_and_the_subjects() -> None:
    assert default_caption(_spec(NYQUIST), [["A", "B"]]) == "Nyquist plots of A and B with the fitted circuits."


def test_panels_that_show_the_same_are_told_together() -> None:
    assert (
        default_caption(_spec(NYQUIST, NYQUIST), [["A", "B"], ["C"]])
        == "Nyquist plots of A, B and C with the fitted circuits."
    )


def test_panels_of_different_shows_follow_each_other() -> None:
    bode = Part(technique="impedance", show="bode")
    told = default_caption(_spec(NYQUIST, bode), [["A"], ["B"]])
    assert told.startswith("Nyquist plots of A with the fitted circuits; ")
    assert " of B" in told


def test_many_subjects_are_counted() -> None:
    assert (
        default_caption(_spec(NYQUIST), [list("ABCDEFGH")]) == "Nyquist plots of 8 subjects with the fitted circuits."
    )


def test_a_picture_of_the_author_gets_none() -> None:
    assert default_caption(_spec(Part()), [[]]) == ""
