"""A hostile client: foreign hosts and origins, no token, paths out of the folder, endless bodies, script in names."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app_study import TOKEN


@pytest.mark.parametrize("address", ["/", "/s/two/", "/static/x/app.js", "/s/two/events"])
def test_without_the_token_nothing_is_shown(stranger: TestClient, address: str) -> None:
    assert stranger.get(address).status_code == 401
    assert stranger.get(f"{address}?token=wrong").status_code == 401
    stranger.cookies.set("halfcell-8650", "wrong")
    assert stranger.get(address).status_code == 401


def test_the_token_becomes_a_cookie_and_leaves_the_address(stranger: TestClient) -> None:
    answer = stranger.get(f"/s/two/?token={TOKEN}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/s/two/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_the_token_sends_nobody_to_another_host(stranger: TestClient) -> None:
    answer = stranger.get(f"//evil.example/?token={TOKEN}", follow_redirects=False)
    assert not answer.headers.get("location", "/").startswith(("//", "http"))


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8650", "127.0.0.1.evil.example", "", "[::2]:8650"])
def test_a_foreign_host_name_is_refused(client: TestClient, host: str) -> None:
    """DNS rebinding: a name of the attacker's that was pointed at this machine."""
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1:8650.evil.example"]
)
def test_a_foreign_origin_changes_nothing(client: TestClient, origin: str) -> None:
    assert client.post("/s/two/run", headers={"Origin": origin}).status_code == 403
    assert client.put("/s/two/files/a.csv", content=b"x", headers={"Origin": origin}).status_code == 403


def test_a_foreign_page_cannot_read_by_script(client: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert client.get("/s/two/", headers=headers).status_code == 403


PATHS = (
    "../secret.txt", "..%2Fsecret.txt", "%2e%2e/secret.txt", "..\\secret.txt", "/etc/passwd", "raw/../../../secret.txt",
    "link.txt", ".halfcell/app-changes.json", "%00",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out_of_the_study(client: TestClient, two: Path, path: str) -> None:
    (two / "link.txt").symlink_to(two.parent.parent / "secret.txt")
    (two / "out" / "link.txt").symlink_to(two.parent.parent / "secret.txt")
    for address in (f"/s/two/file?path={path}", f"/s/two/out/{path}", f"/s/two/picture/{path}", f"/s/{path}/"):
        answer = client.get(address)
        assert answer.status_code in {400, 404, 422}, address
        assert "secret\n" not in answer.text
        assert answer.text.strip() != "secret"


@pytest.mark.parametrize("name", ["..", ".hidden", "con", "a/b", "a\\b", "x" * 101, "a\x00b"])
def test_no_study_gets_a_name_that_is_none(client: TestClient, studies: Path, name: str) -> None:
    before = sorted(studies.iterdir())
    assert client.post("/new", data={"name": name}).status_code == 400
    assert sorted(studies.iterdir()) == before


def test_a_study_is_drafted_from_inside_the_folder_alone(client: TestClient, studies: Path) -> None:
    for raw in ("..", "/etc", "../.."):
        assert client.post("/new", data={"name": "three", "raw": raw}).status_code == 400
    assert not (studies / "three").exists()


def test_an_upload_that_is_too_large_leaves_nothing(client: TestClient, two: Path) -> None:
    assert client.put("/s/two/files/a.csv", content=b"x" * 100_001).status_code == 413

    pieces = (b"x" * 10_000 for _ in range(30))  # of a length that is not stated
    assert client.put("/s/two/files/b.csv", content=pieces).status_code == 413
    assert not list((two / ".halfcell" / "dropped").iterdir())
    assert not (two / "raw" / "a.csv").exists()


def test_a_form_that_is_too_large_or_none_is_refused(client: TestClient) -> None:
    large = {"version": "0" * 32, "caption": "x" * 3_000_000}
    assert client.post("/s/two/look/figure-S7", data=large).status_code == 413
    assert client.post("/s/two/look/figure-S7", json={"caption": "x"}).status_code == 415
    many = "&".join(f"a{index}=1" for index in range(6000))
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/s/two/look/figure-S7", content=many, headers=form).status_code == 400


def test_script_in_names_and_captions_stays_text(client: TestClient, two: Path) -> None:
    bad = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    text = (two / "study.toml").read_text(encoding="utf-8")
    text = text.replace("Voltage profiles.", bad.replace('"', '\\"')).replace("Two cells", "<b onclick=x>Two</b>")
    (two / "study.toml").write_text(text, encoding="utf-8")
    (two / "raw" / "<img src=x>.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    for address in ("/s/two/", "/s/two/item/figure-S7", "/s/two/files", "/"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b onclick" not in page


def test_a_raw_file_that_nobody_knows_is_refused_and_not_kept(client: TestClient, two: Path) -> None:
    answer = client.put("/s/two/files/virus.exe", content=b"MZ\x90\x00 not an instrument file")
    assert answer.status_code == 400
    assert "no reader recognises the file" in answer.text
    assert not list((two / "raw").glob("virus*"))


def test_a_raw_file_is_put_where_a_pattern_takes_it(client: TestClient, two: Path) -> None:
    content = (two / "raw" / "A1.csv").read_bytes()
    told = client.put("/s/two/files/C3.csv", content=content).text
    assert "raw/C3.csv" in told
    assert "rename it, or add a row" in told
    assert (two / "raw" / "C3.csv").read_bytes() == content
    again = client.put("/s/two/files/C3.csv", content=content)
    assert again.status_code == 400
    assert "is there already" in again.text
