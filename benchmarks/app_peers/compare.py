"""Minimal pages of the same content beside the app: ``python benchmarks/app_peers/compare.py STUDY ENVIRONMENTS``.

ENVIRONMENTS is a folder with one virtual environment for each of dash, panel, nicegui and streamlit (a missing one is
left out). Each page is opened in a fresh Chromium: bytes sent, requests, seconds until the plot is drawn, memory
of the server. The app's page is that of a figure of the study, with all its forms; the study has been run.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "tests"))

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


def main(study: Path, environments: Path) -> None:
    """Measure and print one line for each."""
    print(f"{'':<12}{'MB':>8}{'requests':>10}{'s to plot':>11}{'server MB':>11}")
    own = [sys.executable, "-m", "halfcell", "serve", str(study), "--port", str(PORT), "--no-browser"]
    with subprocess.Popen(own, stdout=subprocess.PIPE, text=True) as process:
        address = process.stdout.readline().strip() if process.stdout else ""
        time.sleep(3)
        base, _, token = address.partition("/?token=")
        _measure("halfcell", f"{base}/item/figure-S7?token={token}", process)
    for name, words in COMMANDS.items():
        python = environments / name / "bin" / "python"
        if not python.is_file():
            print(f"{name:<12} no environment")
            continue
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with subprocess.Popen([str(python), *words], cwd=HERE, **quiet) as process:
            time.sleep(12)
            _measure(name, f"http://127.0.0.1:{PORT}/", process)


def _measure(name: str, address: str, process: subprocess.Popen[str]) -> None:
    """One page, twice: the second time the server is warm."""
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
    finally:
        process.terminate()
        process.wait(20)


def _megabytes(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
