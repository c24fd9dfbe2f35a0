"""Analyse thousands of raw files into tables that can be queried, and show what stands out."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.cli.common.cluster_arguments import add_cluster, cluster_of
from halfcell.cli.common.given_settings import given_settings
from halfcell.cli.common.streams import has_progress_line, print_json, progress_line
from halfcell.cli.common.study_arguments import add_json

if TYPE_CHECKING:
    from halfcell.campaign.run import CampaignRequest

EXAMPLES = (
    "halfcell campaign /data/cyclers",
    "halfcell campaign cells --technique cycling --set kind=full",
    "halfcell campaign cells --scheduler tcp://127.0.0.1:8786 --store s3://lab/cells",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("folder", help="folder with raw files in it or below it, and cells.csv with masses and kinds")
    parser.add_argument("--out", help="folder of the tables (default: campaign/ in the folder)")
    parser.add_argument("--technique", default="", help="technique of all files (default: by each file's kind of data)")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="setting of the technique (repeatable)"
    )
    parser.add_argument("--workers", type=int, default=0, metavar="N", help="worker processes (default: one per CPU)")
    add_cluster(parser)
    parser.add_argument("--fresh", action="store_true", help="analyse all files again")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Run the campaign; status 0 done, 1 some files could not be analysed, 2 nothing could be run."""
    from halfcell.campaign.page import write_page
    from halfcell.campaign.parts import Tables
    from halfcell.campaign.run import FOLDER, run_campaign

    root = Path(args.folder).resolve()
    out = Path(args.out).resolve() if args.out else root / FOLDER
    shows_line = has_progress_line(sys.stderr) and not args.json
    try:
        outcome = run_campaign(root, out, _request(args, shows_line=shows_line))
    finally:
        if shows_line:
            print(progress_line(""), end="", file=sys.stderr, flush=True)
    page = write_page(Tables(out), root.name)
    if args.json:
        print_json({**dataclasses.asdict(outcome), "page": str(page)})
    else:
        told = ("analysed", "unchanged", "failed", *(name for name in ("gone", "studies") if getattr(outcome, name)))
        print(", ".join(f"{getattr(outcome, name)} {name}" for name in told), file=sys.stderr)
        print(page)
    return 1 if outcome.failed else 0


def _request(args: argparse.Namespace, *, shows_line: bool) -> CampaignRequest:
    """What is asked of the campaign."""
    from halfcell.campaign.run import CampaignRequest

    return CampaignRequest(
        technique=args.technique,
        values=given_settings(args.set),
        workers=args.workers,
        cluster=cluster_of(args),
        fresh=args.fresh,
        on_progress=_tell if shows_line else None,
    )


def _tell(done: int, total: int) -> None:
    print(progress_line(f"{done} of {total} files"), end="", file=sys.stderr, flush=True)
