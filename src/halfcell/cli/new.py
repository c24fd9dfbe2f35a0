"""Draft a study from a folder of raw files: recognise formats, write study.toml and tables, list unmatched files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.cli.common.streams import has_progress_line, print_json, progress_line
from halfcell.cli.common.study_arguments import add_json

if TYPE_CHECKING:
    from halfcell.study.draft.drafted_study import Draft

EXAMPLES = (
    "halfcell new my-study --from ~/data/batch7",
    "halfcell new my-study --from ~/data/batch7 --copy",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", help="new folder for the study")
    parser.add_argument("--from", dest="raw", required=True, metavar="RAW", help="folder with the raw files")
    parser.add_argument(
        "--copy", action="store_true", help="copy the raw files into the study (default: leave them where they are)"
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Draft the study; status 0 if every file was matched (notes, pictures and copies apart), else 1."""
    from halfcell.study.draft.draft_study import draft_study

    tell = _bar if has_progress_line(sys.stderr) and not args.json else None
    made = draft_study(Path(args.folder), Path(args.raw), copy=args.copy, tell=tell)
    if args.json:
        print_json(_json(made))
    else:
        _show(made, args.folder)
    return 0 if made.complete else 1


def _bar(done: int, total: int) -> None:
    print(progress_line(f"{done}/{total} files" if done < total else ""), end="", file=sys.stderr, flush=True)


def _json(made: Draft) -> dict[str, object]:
    groups = [
        {"technique": g.technique, "pattern": g.pattern, "subject": g.subject, "names": g.names, "files": g.paths}
        for g in made.groups
    ]
    left = [{"path": path, "why": why} for path, why in made.left]
    doubts = [{"path": path, "why": why} for path, why in made.doubts]
    references = [{"technique": one.technique, "setting": one.setting, "path": one.path} for one in made.references]
    return {"groups": groups, "left": left, "references": references, "doubts": doubts, "written": made.written}


def _show(made: Draft, folder: str) -> None:
    from halfcell.study.draft.study_texts import written_name

    for group in made.groups:
        count = len(group.paths)
        print(f"{written_name(group.technique):<16} {count} file{'s' if count > 1 else ''}  {group.pattern}")
    for one in made.references:
        print(f"{written_name(one.technique):<16} {one.setting}: {one.path} (by its name; uncomment it in study.toml)")
    for path, why in made.doubts:
        print(f"doubt: {path}: {why}", file=sys.stderr)
    for path, why in made.left:
        print(f"unmatched file: {path}: {why}", file=sys.stderr)
    print(f"written: {', '.join(made.written)} in {folder}", file=sys.stderr)
    print("next: fill in kind and masses in cells.csv, then run: halfcell check, halfcell run", file=sys.stderr)
