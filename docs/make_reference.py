"""Write docs/reference and the gallery from the code: ``python docs/make_reference.py``.

A test compares the pages with what this script writes, so anything that is missing or out of date fails the build.
"""

from __future__ import annotations

import argparse
import inspect
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from _make import audit_words, formats, notebook, phases, pictures, rules, study_keys, subject_columns, techniques
from _make.markdown import MADE, page

from halfcell.core import errors
from halfcell.core.plugins import load, plugins
from halfcell.core.vocabulary import vocabulary

NOTES = """Notes stay with the numbers. Their levels are info, correction, doubt and refused
([doubt and refusal](../explanation/doubt-and-refusal.md))."""
FOLDER = Path(__file__).resolve().parent / "reference"


def pages() -> dict[str, str]:
    """All pages: path in docs/reference -> text."""
    return {
        "verbs.md": verbs(),
        "formats.md": formats.formats(),
        **techniques.pages(),
        "rules.md": rules.rules(),
        "audit-words.md": audit_words.audit_words(),
        "study-toml.md": study_keys.study_keys(),
        "columns.md": subject_columns.columns(),
        "phases.md": phases.phases(),
        "notes.md": notes(),
        "errors.md": error_tree(),
        "../gallery.md": pictures.gallery(),
        "../tutorials/first-notebook.ipynb": notebook.notebook(),
    }


def verbs() -> str:
    """Each verb with its arguments and examples."""
    parts = [
        MADE,
        "# Verbs",
        "Exit status: 0 if all is well, 1 if items or checks failed, 2 for wrong usage or unreadable input.",
    ]
    for name, plugin in plugins("verbs").items():
        parser = argparse.ArgumentParser(prog=f"halfcell {name}", add_help=False)
        verb = load("verbs", name)
        verb.add_arguments(parser)
        lines = [f"- `{_spelled(action)}`: {_help(action)}" for action in parser._actions]
        parts.append(f"## halfcell {name}\n\n{plugin.summary}\n\n" + "\n".join(lines))
        if examples := getattr(verb, "EXAMPLES", ()):
            parts.append("\n".join(["```text", *examples, "```"]))
    return page(parts)


def _spelled(action: argparse.Action) -> str:
    shown = ", ".join(action.option_strings) or str(action.metavar or action.dest)
    takes = action.option_strings and action.nargs != 0
    return f"{shown} {action.metavar or action.dest.upper()}" if takes else shown


def _help(action: argparse.Action) -> str:
    choices = f" (one of {', '.join(map(str, action.choices))})" if action.choices else ""
    return f"{action.help or ''}{choices}"


def notes() -> str:
    """Each note code and its meaning."""
    parts = [
        MADE,
        "# Notes",
        NOTES,
    ]
    for section, codes in sorted(vocabulary()["note"].items()):
        parts.append(f"## {section}\n\n" + "\n".join(f"- `{code}`: {text}" for code, text in codes.items()))
    return page(parts)


def error_tree() -> str:
    """The error tree, from its module."""
    said = "What Python code may catch. [Messages and what to do](messages.md) is about the command line."
    return page([MADE, "# Errors", said, inspect.getdoc(errors) or ""])


if __name__ == "__main__":
    made = pages()
    for name, text in made.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(made)} pages in {FOLDER.name}\n")
