"""Every page says what is there; what is missing or wrong is told in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

PAGES = (
    "/", "/s/two/", "/s/two/item/figure-S7", "/s/two/item/table-S1", "/s/two/tables", "/s/two/files",
    "/s/two/documents", "/s/two/file?path=raw/A1.csv", "/audit", "/compare", "/compare/full_cells?filter=cycle>=100",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_no_inline_script_and_no_foreign_address(client: TestClient, two: Path, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert "://" not in answer.text.replace("http://127.0.0.1:8650", "")
    assert "script-src 'self';" in answer.headers["content-security-policy"]


def test_a_study_that_was_not_run_shows_what_to_do(client: TestClient) -> None:
    assert client.get("/s/two/").text.count("not made yet") == 2
    page = client.get("/s/two/item/figure-S7").text
    assert "has not been made from the present files" in page
    assert "Make it" in page


def test_a_figure_with_its_data_and_its_numbers(client: TestClient, two: Path) -> None:
    page = client.get("/s/two/item/figure-S7").text
    assert 'data-plot="/s/two/item/figure-S7/plot"' in page
    plot = client.get("/s/two/item/figure-S7/plot").json()
    assert plot["data"]
    table = client.get("/s/two/item/table-S1").text
    assert 'data-number="S1:A1:initial_coulombic_efficiency"' in table


def test_a_zoom_gives_the_range_alone(client: TestClient, two: Path) -> None:
    part = client.get("/s/two/item/figure-S7/plot?panel=0&low=100&high=300").json()
    assert part["layout"]["xaxis"]["range"] == [100, 300]


def test_where_a_number_comes_from(client: TestClient, two: Path) -> None:
    card = client.get("/s/two/number", params={"number": "S1:A1:initial_coulombic_efficiency"}).text
    for words in ("90", "raw/A1.csv", "sha256", "active mass mg", "<small>cells.csv"):
        assert words in card


def test_mistakes_in_the_files_are_listed_and_the_last_picture_stays(client: TestClient, two: Path) -> None:
    text = (two / "study.toml").read_text(encoding="utf-8")
    (two / "study.toml").write_text(text.replace("voltage profile", "voltage profil"), encoding="utf-8")
    page = client.get("/s/two/").text
    assert "1 mistake in the study" in page
    assert "voltage profil" in page
    assert "out of date" in page
    assert "picture/out/figures/" in page


def test_a_file_that_is_no_toml_is_told_in_place(client: TestClient, two: Path) -> None:
    (two / "study.toml").write_text("title = Two cells\n", encoding="utf-8")
    assert "not TOML" in client.get("/s/two/").text
    assert client.get("/s/two/tables").status_code == 200


def test_what_is_not_there(client: TestClient) -> None:
    for address in ("/s/none/", "/s/two/item/figure-S99", "/nowhere", "/compare/none", "/audit/none"):
        answer = client.get(address)
        assert answer.status_code in {400, 404}
        assert "This did not work" in answer.text


def test_the_review_document_runs_its_own_scripts_alone(client: TestClient, two: Path) -> None:
    from halfcell import report
    from halfcell.study import Study

    report.write(Study.load(two).document(), two / "out", ("html",))
    answer = client.get("/s/two/out/review.html?look=true")
    policy = answer.headers["content-security-policy"]
    assert "sha256-" in policy
    assert "sandbox allow-scripts" in policy
    assert "unsafe-inline' " not in policy.split("style-src")[0]
    assert client.get("/s/two/out/review.html").headers["content-disposition"].startswith("attachment")
