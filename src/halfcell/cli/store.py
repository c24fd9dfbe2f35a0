"""Check what a study keeps between runs byte by byte (verify), or remove what it no longer needs (gc)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from halfcell.cli.common.streams import print_json
from halfcell.cli.common.study_arguments import add_json, problems_json, tell_problems

EXAMPLES = ("halfcell store verify my-study", "halfcell store gc my-study")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "action",
        choices=("verify", "gc"),
        help="verify: compare every stored file, output and raw file with its hash; gc: remove results not used",
    )
    parser.add_argument(
        "study", nargs="?", default=".", help="study folder or its study.toml (default: current directory)"
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Verify or clean the store; status 0 all is as it was written, 1 something is not."""
    from halfcell.study import Study

    root = Study.load(args.study).path.resolve().parent
    return _verify(root, as_json=args.json) if args.action == "verify" else _collect(root, as_json=args.json)


def _verify(root: Path, *, as_json: bool) -> int:
    from halfcell.study.cache.verify_store import verify_store

    found = verify_store(root)
    if as_json:
        print_json({"checked": found.checked, "problems": problems_json(found.problems)})
    else:
        tell_problems(found.problems)
        checked = ", ".join(f"{count} {kind}" for kind, count in found.checked.items())
        end = f"{len(found.problems)} not as they should be" if found.problems else "all as they were"
        print(f"{checked}: {end}")
    return 1 if found.problems else 0


def _collect(root: Path, *, as_json: bool) -> int:
    from halfcell.study.cache.collect_garbage import collect_garbage

    found = collect_garbage(root)
    if as_json:
        print_json({"files": found.files, "bytes": found.size})
    else:
        print(f"{found.files} files removed, {found.size / 1e6:.1f} MB", file=sys.stderr)
    return 0
