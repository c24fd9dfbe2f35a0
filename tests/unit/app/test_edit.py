"""What the app changes in the files of a study is what a person would have written."""

from __future__ import annotations

import re
import time
from pathlib import Path

from fastapi.testclient import TestClient

from app_study import CELLS, STUDY


def _version(client: TestClient, address: str) -> str:
    found = re.search(r'(?:name="version" value|data-version)="([0-9a-f]{32})"', client.get(address).text)
    assert found
    return found.group(1)


def _wait(client: TestClient) -> None:
    """Until the run has ended."""
    end = time.monotonic() + 60
    while "Cancel" in client.get("/s/two/progress").text:
        assert time.monotonic() < end
        time.sleep(0.1)


def test_limits_and_caption_are_written_and_the_rest_of_the_file_stays(client: TestClient, two: Path) -> None:
    version = _version(client, "/s/two/item/figure-S7")
    values = {"version": version, "axes.x.limits": "0, 900", "caption": "Profiles.", "colours": "viridis"}
    answer = client.post("/s/two/look/figure-S7", data=values)
    assert answer.status_code == 200, answer.text
    expected = STUDY.replace('"Voltage profiles."', '"Profiles."').replace(
        'show = "voltage profile"\n',
        'show = "voltage profile"\ncolours = "viridis"\naxes = {x = {limits = [0.0, 900.0]}}\n',
    )
    assert (two / "study.toml").read_text(encoding="utf-8") == expected
    _wait(client)
    assert "up to date" in client.get("/s/two/item/figure-S7").text
    assert client.get("/s/two/item/figure-S7/plot").json()["layout"]["xaxis"]["range"] == [0, 900]


def test_a_value_that_cannot_be_is_refused_in_place(client: TestClient, two: Path) -> None:
    version = _version(client, "/s/two/item/figure-S7")
    for values, words in (
        ({"axes.x.limits": "0, many"}, "not a number"),
        ({"width_mm": "3"}, "greater than or equal to 30"),
        ({"colours": "rainbowish"}, "neither a palette nor a colour"),
        ({"axes.y.unit": "furlongs"}, "no unit"),
    ):
        answer = client.post(
            "/s/two/look/figure-S7", data={"version": version, **values}, headers={"HX-Request": "true"}
        )
        assert answer.status_code in {400, 422}
        assert words in answer.text
    assert (two / "study.toml").read_text(encoding="utf-8") == STUDY


def test_one_colour_or_several(client: TestClient, two: Path) -> None:
    for text, written in (("viridis", '"viridis"'), ("blue, #d55e00", '["blue", "#d55e00"]')):
        version = _version(client, "/s/two/item/figure-S7")
        answer = client.post("/s/two/look/figure-S7", data={"version": version, "colours": text, "lines": "dash, dot"})
        assert answer.status_code == 200, answer.text
        content = (two / "study.toml").read_text(encoding="utf-8")
        assert f"colours = {written}" in content
        assert 'lines = ["dash", "dot"]' in content
        _wait(client)


def test_a_setting_is_written_for_the_item_and_computed(client: TestClient, two: Path) -> None:
    version = _version(client, "/s/two/item/table-S1")
    answer = client.post("/s/two/settings/table-S1", data={"version": version, "set.active_mass_mg": "3"})
    assert answer.status_code == 200, answer.text
    assert "set = {active_mass_mg = 3.0}" in (two / "study.toml").read_text(encoding="utf-8")
    _wait(client)
    assert "450" in client.get("/s/two/item/table-S1").text  # 1.35 mAh of 3 mg


def test_a_change_on_the_disk_is_never_overwritten(client: TestClient, two: Path) -> None:
    version = _version(client, "/s/two/item/figure-S7")
    changed = STUDY.replace("Two cells", "Two of three cells")
    (two / "study.toml").write_text(changed, encoding="utf-8")
    answer = client.post("/s/two/look/figure-S7", data={"version": version, "caption": "Mine."})
    assert answer.status_code == 409
    assert "was changed on the disk" in answer.text
    assert (two / "study.toml").read_text(encoding="utf-8") == changed


def test_a_cell_is_shown_as_a_difference_and_then_written(client: TestClient, two: Path) -> None:
    change = {
        "version": _version(client, "/s/two/tables"), "action": "cell",
        "row": "0", "head": "active_mass_mg", "value": "1.8",
    }  # fmt: skip
    shown = client.post("/s/two/tables/cells/preview", data=change).text
    assert "− A1,half,1.5" in shown
    assert "+ A1,half,1.8" in shown
    assert (two / "cells.csv").read_text(encoding="utf-8") == CELLS
    assert client.post("/s/two/tables/cells", data=change).status_code == 200
    assert (two / "cells.csv").read_text(encoding="utf-8") == CELLS.replace("A1,half,1.5", "A1,half,1.8")
    assert "out of date" in client.get("/s/two/").text


def test_a_cell_that_cannot_be_is_shown_as_a_mistake(client: TestClient, two: Path) -> None:
    change = {
        "version": _version(client, "/s/two/tables"), "action": "cell",
        "row": "0", "head": "kind", "value": "anode",
    }  # fmt: skip
    assert "This would be a mistake" in client.post("/s/two/tables/cells/preview", data=change).text
    assert client.post("/s/two/tables/cells", data=change).status_code == 422
    assert (two / "cells.csv").read_text(encoding="utf-8") == CELLS
    assert not list(two.glob(".*-cells.csv")), "nothing is left behind"


def test_a_row_comes_and_goes(client: TestClient, two: Path) -> None:
    version = _version(client, "/s/two/tables")
    added = {"version": version, "action": "add", "cells": ["C3", "half", "1,6 mg"]}
    client.post("/s/two/tables/cells", data=added)
    new = {"version": version, "action": "add", "cells": ["C3", "half", "1.6"]}
    assert client.post("/s/two/tables/cells", data=new).status_code == 200
    assert (two / "cells.csv").read_text(encoding="utf-8") == CELLS + "C3,half,1.6\n"
    gone = {"version": _version(client, "/s/two/tables"), "action": "remove", "row": "2"}
    assert client.post("/s/two/tables/cells", data=gone).status_code == 200
    assert (two / "cells.csv").read_text(encoding="utf-8") == CELLS


def test_changes_are_taken_back_one_by_one(client: TestClient, two: Path) -> None:
    for value in ("1.8", "1.9"):
        change = {
            "version": _version(client, "/s/two/tables"), "action": "cell",
            "row": "0", "head": "active_mass_mg", "value": value,
        }  # fmt: skip
        assert client.post("/s/two/tables/cells", data=change).status_code == 200
    for value in ("1.8", "1.5"):
        assert client.post("/s/two/undo").status_code == 200
        assert f"A1,half,{value}" in (two / "cells.csv").read_text(encoding="utf-8")
    assert client.post("/s/two/undo").status_code == 400


def test_a_change_made_elsewhere_since_is_not_taken_back(client: TestClient, two: Path) -> None:
    change = {
        "version": _version(client, "/s/two/tables"), "action": "cell",
        "row": "0", "head": "active_mass_mg", "value": "1.8",
    }  # fmt: skip
    client.post("/s/two/tables/cells", data=change)
    (two / "cells.csv").write_text(CELLS.replace("1.4", "1.45"), encoding="utf-8")
    assert client.post("/s/two/undo").status_code == 409
    assert "1.45" in (two / "cells.csv").read_text(encoding="utf-8")


def test_a_doubt_is_accepted_with_its_reason(client: TestClient, two: Path) -> None:
    version = _version(client, "/s/two/item/table-S1")
    refused = client.post("/s/two/accept/table-S1", data={"version": version, "code": "stray_current", "reason": " "})
    assert refused.status_code == 400
    answer = client.post(
        "/s/two/accept/table-S1", data={"version": version, "code": "stray_current", "reason": "seen twice"}
    )
    assert answer.status_code == 200, answer.text
    text = (two / "study.toml").read_text(encoding="utf-8")
    assert text == STUDY + '\n[[accept]]\ncode = "stray_current"\nitems = ["Table S1"]\nreason = "seen twice"\n'


def test_a_file_with_windows_line_ends_keeps_them(client: TestClient, two: Path) -> None:
    (two / "study.toml").write_bytes(STUDY.replace("\n", "\r\n").encode())
    version = _version(client, "/s/two/item/figure-S7")
    client.post("/s/two/look/figure-S7", data={"version": version, "caption": "Profiles."})
    text = (two / "study.toml").read_bytes()
    assert b"Profiles." in text
    assert text.count(b"\r\n") == text.count(b"\n")
