"""Write the JSON Schema of study.toml into a study, so that editors complete and check what is written there."""

from __future__ import annotations

import argparse
import sys

from halfcell.cli.common.streams import print_json
from halfcell.cli.common.study_arguments import add_json

EXAMPLES = ("halfcell schema my-study", "halfcell schema --json > study.schema.json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "study", nargs="?", default=".", help="study folder or its study.toml (default: current directory)"
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Write the schema, and say how study.toml announces it; status 0."""
    from halfcell.study import Study
    from halfcell.study.files.json_schema import ANNOUNCEMENT, study_schema, write_schema

    if args.json:
        print_json(study_schema())
        return 0
    path = Study.load(args.study).path
    print(write_schema(path.resolve().parent))
    if ANNOUNCEMENT not in path.read_text(encoding="utf-8", errors="replace").splitlines()[:1]:
        print(f"make this the first line of {path.name}: {ANNOUNCEMENT}", file=sys.stderr)
    return 0
