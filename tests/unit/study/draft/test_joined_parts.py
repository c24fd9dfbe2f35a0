"""Parts of one test: joined where names, times, voltages and masses agree, asked about otherwise; names of one stem."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.study.draft.consecutive_files import TimeSpan, clock_span, consecutive
from halfcell.study.draft.drafted_items import DraftedItem, caption, first_shows
from halfcell.study.draft.drafted_study import FileGroup, RecognisedFile
from halfcell.study.draft.joined_parts import JoinedParts, with_parts
from halfcell.study.draft.name_stems import alike, in_panels
from halfcell.study.draft.stated_facts import CellFacts, Voltages, merged

HOUR = 3600.0


def _joined(*files: tuple[str, float, float, float, float, str], technique: str = "cycling") -> JoinedParts:
    """Join files of name, first and last hour, first and last voltage, stated mass."""
    found = {}
    for name, begin, end, first, last, mass in files:
        facts = CellFacts("", (), Voltages(2.5, 4.2, first, last), (mass,) if mass else ())
        path = f"raw/{name}.res"
        span = TimeSpan(begin * HOUR, end * HOUR)
        found[path] = RecognisedFile(path=path, kinds=("cycling",), reader="arbin", span=span, facts=facts)
    names = tuple(name for name, *_ in files)
    group = FileGroup(technique=technique, subject="cell", pattern="raw/{cell}.res", names=names, paths=tuple(found))
    return with_parts([group], found)


def test_parts_have_a_pattern_of_their_own_and_the_draft_says_so() -> None:
    made = _joined(
        ("FC_01_cc_01", 0, 80, 3.05, 3.32, "22.6 mg"),
        ("FC_01_cc_02", 200, 280, 3.48, 3.28, "22.6 mg"),
        ("FC_01_cc_10", 300, 380, 3.40, 3.10, "22.6 mg"),
        ("other", 0, 10, 3.0, 3.0, ""),
    )
    assert [(group.pattern, group.names) for group in made.groups] == [
        ("raw/{cell}.res", ("other",)),
        ("raw/{cell}_cc_*.res", ("FC_01",)),
    ]
    assert made.members == {"FC_01": ("raw/FC_01_cc_01.res", "raw/FC_01_cc_02.res", "raw/FC_01_cc_10.res")}
    ((_, text),) = made.remarks
    assert text.startswith("FC_01: FC_01_cc_01 to FC_01_cc_10 are read as one test (3 files)")
    assert text.endswith("then name each in the table and write raw/{cell}.res")


@pytest.mark.parametrize(
    "second",
    [
        ("A_cc_02", 5, 20, 3.3, 3.3, ""),  # overlaps in time: another channel
        ("A_cc_02", 12, 20, 1.2, 3.3, ""),  # another voltage: another cell
        ("A_cc_02", 12, 20, 3.3, 3.3, "2 mg"),  # another mass
        ("A_cc_02", 12 + 24 * 90, 24 * 99, 3.3, 3.3, ""),  # a quarter of a year later
        ("A2", 12, 20, 3.3, 3.3, ""),  # no word for a part
    ],
)
def test_what_does_not_agree_is_not_joined(second: tuple[str, float, float, float, float, str]) -> None:
    first = ("A1" if second[0] == "A2" else "A_cc_01", 0.0, 10.0, 3.0, 3.3, "1 mg")
    made = _joined(first, second)
    assert [group.names for group in made.groups] == [(first[0], second[0])]
    assert made.remarks == ()


def test_steps_that_the_program_numbered() -> None:
    """EC-Lab writes one file for each technique of an experiment: name_01_OCV_C07, name_02_GCPL_C07 ..."""
    made = _joined(
        ("A_01_OCV_C07", 0, 1, 0.0, 0.0, ""),
        ("A_02_GCPL_C07", 1, 50, 2.9, 2.0, ""),
        ("A_04_GCPL_C07", 51, 90, 1.2, 2.0, ""),
        ("B_02_GCPL_C08", 0, 50, 2.9, 2.0, ""),
    )
    assert [(group.pattern, group.names) for group in made.groups] == [
        ("raw/{cell}_*_OCV_C*.res", ("A",)),
        ("raw/{cell}_*_GCPL_C*.res", ("A", "B")),
    ]
    assert len(made.remarks) == 1


def test_a_single_part_is_called_like_the_other_steps_of_its_sequence() -> None:
    group = FileGroup(
        technique="cycling", subject="cell", pattern="raw/{cell}.res", names=("A_02_GCPL_C07",), paths=("raw/x.res",)
    )
    facts = CellFacts("", (), None, ())
    files = {"raw/x.res": RecognisedFile(path="raw/x.res", kinds=("cycling",), reader="biologic", facts=facts)}
    alone, beside = (with_parts([group], files, cells).groups[0] for cells in ((), ("A",)))
    assert (alone.pattern, alone.names) == ("raw/{cell}.res", ("A_02_GCPL_C07",))
    assert (beside.pattern, beside.names) == ("raw/{cell}_*_GCPL_C*.res", ("A",))


def test_only_techniques_that_join_files() -> None:
    made = _joined(("A_cc_01", 0, 1, 3, 3, ""), ("A_cc_02", 1, 2, 3, 3, ""), technique="impedance")
    assert [group.names for group in made.groups] == [("A_cc_01", "A_cc_02")]


def test_the_time_of_a_file_that_only_says_when_it_was_started() -> None:
    """EC-Lab: linked techniques share the start, and the test time goes on from file to file."""
    started = {"started": "2023-12-08T09:49:52.346000"}
    spans = [
        clock_span([Measurement(technique="cycling", columns={"test_time_second": np.array(times)}, meta=started)])
        for times in ([6.166, 16.1658], [16.1674, 17.6672])
    ]
    assert consecutive(zip(("A1", "A2"), spans, strict=True)) == [("A1", "A2")]
    assert spans[0] is not None
    by_clock = TimeSpan(spans[0].last + 1.0, spans[0].last + 2.0)
    assert consecutive([("A1", spans[0]), ("A2", by_clock)]) == []  # two clocks are not compared


def test_the_facts_of_a_whole_test() -> None:
    parts = [
        CellFacts("", (), Voltages(3.0, 3.6, 2.9, 3.3), ("1 mg",), 3),
        CellFacts("", (), Voltages(2.8, 4.2, 3.3, 3.0), ("1 mg",), 4),
    ]
    whole = merged(parts)
    assert (whole.kind, whole.half_cycles, whole.masses) == ("full", 7, ("1 mg",))
    assert whole.texts[0] == "most records between 2.80 and 4.20 V: kind full, or cathode half?"


def test_cells_of_one_stem_stay_together() -> None:
    names = ["Si_1", "Si_2", "Si_3", "Si-Sn_1", "Si-Sn_2", "Si-Sn_3", "G"]
    assert alike(names) == [("Si_1", "Si_2", "Si_3"), ("Si-Sn_1", "Si-Sn_2", "Si-Sn_3")]
    assert in_panels(names, 5) == [["Si_1", "Si_2", "Si_3"], ["Si-Sn_1", "Si-Sn_2", "Si-Sn_3", "G"]]
    assert in_panels([f"C_{n}" for n in range(7)], 5) == [[f"C_{n}" for n in range(4)], ["C_4", "C_5", "C_6"]]


def test_captions_name_what_is_in_which_panel() -> None:
    item = DraftedItem("figure", "S1", "impedance", "bode", "cell")
    assert caption(item, [["A", "B"]]) == "Bode plots of A and B: modulus and phase over frequency."
    assert caption(item, [["A", "B"], ["C"]]) == (
        "Bode plots of 3 cells: modulus and phase over frequency. (a) A and B; (b) C."
    )
    table = DraftedItem("table", "S1", "impedance", "arcs", "cell")
    assert (
        caption(table, [[f"C{n}" for n in range(9)]])
        == "Resistances and capacitances of the arcs in the spectra of 9 cells."
    )


def test_a_figure_over_the_cycles_where_there_are_some() -> None:
    few, many = CellFacts(half_cycles=4), CellFacts(half_cycles=40)
    assert [show for _, show in first_shows("cycling", [few, None])] == ["voltage profile", "first cycle"]
    assert [show for _, show in first_shows("cycling", [few, many])] == [
        "voltage profile",
        "cycling performance",
        "first cycle",
    ]


def test_steps_of_several_techniques_are_one_sequence_without_a_channel() -> None:
    made = _joined(
        ("A_01_OCV", 0, 1, 3.0, 3.0, ""), ("A_02_GCPL", 1, 50, 1.5, 1.0, ""), ("A_04_GCPL", 51, 90, 2.5, 2.0, "")
    )
    assert [(group.pattern, group.names) for group in made.groups] == [
        ("raw/{cell}_*_OCV.res", ("A",)),
        ("raw/{cell}_*_GCPL.res", ("A",)),
    ]
    apart = _joined(("A_01_GCPL", 0, 1, 3.0, 3.0, ""), ("A_02_GCPL", 1, 50, 1.5, 1.0, ""))  # perhaps two cells
    assert [group.names for group in apart.groups] == [("A_01_GCPL", "A_02_GCPL")]


def test_steps_that_alternate_are_told_apart_and_asked_about() -> None:
    made = _joined(("A_01_CP_C07", 0, 50, 3.0, 3.0, ""), ("A_03_CP_C07", 10, 60, 3.0, 3.0, ""))
    assert [group.names for group in made.groups] == [("A_01_CP_C07", "A_03_CP_C07")]
    ((_, text),) = made.remarks
    assert text.startswith(
        "A_01_CP_C07, A_03_CP_C07: steps of a sequence on A, which do not follow one another in time"
    )
    assert text.endswith("export the whole test as one file to join them")
