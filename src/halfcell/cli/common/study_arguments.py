"""What the study verbs share: the option that names the study, problems on standard error, progress."""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from halfcell.cli.common.streams import print_json, progress_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from halfcell.core.errors import InputError, StudyError
    from halfcell.study.execute.outcome import ItemDone, Outcome, Progress


_STUDY_HELP = "study folder or its study.toml (default: current directory)"


def add_study(parser: argparse.ArgumentParser) -> None:
    """Declare ``--study`` and ``--json``; `split_words` also takes the study from the first word."""
    parser.add_argument("--study", default="", help=_STUDY_HELP)
    add_json(parser)


def split_words(words: Sequence[str], study: str) -> tuple[str, list[str]]:
    """The study, and the words without it: a first word that is a folder or a TOML file is the study.

    A name in the study that is also a folder (``S1``) is taken as the name if the folder holds no study.
    """
    first = words[0] if words else ""
    if study or not first or ":" in first:
        return study or ".", list(words)
    folder_of_study = os.path.isfile(os.path.join(first, "study.toml"))
    if folder_of_study or (first.endswith(".toml") and os.path.isfile(first)):
        return first, list(words[1:])
    if not os.path.isfile("study.toml"):
        return first, list(words[1:])  # no study here nor there: the error names the word
    return ".", list(words)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Declare ``--json``."""
    text = "print one JSON document on standard output and nothing else"
    parser.add_argument("--json", action="store_true", help=text)


def add_reader(parser: argparse.ArgumentParser) -> None:
    """Declare ``--reader``."""
    text = "reader to use (default: the one that recognises the file)"
    parser.add_argument("--reader", default="", metavar="NAME", help=text)


def tell_problems(problems: Sequence[InputError]) -> None:
    """Print each problem with its place and hint."""
    for problem in problems:
        print(f"error: {problem.what}", file=sys.stderr)
        if problem.where:
            print(f"   at: {problem.where}", file=sys.stderr)
        if problem.hint:
            print(f" hint: {problem.hint}", file=sys.stderr)


def tell_study_error(error: StudyError, *, as_json: bool) -> int:
    """Print what is wrong with a study, also as JSON if that is asked for; returns the exit status 2."""
    if as_json:
        print_json({"problems": problems_json(error.problems)})
    tell_problems(error.problems)
    print(f"halfcell: {error.what}", file=sys.stderr)
    return 2


def problems_json(problems: Sequence[InputError]) -> list[dict[str, str]]:
    """The problems as ``--json`` prints them."""
    return [{"what": p.what, "where": p.where, "hint": p.hint} for p in problems]


@dataclass(frozen=True)
class Reporter:
    """Prints progress to standard error: one line per item, with a bar below it on a terminal."""

    bar: bool

    def clear(self) -> None:
        """Remove the bar."""
        if self.bar:
            print(progress_line(""), end="", file=sys.stderr, flush=True)

    def __call__(self, progress: Progress) -> None:
        """Report progress."""
        if progress.item is not None or progress.done >= progress.total:
            self.clear()
        if progress.item is not None:
            tell_item(progress.item)
        self.show_bar(progress)

    def show_bar(self, progress: Progress) -> None:
        """Show how far a run is, without its items."""
        if self.bar and progress.done < progress.total:
            filled = round(24 * progress.done / progress.total)
            text = f"[{'#' * filled}{'.' * (24 - filled)}] {progress.done}/{progress.total} {', '.join(progress.busy)}"
            print(progress_line(text), end="", file=sys.stderr, flush=True)


def tell_item(item: ItemDone) -> None:
    """One line per item, then why it was made again, each correction and refusal, and one line per kind of doubt."""
    counts = Counter(note.level for _, note in item.notes)
    marks = [
        f"{count} {level}{'s' if count > 1 and level != 'refused' else ''}"
        for level, count in sorted(counts.items())
        if level != "info"
    ]
    marks += [f"{len(item.missing)} missing"] if item.missing else []
    facts = [f"{item.results} result{'s' if item.results != 1 else ''}", *marks] + (
        ["simulated"] if item.simulated else []
    )
    text = f"failed: {item.failure}" if item.state == "failed" else f"{item.state} ({', '.join(facts)})"
    print(f"{item.name:<10} {text}", file=sys.stderr)
    for why, labels in _same(item.missing):
        print(f"    missing: {_listed(labels)}: {why}", file=sys.stderr)
    for reason in item.reasons:
        print(f"    because {reason}", file=sys.stderr)
    if item.state == "made":
        for (level, code, words), who in _gathered(item):
            print(f"    {level}: {who}: {words} [{code}]", file=sys.stderr)


def tell_open_doubts(lines: Sequence[str]) -> None:
    """Print the doubts that the author has not accepted, and how to accept one."""
    for line in lines:
        print(f"open doubt: {line}", file=sys.stderr)
    if lines:
        print('mend these, or accept them in study.toml: [[accept]] code = "..." reason = "..."', file=sys.stderr)


def _gathered(item: ItemDone) -> list[tuple[tuple[str, str, str], str]]:
    """Corrections and refusals of an item, equal ones of several subjects in one line; one line per kind of doubt."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for label, note in item.notes:
        if note.level != "info":
            found.setdefault((note.level, note.code, note.text), []).append(label)
    grave = [(key, _listed(list(dict.fromkeys(labels)))) for key, labels in found.items() if key[0] != "doubt"]
    kinds: dict[str, list[tuple[str, list[str]]]] = {}
    for (level, code, text), labels in found.items():
        if level == "doubt":
            kinds.setdefault(code, []).append((text, labels))
    return grave + [_doubt(code, alike) for code, alike in kinds.items()]


def _doubt(code: str, alike: list[tuple[str, list[str]]]) -> tuple[tuple[str, str, str], str]:
    """Doubts of one kind in one line: the first in full, and which other subjects have one."""
    text, labels = alike[0]
    others = list(dict.fromkeys(label for _, more in alike[1:] for label in more))
    more = f" (and {len(alike) - 1} more of this kind: {_listed(others)})" if others else ""
    return ("doubt", code, text + more), _listed(list(dict.fromkeys(labels)))


def _same(missing: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Reasons, each with the subjects that are missing because of it."""
    found: dict[str, list[str]] = {}
    for label, why in missing:
        found.setdefault(why, []).append(label)
    return list(found.items())


def _listed(labels: list[str]) -> str:
    """A few names, and how many more."""
    return ", ".join(labels) if len(labels) < 5 else f"{', '.join(labels[:3])} and {len(labels) - 3} more"


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """What ``halfcell run --json`` prints."""
    return {
        "items": [
            {
                "id": item.id,
                "kind": item.kind,
                "name": item.name,
                "state": item.state,
                "results": item.results,
                "reasons": list(item.reasons),
                "failure": item.failure or None,
                "missing": [{"of": label, "why": why} for label, why in item.missing],
                "simulated": item.simulated,
                "notes": [{"of": who, "level": n.level, "code": n.code, "text": n.text} for who, n in item.notes],
            }
            for item in outcome.items
        ],
        "computed": outcome.computed,
        "reused": outcome.reused,
        "nothing_changed": outcome.nothing_changed,
        "unmatched": list(outcome.unmatched),
        "open_doubts": list(outcome.open_doubts),
        "remarks": list(outcome.remarks),
        "report": list(outcome.published),
    }
