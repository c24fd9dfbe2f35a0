"""Impedance steps of an EC-Lab sequence are states of its cell, not cells of their own."""

from __future__ import annotations

from halfcell.study.draft.drafted_study import FileGroup
from halfcell.study.draft.impedance_steps import NamedSteps, with_impedance_steps


def _named(*names: str, cycling: tuple[str, ...] = ()) -> NamedSteps:
    paths, pattern = tuple(f"raw/{name}.mpr" for name in names), "raw/{cell}.mpr"
    groups = [FileGroup(technique="impedance", subject="cell", pattern=pattern, names=names, paths=paths)]
    if cycling:
        paths = tuple(f"raw/{name}.mpr" for name in cycling)
        groups.append(FileGroup(technique="cycling", subject="cell", pattern=pattern, names=cycling, paths=paths))
    return with_impedance_steps(groups)


def _patterns(made: NamedSteps) -> list[tuple[str, tuple[str, ...]]]:
    return [(group.pattern, group.names) for group in made.groups if group.technique == "impedance"]


def test_several_steps_are_states_of_the_cell() -> None:
    made = _named("A_03_PEIS_C07", "A_05_PEIS_C07", "B_03_PEIS_C08", "pellet")
    assert _patterns(made) == [("raw/{cell}.mpr", ("pellet",)), ("raw/{cell}_{step}_PEIS_C*.mpr", ("A", "B"))]
    ((pattern, text),) = made.remarks
    assert pattern == "raw/{cell}_{step}_PEIS_C*.mpr"
    assert text.startswith("A_03_PEIS_C07 to B_03_PEIS_C08: steps of a sequence, which belong to A, B")
    assert text.endswith("write raw/{cell}.mpr")


def test_one_step_is_the_only_spectrum_of_the_cell() -> None:
    assert _patterns(_named("A_03_GEIS_C07", "B_04_GEIS_C08")) == [("raw/{cell}_*_GEIS_C*.mpr", ("A", "B"))]


def test_a_step_that_cycles_may_hold_spectra_too() -> None:
    made = _named("A_02_MB_C07", "A_03_PEIS_C07")
    assert _patterns(made) == [("raw/{cell}_{step}_MB_C*.mpr", ("A",)), ("raw/{cell}_{step}_PEIS_C*.mpr", ("A",))]
    assert made.cells == {"A"}


def test_without_a_channel_other_steps_tell_that_it_is_a_sequence() -> None:
    alone = _named("A_03_PEIS")
    assert _patterns(alone) == [("raw/{cell}.mpr", ("A_03_PEIS",))]
    assert not alone.remarks
    with_cycling = _named("A_03_PEIS", cycling=("A_02_GCPL",))
    assert _patterns(with_cycling) == [("raw/{cell}_*_PEIS.mpr", ("A",))]


def test_cycling_and_other_names_stay_as_they_are() -> None:
    made = _named("A_EIS_cyc10", "A-3_PEISx", cycling=("A_02_GCPL_C07",))
    assert _patterns(made) == [("raw/{cell}.mpr", ("A_EIS_cyc10", "A-3_PEISx"))]
    assert [group.names for group in made.groups if group.technique == "cycling"] == [("A_02_GCPL_C07",)]


def test_voltammograms_of_a_sequence_belong_to_its_cell() -> None:
    groups = [
        FileGroup(technique=name, subject="cell", pattern="raw/{cell}.mpr", names=(step,), paths=(f"raw/{step}.mpr",))
        for name, step in (
            ("voltammetry", "A_02_CVA_C07"),
            ("voltammetry", "A_03_LSV_C07"),
            ("impedance", "A_01_PEIS_C07"),
        )
    ]
    made = with_impedance_steps(groups)
    assert [(group.pattern, group.names) for group in made.groups] == [
        ("raw/{cell}_*_CVA_C*.mpr", ("A",)),
        ("raw/{cell}_*_LSV_C*.mpr", ("A",)),
        ("raw/{cell}_*_PEIS_C*.mpr", ("A",)),
    ]
