"""All benchmarks, one page: ``python -m benchmarks [NAME ...] [--peers FOLDER]``.

Makes an environment for each peer (they stay in the folder, by default ``.benchmark-peers``), runs the scripts of
``benchmarks/runs.toml`` one after another and writes ``docs/benchmark-runs.md``. With names, only these are run and
their sections replaced. Nothing else should run meanwhile; it takes about half an hour.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.peers import Peer, peer

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmark-runs.md"
HEAD = """# All benchmarks in one run

Made by `python -m benchmarks`, which installs each peer in an environment of its own and runs the scripts of
`benchmarks/` one after another. Each script says in its first lines what it compares and how;
[Benchmarks](benchmarks.md) says what the figures mean, which pairs are fair and where halfcell is behind. Times are
those of the processor on one thread, unless a script says otherwise; Python keeps compiled bytecode
(`PYTHONDONTWRITEBYTECODE` is not set), as it does for users.
"""


def main() -> None:
    """Run what is asked for and write the page."""
    parser = argparse.ArgumentParser(description="Run the benchmarks and write their page.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="benchmarks to run (default: all)")
    parser.add_argument("--peers", type=Path, default=ROOT / ".benchmark-peers", metavar="FOLDER")
    args = parser.parse_args()
    plan = tomllib.loads((ROOT / "benchmarks" / "runs.toml").read_text(encoding="utf-8"))
    unknown = set(args.names) - {run["name"] for run in plan["run"]}
    if unknown:
        parser.error(f"no benchmark named {', '.join(sorted(unknown))}")
    runs = [run for run in plan["run"] if not args.names or run["name"] in args.names]
    needed = {name for run in runs for name in run.get("peers", ())}
    peers = {name: peer(args.peers, name, plan["peers"][name]) for name in plan["peers"] if name in needed}
    sections = _earlier(PAGE) if args.names else {}
    for run in runs:
        print(f"{run['name']} ...", file=sys.stderr, flush=True)
        sections[run["name"]] = _section(run, peers)
        PAGE.write_text("\n".join(_page(plan, sections)) + "\n", encoding="utf-8")


def _section(run: Mapping[str, Any], peers: Mapping[str, Peer]) -> str:
    """The section of one benchmark; it says why where it was not made."""
    own = {name: peers[name] for name in run.get("peers", ())}
    command = " ".join(run["command"])
    head = f"<!-- {run['name']} -->\n## {run['title']}\n\n`python {command}`, {_machine()}\n\n{_versions(own)}"
    failed = {name: one.failure for name, one in own.items() if one.failure}
    if failed:
        whys = "; ".join(f"{name}: {why}" for name, why in failed.items())
        return f"{head}Not made: {whys}.\n"
    started = time.perf_counter()
    done = _run(run, own)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no output"])[-1]
        return f"{head}Not made: the script ended with `{last}`.\n"
    text = done.stdout.strip("\n")
    shown = text if text.startswith("|") else f"```text\n{text}\n```"
    return f"{head}{shown}\n\nIt took {time.perf_counter() - started:.0f} s.\n"


def _run(run: Mapping[str, Any], peers: Mapping[str, Peer]) -> subprocess.CompletedProcess[str]:
    """Run a script with the interpreters of its peers in the place of their names."""
    python = {name: str(one.python) for name, one in peers.items()}
    variables = {name: text.format(**python) for name, text in run.get("variables", {}).items()}
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS"), "1")
    paths = {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    environment = {**os.environ, **one_thread, **paths, **variables}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    interpreter = run.get("interpreter", sys.executable).format(**python)
    command = [interpreter, *(word.format(**python) for word in run["command"])]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)


def _machine() -> str:
    from halfcell import __version__

    day = dt.datetime.now(tz=dt.UTC).date().isoformat()
    return f"halfcell {__version__}, Python {platform.python_version()}, {os.cpu_count()} processors, {day}"


def _versions(peers: Mapping[str, Peer]) -> str:
    """The versions of the peers, and the newer ones that this Python cannot run, of which nothing is quoted."""
    if not peers:
        return ""
    installed = ", ".join(f"{name} {version}" for one in peers.values() for name, version in one.versions.items())
    newer = ", ".join(text for one in peers.values() for text in one.newer)
    note = f" Newer, but not for Python {platform.python_version()}, so not measured: {newer}." if newer else ""
    return f"Peers: {installed or 'none'}.{note}\n\n"


def _earlier(page: Path) -> dict[str, str]:
    """The sections that the page has, by name."""
    if not page.is_file():
        return {}
    parts = re.split(r"^(?=<!-- [\w-]+ -->$)", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {part.split()[1]: part.rstrip() + "\n" for part in parts[1:]}


def _page(plan: Mapping[str, Any], sections: Mapping[str, str]) -> Iterator[str]:
    """The page: the sections in the order of the plan."""
    yield HEAD
    for run in plan["run"]:
        if run["name"] in sections:
            yield sections[run["name"]]


if __name__ == "__main__":
    main()
