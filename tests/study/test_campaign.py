"""A campaign: rows of every file once, whatever is added, changed, removed or killed; queries that can only read it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from halfcell.campaign import parts
from halfcell.campaign.page import write_page
from halfcell.campaign.parts import Tables
from halfcell.campaign.query import query
from halfcell.campaign.run import CampaignOutcome, CampaignRequest, run_campaign
from halfcell.campaign.subjects import cell_of
from halfcell.campaign.summary import outlier_scores, summarise
from halfcell.core.errors import InputError, StudyError
from study_runs import study_of


@pytest.fixture
def cells(plugin: Path, tmp_path: Path) -> Path:
    """Ten cells in two folders, with their masses; `plugin` makes their format and technique known."""
    root = tmp_path / "cells"
    for n in range(10):
        folder = root / f"batch{n // 5}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"C{n}_formation.wgt").write_text(f"weights\n{n}\n{n + 2}\n", encoding="utf-8")
    rows = [f"C{n},half,{1 + n / 10}" for n in range(10)]
    (root / "cells.csv").write_text("\n".join(["cell,kind,active_mass_mg", *rows]) + "\n", encoding="utf-8")
    return root


def _run(root: Path, **asked: object) -> CampaignOutcome:
    return run_campaign(root, root / "campaign", CampaignRequest(workers=1, **asked))  # type: ignore[arg-type]


def _values(root: Path, quantity: str = "mean_weight") -> dict[str, float]:
    found = query(root / "campaign", "select * from quantities").filter(pl.col("quantity") == quantity)
    found = found.select("file", "value")
    assert len(found) == len(set(found["file"]))
    return dict(found.iter_rows())


def test_each_file_is_analysed_once(cells: Path, plugin: Path) -> None:
    assert _run(cells) == CampaignOutcome(analysed=10, unchanged=0, failed=0, gone=0, studies=0)
    assert _run(cells) == CampaignOutcome(analysed=0, unchanged=10, failed=0, gone=0, studies=0)
    assert len(plugin.read_text().splitlines()) == 10
    assert _values(cells) == {f"batch{n // 5}/C{n}_formation.wgt": n + 1.0 for n in range(10)}


def test_the_masses_of_the_cells_are_used(cells: Path) -> None:
    _run(cells)
    per_mass = _values(cells, "weight_per_mass")
    assert per_mass["batch0/C4_formation.wgt"] == pytest.approx(5.0 / 1.4)
    names = query(cells / "campaign", "select cell from cells order by cell")["cell"].to_list()
    assert names == [f"C{n}" for n in range(10)]


def test_settings_of_the_command_are_used_and_checked(cells: Path) -> None:
    _run(cells, values={"factor": "3"})
    assert _values(cells)["batch0/C1_formation.wgt"] == 6.0
    assert _run(cells, values={"factr": "3"}).failed == 10
    (failure,) = set(query(cells / "campaign", "select failure from files")["failure"])
    assert "did you mean 'factor'?" in failure


def test_only_what_changed_is_analysed_again_and_its_old_rows_go(cells: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_LARGEST_PART", 3)
    _run(cells)
    assert len(list((cells / "campaign" / "quantities").glob("*.parquet"))) == 4
    (cells / "batch0" / "C1_formation.wgt").write_text("weights\n100\n", encoding="utf-8")
    (cells / "batch0" / "C2_formation.wgt").unlink()
    (cells / "batch1" / "C99.wgt").write_text("weights\n7\n", encoding="utf-8")
    (cells / "cells.csv").write_text((cells / "cells.csv").read_text().replace("C3,half,1.3", "C3,half,2.6"))
    outcome = _run(cells)
    assert (outcome.analysed, outcome.unchanged, outcome.gone) == (3, 7, 1)
    found = _values(cells)
    assert len(found) == 10
    assert found["batch0/C1_formation.wgt"] == 100.0
    assert found["batch1/C99.wgt"] == 7.0
    assert _values(cells, "weight_per_mass")["batch0/C3_formation.wgt"] == pytest.approx(4.0 / 2.6)


def test_files_that_cannot_be_analysed_are_named_and_cost_only_themselves(cells: Path) -> None:
    (cells / "batch0" / "C0_formation.wgt").write_text("weights\nabc\n", encoding="utf-8")
    (cells / "notes.pdf").write_bytes(b"%PDF-1.4 nothing")
    outcome = _run(cells)
    assert (outcome.analysed, outcome.failed) == (11, 1)
    states = dict(query(cells / "campaign", "select state, count(*) from files group by state").iter_rows())
    assert states == {"analysed": 9, "failed": 1, "no raw file": 1}
    (told,) = query(cells / "campaign", "select failure from files where state = 'failed'")["failure"]
    assert told.startswith("batch0/C0_formation.wgt: ")


def test_rows_of_a_killed_run_are_not_counted_twice(cells: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_LARGEST_PART", 4)
    written: list[int] = []

    def write_files(self: Tables, rows: object) -> None:
        written.append(1)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Tables, "write_files", write_files)
        with pytest.raises(KeyboardInterrupt):
            _run(cells)
    assert len(list((cells / "campaign" / "quantities").glob("*.parquet"))) == 1
    _run(cells)
    assert len(_values(cells)) == 10


def test_damaged_tables_are_made_again(cells: Path) -> None:
    _run(cells)
    (cells / "campaign" / "files.parquet").write_bytes(b"PAR1 damaged")
    assert _run(cells).analysed == 10
    assert len(_values(cells)) == 10


def test_numbers_of_studies_are_gathered_and_follow_them(small, tmp_path: Path) -> None:
    study_of(small).run(workers=1)
    assert _run(tmp_path).studies == 1
    before = query(tmp_path / "campaign", "select study, count(*) n from numbers group by study")
    assert before["study"].to_list() == ["study"]
    small.edit("cells.csv", "A1,Si,half,1.1", "A1,Si,half,2.2")
    study_of(small).run(workers=1)
    _run(tmp_path)
    sql = "select value from numbers where id like 'S1:Si (A1):weight_per_mass'"
    assert query(tmp_path / "campaign", sql)["value"][0] == pytest.approx(2.0 / 2.2)
    assert len(query(tmp_path / "campaign", "select * from numbers")) == before["n"][0]


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_text('{secret}')",
        "select * from '{secret}'",
        "copy cells to '{secret}.csv'",
        "attach '{secret}.db'",
        "set enable_external_access = true",
        "install httpfs",
    ],
)
def test_a_query_reads_nothing_else_and_writes_nothing(cells: Path, tmp_path: Path, sql: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    _run(cells)
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(InputError, match="query: "):
        query(cells / "campaign", sql.format(secret=secret))
    assert sorted(os.listdir(tmp_path)) == before


def test_a_query_that_is_none_names_the_tables(cells: Path) -> None:
    _run(cells)
    with pytest.raises(InputError, match="the tables are files, cells"):
        query(cells / "campaign", "select * from cell")
    with pytest.raises(InputError, match="no campaign in this folder"):
        query(cells, "select 1")


def test_mistakes_in_the_table_of_cells_stop_the_campaign(cells: Path) -> None:
    (cells / "cells.csv").write_text("cell,kind,active_mass_mg\nC1,haf,1.2\nC2,half,x\n", encoding="utf-8")
    with pytest.raises(StudyError, match="2 mistakes in the tables") as caught:
        _run(cells)
    assert "cells.csv:2 (kind)" in str(caught.value)


@pytest.mark.parametrize(
    ("path", "cell"),
    [
        ("a/C1.mpt", "C1"),
        ("a/C1_formation.mpt", "C1"),
        ("a/c1-rate.mpt", "C1"),
        ("a/C10.mpt", "C10"),
        ("a/C12.mpt", ""),
        ("C10/rate.mpt", "C10"),
        ("C1/C10_rate.mpt", "C10"),
        ("a/rate.mpt", ""),
    ],
)
def test_a_file_is_of_the_cell_it_is_named_after(path: str, cell: str) -> None:
    known = {"c1": {"name": "C1"}, "c10": {"name": "C10"}}
    assert cell_of(path, known).get("name", "") == cell


def test_outlier_scores_are_those_of_iglewicz_and_hoaglin() -> None:
    """Example of the NIST/SEMATECH handbook, 1.3.5.17: of these ten values the last two are beyond 3.5."""
    values = np.array([2.1, 2.6, 2.4, 2.5, 2.3, 2.1, 2.3, 2.6, 8.2, 8.3])
    scores = outlier_scores(values)
    assert list(np.flatnonzero(np.abs(scores) > 3.5)) == [8, 9]
    assert scores[8] == pytest.approx(0.6745 * (8.2 - 2.45) / 0.15)
    assert not outlier_scores(np.array([1.0, 2.0, 99.0])).any()
    assert not outlier_scores(np.array([1.0] * 9 + [5.0])).any()


def test_the_page_names_outliers_failures_and_needs_nothing_else(cells: Path) -> None:
    (cells / "batch1" / "C9_formation.wgt").write_text("weights\n5000\n", encoding="utf-8")
    (cells / "batch1" / "C8_<b>.wgt").write_text("weights\nabc\n", encoding="utf-8")
    _run(cells)
    (summary,) = [one for one in summarise(Tables(cells / "campaign")) if one.name == "mean_weight"]
    assert [one.file for one in summary.outliers] == ["batch1/C9_formation.wgt"]
    text = write_page(Tables(cells / "campaign"), "My <cells>").read_text(encoding="utf-8")
    assert "My &lt;cells&gt;" in text
    assert "C8_&lt;b&gt;.wgt" in text
    assert "batch1/C9_formation.wgt" in text
    assert "default-src 'none'" in text
    assert "<script" not in text
    assert "http" not in text.replace("http-equiv", "")


def test_the_commands(cells: Path, shell: Callable[..., object], tmp_path: Path) -> None:
    ended = shell("campaign", str(cells), "--workers", "1", "--json")
    assert json.loads(ended.stdout)["analysed"] == 10
    asked = "select cell, value from quantities where quantity = 'mean_weight' order by value desc limit 2"
    ended = shell("query", asked, "--campaign", str(cells))
    assert ended.stdout.split() == ["cell", "value", "C9", "10", "C8", "9"]
    out = tmp_path / "answer.parquet"
    shell("query", asked, "--campaign", str(cells), "--out", str(out))
    assert pl.read_parquet(out)["value"].to_list() == [10.0, 9.0]
    formula = "select '=1+1' as name, -0.5 as value"
    shell("query", formula, "--campaign", str(cells), "--out", str(out.with_suffix(".csv")))
    assert out.with_suffix(".csv").read_text().split() == ["name,value", "'=1+1,-0.5"]
    ended = shell("campaign", str(tmp_path / "none"))
    assert ended.returncode == 2
    assert "no such folder" in ended.stderr


def test_a_store_without_a_scheduler_is_refused(cells: Path, shell: Callable[..., object], tmp_path: Path) -> None:
    ended = shell("campaign", str(cells), "--store", str(tmp_path / "store"))
    assert ended.returncode == 2
    assert "a store is only used with the workers of a scheduler" in ended.stderr
