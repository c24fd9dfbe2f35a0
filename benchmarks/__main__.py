"""All benchmarks, one page: ``python -m benchmarks [NAME ...]``.

Runs the scripts that ``benchmarks/runs.toml`` names one after another, each in a process of its own, and writes
``docs/benchmark-runs.md``. With names, only these are run and their sections replaced. Nothing else should run
meanwhile; it takes about a quarter of an hour.

Peers live in environments of their own: those in the folder that ``--peers`` names (by default ``.benchmark-peers``,
one folder for each), or where ``--peer NAME=PYTHON`` says. ``--install`` makes the missing ones with pip, in the
versions of runs.toml; otherwise nothing is downloaded, and the page says which peers were not there.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.page import HEAD, earlier_sections, page, ratio_comment
from benchmarks.peers import Peer, peer
from benchmarks.ratios import VARIABLE

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmark-runs.md"
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS"), "1")


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where things are: the peers by name, and the example study that was run."""

    peers: Mapping[str, Peer]
    study: Path


def main() -> None:
    """Run what is asked for and write the page."""
    plan = tomllib.loads((ROOT / "benchmarks" / "runs.toml").read_text(encoding="utf-8"))
    args = _arguments(plan)
    runs = [run for run in plan["run"] if not args.names or run["name"] in args.names]
    needed = {name for run in runs for name in run.get("peers", ())}
    named = dict(one.split("=", 1) for one in args.peer)
    peers = {
        name: peer(Path(named.get(name, args.peers / name)), wanted, install=args.install, newer=args.python)
        for name, wanted in plan["peers"].items()
        if name in needed
    }
    sections = earlier_sections(PAGE) if args.names else {}
    with tempfile.TemporaryDirectory() as folder:
        study = _example(Path(folder) / "example", args.study, runs)
        for run in runs:
            print(f"{run['name']} ...", file=sys.stderr, flush=True)
            sections[run["name"]] = _section(run, Places(peers=peers, study=study))
            PAGE.write_text(page(HEAD, plan, sections), encoding="utf-8")


def _arguments(plan: Mapping[str, Any]) -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(description="Run the benchmarks and write their page.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="benchmarks to run (default: all)")
    folder = ROOT / ".benchmark-peers"
    parser.add_argument("--peers", type=Path, default=folder, metavar="FOLDER", help="one environment for each peer")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=PYTHON", help="a peer that is elsewhere")
    parser.add_argument("--install", action="store_true", help="make the missing environments with pip")
    parser.add_argument("--python", default="", metavar="PYTHON", help="a newer Python, for peers that need it")
    parser.add_argument("--study", type=Path, metavar="FOLDER", help="the example study, run (default: it is run here)")
    args = parser.parse_args()
    known = {run["name"] for run in plan["run"]}
    if unknown := set(args.names) - known:
        parser.error(f"no benchmark named {', '.join(sorted(unknown))} (there are: {', '.join(sorted(known))})")
    if wrong := [one for one in args.peer if one.partition("=")[0] not in plan["peers"] or "=" not in one]:
        parser.error(f"--peer {wrong[0]}: NAME=PYTHON is expected, NAME one of {', '.join(plan['peers'])}")
    return args


def _example(folder: Path, given: Path | None, runs: list[Mapping[str, Any]]) -> Path:
    """The example study, run with this halfcell, where a benchmark needs it; a given one is copied."""
    if any("{study}" in word for run in runs for word in run["command"]):
        print("the example study ...", file=sys.stderr, flush=True)
        if given:
            shutil.copytree(given, folder)
        command = [sys.executable, "-m", "halfcell", *(("run", "--study") if given else ("demo",)), str(folder)]
        subprocess.run(command, check=False, env=_environment({}), capture_output=True, cwd=ROOT)
    return folder


def _section(run: Mapping[str, Any], places: Places) -> str:
    """The section of one benchmark; it says why where it was not made."""
    own = {name: places.peers[name] for name in run.get("peers", ())}
    shown = " ".join(word.format(**dict.fromkeys(own, "PYTHON"), study="STUDY") for word in run["command"])
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    head = f"<!-- {run['name']} -->\n## {run['title']}\n\n`python {shown}`, {_machine()}, load {load:.1f}\n\n"
    head += _told_peers(own)
    needed = run.get("interpreter", "").strip("{}")
    if needed and not own[needed].python:
        return f"{head}Not made: it runs in the environment of {needed}.\n"
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        ratios = Path(folder) / "ratios"
        done = _run(run, places, ratios)
        comment = ratio_comment(ratios.read_text(encoding="utf-8")) if ratios.is_file() else ""
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        last = (done.stderr.strip().splitlines() or ["no output"])[-1]
        return f"{head}Not made: the script ended with `{last[:200]}`.\n"
    text = done.stdout.strip("\n")
    body = text if run.get("markdown") or text.startswith("|") else f"```text\n{text}\n```"
    return f"{head}{body}\n\n{comment}It took {time.perf_counter() - started:.0f} s.\n"


def _run(run: Mapping[str, Any], places: Places, ratios: Path) -> subprocess.CompletedProcess[str]:
    """Run a script with the interpreters of its peers in the place of their names."""
    known = {name: one.python for name, one in places.peers.items()} | {"study": str(places.study)}
    variables = {name: text.format(**known) for name, text in run.get("variables", {}).items()}
    interpreter = run.get("interpreter", sys.executable).format(**known)
    command = [interpreter, *(word.format(**known) for word in run["command"])]
    environment = _environment({**variables, VARIABLE: str(ratios)})
    if not run.get("peers") and "PYTHONPATH" in os.environ:
        environment["PYTHONPATH"] += os.pathsep + os.environ["PYTHONPATH"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """One thread for arithmetic, compiled bytecode kept, this halfcell, and nothing that peers could import."""
    paths = {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    environment = {**os.environ, **_ONE_THREAD, **paths, **more}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _machine() -> str:
    from halfcell import __version__

    now = dt.datetime.now(tz=dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"halfcell {__version__}, Python {platform.python_version()}, {os.cpu_count()} processors, {now}"


def _told_peers(peers: Mapping[str, Peer]) -> str:
    """The versions of the peers, and what is not there, of which nothing is quoted."""
    if not peers:
        return ""
    there = "; ".join(
        ", ".join(f"{package} {version}" for package, version in reversed(one.versions.items()))
        for one in peers.values()
        if one.python
    )
    lacking = "".join(f"\n{name}: {one.remark}." for name, one in peers.items() if one.remark)
    return f"Peers: {there or 'none'}.{lacking}\n\n"


if __name__ == "__main__":
    main()
