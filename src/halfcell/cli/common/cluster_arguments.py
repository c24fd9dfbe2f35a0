"""The options of verbs that hand work to a Dask cluster: its scheduler, and a store that its workers share."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from halfcell.study import Cluster


def add_cluster(parser: argparse.ArgumentParser) -> None:
    """Declare ``--scheduler`` and ``--store``."""
    parser.add_argument(
        "--scheduler", default="", metavar="ADDRESS", help="address of a Dask scheduler that distributes the work"
    )
    parser.add_argument(
        "--store",
        default="",
        metavar="URL",
        help="folder or URL (s3://bucket/lab) that the scheduler's workers share, where they do not see this folder",
    )


def cluster_of(args: argparse.Namespace) -> Cluster | None:
    """The cluster that is asked for; None for the processors of this computer.

    Raises
    ------
    InputError
        If a store is given without a scheduler.
    """
    from halfcell.study import Cluster

    if args.store and not args.scheduler:
        hint = "give --scheduler ADDRESS, too; results of runs on this computer are kept in the folder itself"
        raise InputError("a store is only used with the workers of a scheduler", "--store", hint)
    return Cluster(args.scheduler, args.store) if args.scheduler else None
