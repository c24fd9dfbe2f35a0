"""Minimal pages of the same content beside the app: ``python benchmarks/app_peers/compare.py STUDY dash=PYTHON ...``.

PYTHON is the interpreter of an environment with dash, panel, nicegui or streamlit (a missing one is left out). Each
page is opened in a fresh Chromium: bytes sent, requests, seconds until the plot is drawn, memory of the server. The
app's page is that of a figure of the study, with all its forms; the study has been run.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent.parent / "tests"), str(HERE.parent)]

from ratios import record  # noqa: E402

from browser.chromium import Page  # noqa: E402

PORT = 8790
PLOT = (
    "(function seen(root) { return !!root.querySelector('.main-svg')"
    " || [...root.querySelectorAll('*')].some((one) => one.shadowRoot && seen(one.shadowRoot)) })(document)"
)
COMMANDS = {
    "dash": ["dash_page.py", str(PORT)],
    "panel": ["panel_page.py", str(PORT)],
    "nicegui": ["nicegui_page.py", str(PORT)],
    "streamlit": [
        "-m",
        "streamlit",
        "run",
        "streamlit_page.py",
        "--server.port",
        str(PORT),
        "--server.headless",
        "true",
    ],
}


def main(study: Path, interpreters: Mapping[str, str]) -> None:
    """Measure and print one line for each."""
    print(f"{'':<12}{'MB':>8}{'requests':>10}{'s to plot':>11}{'server MB':>11}")
    own = [sys.executable, "-m", "halfcell", "serve", str(study), "--port", str(PORT), "--no-browser"]
    with subprocess.Popen(own, stdout=subprocess.PIPE, text=True) as process:
        address = process.stdout.readline().strip() if process.stdout else ""
        time.sleep(3)
        base, _, token = address.partition("/?token=")
        ours = _measure("halfcell", f"{base}/item/figure-S7?token={token}", process)
    for name, words in COMMANDS.items():
        python = interpreters.get(name, "")
        if not python:
            print(f"{name:<12} no environment")
            continue
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with subprocess.Popen([python, *words], cwd=HERE, **quiet) as process:
            _wait_for_server(process)
            theirs = _measure(name, f"http://127.0.0.1:{PORT}/", process)
            record("a page with a plot, time to the plot (clock)", name, theirs, ours)


def _wait_for_server(process: subprocess.Popen[bytes]) -> None:
    """Wait until it takes connections, at most half a minute."""
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as test:
            if test.connect_ex(("127.0.0.1", PORT)) == 0:
                return
        time.sleep(0.2)


def _measure(name: str, address: str, process: subprocess.Popen[str]) -> float:
    """One page, twice: the second time the server is warm. Returns the seconds to the plot."""
    try:
        for _ in range(2):
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, Page(Path(folder)) as page:
                begin = time.perf_counter()
                page.call("Page.navigate", url=address)
                page.until(PLOT, 60)
                seconds = time.perf_counter() - begin
                time.sleep(2)
                page.value("0")
                ended = [one["params"] for one in page.events if one.get("method") == "Network.loadingFinished"]
                frames = [one["params"] for one in page.events if one.get("method") == "Network.webSocketFrameReceived"]
                size = sum(one["encodedDataLength"] for one in ended)
                size += sum(len(one["response"]["payloadData"]) for one in frames)
        row = (
            f"{name:<12}{size / 2**20:>8.2f}{len(page.requests()):>10}{seconds:>11.2f}{_megabytes(process.pid):>11.0f}"
        )
        print(row, flush=True)
        return seconds
    finally:
        process.terminate()
        process.wait(20)


def _megabytes(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), dict(word.split("=", 1) for word in sys.argv[2:]))
