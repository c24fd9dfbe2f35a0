"""The page of all benchmarks: its head, the table of all ratios, and the sections, which can be replaced one by one."""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HEAD = """# All benchmarks in one run

Made by `python -m benchmarks`, which runs the scripts of `benchmarks/` one after another, each in a process of its own,
and each peer in an environment of its own (`--peers FOLDER`, or `--install`, which makes them with pip). Each script
says in its first lines what it compares and how; [Benchmarks](benchmarks.md) says what the figures mean. Times are
those of the processor on one thread, unless a section says otherwise; Python keeps compiled bytecode
(`PYTHONDONTWRITEBYTECODE` is not set), as it does for users. The load stands in each section: on a busy machine times
are longer than alone, and only the ratios compare.
"""
_RATIOS = """## Beside every peer, the same work

How many times as long as halfcell the peer takes, in one run: the middle, and the range over files or cases. Below 1
halfcell is slower, and the reason stands beside it.

| work | peer | ratio | range | cases | |
|---|---|--:|---|--:|---|
"""
_COMMENT = re.compile(r"^<!-- ratios (.*) -->$", re.MULTILINE)


def ratio_comment(lines: str) -> str:
    """The ratios of a section as a comment of the page, which the table of all is made from."""
    return f"<!-- ratios {json.dumps([json.loads(line) for line in lines.splitlines()])} -->\n"


def earlier_sections(path: Path) -> dict[str, str]:
    """The sections that the page has, by name."""
    if not path.is_file():
        return {}
    parts = re.split(r"^(?=<!-- [\w-]+ -->$)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {part.split()[1]: part.rstrip() + "\n" for part in parts[1:]}


def page(head: str, plan: Mapping[str, Any], sections: Mapping[str, str]) -> str:
    """The page: the table of all ratios, then the sections in the order of the plan."""
    ordered = [sections[run["name"]] for run in plan["run"] if run["name"] in sections]
    table = "\n".join(_rows("".join(ordered), plan.get("remark", ())))
    return "\n".join([head, f"{_RATIOS}{table}\n", *ordered])


def ratios(text: str) -> dict[tuple[str, str], list[float]]:
    """The ratios of a page by work and peer."""
    found: dict[tuple[str, str], list[float]] = {}
    for comment in _COMMENT.findall(text):
        for one in json.loads(comment):
            found.setdefault((one["work"], one["peer"]), []).append(one["ratio"])
    return found


def _rows(text: str, remarks: list[Mapping[str, str]]) -> Iterator[str]:
    """The rows of the table of ratios."""
    said = {(one["work"], one["peer"]): one["text"] for one in remarks}
    for (work, peer), all_of_it in ratios(text).items():
        middle, low, high = statistics.median(all_of_it), min(all_of_it), max(all_of_it)
        spread = f"{low:.3g} to {high:.3g}" if len(all_of_it) > 1 else ""
        yield f"| {work} | {peer} | {middle:.3g} | {spread} | {len(all_of_it)} | {said.get((work, peer), '')} |"
