"""Trace a printed number back to its source files: inputs, settings, formula, file hashes, program version."""

from __future__ import annotations

import argparse

from halfcell.cli.common.streams import print_json
from halfcell.cli.common.study_arguments import add_study, split_words
from halfcell.core.errors import InputError

EXAMPLES = (
    "halfcell why S1:Si/Sn-10:ICE",
    "halfcell why 'Table S1' Si/Sn-10 ICE",
    "halfcell why my-study S1",
    "halfcell why my-study S1:Si/Sn-10:ICE --all",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    words = (
        "study folder (default: here), then e.g. S1:Si/Sn-10:ICE, or as three words: 'Table S1' Si/Sn-10 ICE; "
        "an item alone (S1) lists its numbers"
    )
    parser.add_argument("number", nargs="+", metavar="NUMBER", help=words)
    parser.add_argument("--all", action="store_true", help="show settings left at their defaults, too")
    add_study(parser)


def run(args: argparse.Namespace) -> int:
    """Print the number's origin, or the numbers of an item."""
    from halfcell.study import Study
    from halfcell.study.items.why import list_numbers

    folder, words = split_words(args.number, args.study)
    study = Study.load(folder)
    if not words:
        raise InputError("which number?", hint="halfcell why my-study S1:Si/Sn-10:ICE")
    listed = list_numbers(study.path.resolve().parent, " ".join(words)) if ":" not in words[0] else ()
    if listed:
        print_json({"numbers": list(listed)}) if args.json else print("\n".join(listed))
        return 0
    number = study.why(words)
    if args.json:
        print_json(number.as_json())
    else:
        print(number.text(all_settings=args.all))
    return 0
