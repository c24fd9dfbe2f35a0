"""Write the example study (its raw files are simulated and labelled so), run it, and say where the report is."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from halfcell.cli.common.study_arguments import add_json
from halfcell.core.plugins import load

EXAMPLES = (
    "halfcell demo",
    "halfcell demo my-example --no-run",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "folder", nargs="?", default="example-study", help="new folder for the study (default: example-study)"
    )
    parser.add_argument("--no-run", action="store_true", help="write the study without running it")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Write the study, run it as `halfcell run` would, and write its submission as `halfcell report` would."""
    from halfcell.example import write

    folder = Path(args.folder)
    count = write(folder)
    print(f"{folder}: {count} raw files, simulated by halfcell", file=sys.stderr)
    if args.no_run:
        return 0
    verb = load("verbs", "run")
    parser = argparse.ArgumentParser()
    verb.add_arguments(parser)
    words = ["--study", str(folder)] + (["--json"] if args.json else [])
    status = int(verb.run(parser.parse_args(words)))
    return status or _write_submission(folder, silent=args.json)


def _write_submission(folder: Path, *, silent: bool) -> int:
    """Write the submission of the study that was run, and name its files unless `silent`."""
    from halfcell import report
    from halfcell.study import Study

    paths = report.write(Study.load(folder).document(), folder / "out", ("docx", "pdf", "xlsx"))
    for path in () if silent else paths:
        print(path)
    return 0
