"""The app under load: ``python benchmarks/app.py STUDY [--seconds 60]``.

Fifty clients look at a study for a minute, each with its event stream open: latency (median, 95 %), errors, and
the memory of the app. Then, in Chromium: what a page weighs (bytes sent, requests) and when its figure is drawn.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import httpx2

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

CLIENTS = 50
SECONDS = 60.0
PAUSE = (0.5, 1.5)  # seconds between two pages of one person


def main(study: Path, seconds: float) -> None:
    """Serve the study, and measure."""
    command = [sys.executable, "-m", "halfcell", "serve", str(study), "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        address = process.stdout.readline().strip() if process.stdout else ""
        time.sleep(3)
        try:
            asyncio.run(_load(address, quote(study.resolve().name), seconds))
            print(f"memory of the app after it: {_megabytes(process.pid):.0f} MB")
            _weigh(address)
        finally:
            process.terminate()


async def _load(address: str, study: str, seconds: float) -> None:
    base = address.partition("/s/")[0]
    pages = [f"/s/{study}/", f"/s/{study}/tables", f"/s/{study}/files", f"/s/{study}/item/figure-S7"]
    pages += [f"/s/{study}/item/figure-S7/plot", f"/s/{study}/item/table-S1", f"/s/{study}/documents"]
    times: list[float] = []
    errors: list[int] = []
    end = time.monotonic() + seconds
    limits = httpx2.Limits(max_connections=200, max_keepalive_connections=200)
    async with httpx2.AsyncClient(base_url=base, limits=limits, timeout=30) as client:
        await client.get(address)
        people = [_person(client, pages, times, errors, end) for _ in range(CLIENTS)]
        streams = [_listen(client, f"/s/{study}/events", end) for _ in range(CLIENTS)]
        await asyncio.gather(*people, *streams)
    ordered = sorted(times)
    print(f"{CLIENTS} clients, {seconds:g} s: {len(times)} pages, {len(errors)} errors")
    if not ordered:
        print("no page was answered in this time")
        return
    high = ordered[int(len(ordered) * 0.95)]
    print(f"latency: median {statistics.median(ordered) * 1e3:.0f} ms, 95 % {high * 1e3:.0f} ms")


async def _person(
    client: httpx2.AsyncClient, pages: list[str], times: list[float], errors: list[int], end: float
) -> None:
    await asyncio.sleep(random.uniform(0, PAUSE[1]))
    while time.monotonic() < end:
        begin = time.perf_counter()
        answer = await client.get(random.choice(pages))
        times.append(time.perf_counter() - begin)
        if answer.status_code != 200:
            errors.append(answer.status_code)
        await asyncio.sleep(random.uniform(*PAUSE))


async def _listen(client: httpx2.AsyncClient, path: str, end: float) -> None:
    async with client.stream("GET", path) as stream:
        async for _ in stream.aiter_lines():
            if time.monotonic() > end:
                return


def _megabytes(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1024


def _weigh(address: str) -> None:
    """Bytes, requests and time to the first figure of two pages, in a fresh browser."""
    from browser.chromium import Page, find

    if find() is None:
        print("no Chromium: pages not weighed")
        return
    for path in ("/", "/item/figure-S7"):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, Page(Path(folder)) as page:
            page.open(address)
            page.call("Network.clearBrowserCache")
            page.events.clear()
            begin = time.perf_counter()
            page.open(address.partition("/?")[0] + path)
            if path != "/":
                page.until("document.querySelectorAll('.plot .main-svg').length > 0")
            seconds = time.perf_counter() - begin
            page.until("document.readyState === 'complete'")
            ended = [one["params"] for one in page.events if one.get("method") == "Network.loadingFinished"]
            size = sum(one["encodedDataLength"] for one in ended) / 2**20
            print(f"{path}: {size:.2f} MB, {len(page.requests())} requests, {seconds:.2f} s")


if __name__ == "__main__":
    place = sys.argv.index("--seconds") if "--seconds" in sys.argv else 0
    main(Path(sys.argv[1]), float(sys.argv[place + 1]) if place else SECONDS)
