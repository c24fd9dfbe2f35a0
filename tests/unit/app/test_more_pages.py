"""Teach the audit, add reported results, begin a table; a client that never finishes its request."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from app_study import CELLS

DOCUMENT = b"<table><caption>Table 1</caption><tr><th>Cell</th><th>Capacity (mAh)</th><th>Quux</th></tr><tr><td>A</td><td>1.2</td><td>80</td></tr></table>"  # noqa: E501


def test_a_document_that_was_dropped_is_audited_and_its_name_told(client: TestClient) -> None:
    answer = client.put("/audit/my%20paper.html", content=DOCUMENT)
    assert answer.status_code == 200
    page = client.get(answer.headers["hx-location"]).text
    assert "my paper.html" in page
    assert "tmp" not in page.split('class="audit-body"')[1].split("<h2>")[0]


def test_what_is_no_document_is_told(client: TestClient) -> None:
    answer = client.put("/audit/paper.docx", content=b"not a zip")
    assert answer.status_code == 400
    assert "paper.docx" in answer.text
    assert client.put("/audit/paper", content=b"x").status_code == 400


def test_a_word_is_taught_checked_and_forgotten(client: TestClient, studies: Path) -> None:
    refused = client.post("/audit/words", data={"words": "[quantity.none\nwords = 1"})
    assert refused.status_code in {400, 422}
    assert not (studies / "audit-words.toml").exists()
    words = '[quantity.initial_coulombic_efficiency]\nwords = ["quux"]\n'
    assert client.post("/audit/words", data={"words": words}).status_code == 200
    assert (studies / "audit-words.toml").read_text(encoding="utf-8") == words
    assert "quux" in client.get("/audit").text
    client.post("/audit/words", data={"words": " "})
    assert not (studies / "audit-words.toml").exists()


def test_reported_results_are_filtered_and_added(client: TestClient) -> None:
    everything = client.get("/compare/full_cells").text.count("<tr")
    some = client.get("/compare/full_cells", params={"filter": "cathode=NCM811"}).text.count("<tr")
    assert 1 < some < everything
    assert "No result passes" in client.get("/compare/full_cells", params={"filter": "cycle>=100000"}).text
    wrong = client.get("/compare/full_cells", params={"filter": "colour=red"})
    assert wrong.status_code in {400, 422}
    unknown = client.put("/compare/full_cells/mine.csv", content=b"colour\nred\n")
    assert unknown.status_code in {400, 422}
    own = {"own.capacity_mah_per_g": "150", "own.cycle": "100"}
    assert client.get("/compare/full_cells", params=own).text.count("<tr") == everything + 1


def test_the_twin_follows_its_sliders(client: TestClient) -> None:
    assert "composite-ncm811" in client.get("/twin").text
    before = client.get("/twin/composite-ncm811/follow").json()["rows"]
    more = client.get("/twin/composite-ncm811/follow", params={"cell.resistance_ohm": "60"}).json()["rows"]
    assert before != more
    share = client.get("/twin/composite-ncm811", params={"anode.graphite.share": "0.5"}).text
    assert re.search(r'name="anode.graphite.share"[^>]* value="0.5"', share)
    assert client.get("/twin/composite-ncm811/follow").json()["data"]
    for wrong in ("nan", "-1", "many"):
        assert client.get("/twin/composite-ncm811/follow", params={"cell.resistance_ohm": wrong}).status_code == 400


def test_a_table_is_begun(client: TestClient, two: Path) -> None:
    assert "Begin it" in client.get("/s/two/tables").text
    assert client.post("/s/two/tables/samples/new").status_code == 200
    assert (two / "samples.csv").read_text(encoding="utf-8") == "name,composition\n"
    assert client.post("/s/two/tables/cells/new").status_code == 409
    assert (two / "cells.csv").read_text(encoding="utf-8") == CELLS


def test_a_study_is_drafted_from_a_folder_of_raw_files(client: TestClient, studies: Path, made: Path) -> None:
    (studies / "data").mkdir()
    (studies / "data" / "A1.csv").write_bytes((made / "raw" / "A1.csv").read_bytes())
    answer = client.post("/new", data={"name": "three", "raw": "data"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["hx-redirect"] == "/s/three/"
    assert client.get("/s/three/").status_code == 200
    assert (studies / "three" / "raw" / "A1.csv").is_file()


@pytest.mark.slow
def test_a_client_that_never_ends_its_request_is_given_up(made: Path) -> None:
    """Slow loris: a byte of the head now and then holds no connection for long; others are served meanwhile."""
    command = [sys.executable, "-m", "halfcell", "serve", str(made), "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        assert process.stdout is not None
        port = urlsplit(process.stdout.readline().strip()).port
        assert port
        try:
            with _connected(port) as slow:
                slow.sendall(b"GET / HTTP/1.1\r\n")
                ended = _drip(slow)
            assert ended, "the connection is closed while the client is still sending"
            with _connected(port) as other:
                other.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
                assert other.recv(100).startswith(b"HTTP/1.1 401")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def _connected(port: int) -> socket.socket:
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=5)
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(port)


def _drip(slow: socket.socket) -> bool:
    """Send a byte each half second for 25 s; whether the other side has closed meanwhile."""
    slow.settimeout(0.5)
    for _ in range(50):
        try:
            slow.sendall(b"x")
            if slow.recv(100) == b"":
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
    return False
