"""Write docs/reference from the docstrings and the vocabulary: ``python docs/make_reference.py``.

A test compares the pages with what this script writes, so anything that is missing or out of date fails the build.
"""

from __future__ import annotations

import argparse
import dataclasses
import inspect
import re
import sys
from pathlib import Path

from halfcell.core import errors
from halfcell.core.plugins import load, plugins
from halfcell.core.vocabulary import vocabulary
from halfcell.techniques.load import load_technique

FOLDER = Path(__file__).resolve().parent / "reference"


def pages() -> dict[str, str]:
    """All pages: name -> text."""
    return {
        "verbs.md": verbs(),
        "readers.md": readers(),
        "techniques.md": techniques(),
        "rules.md": rules(),
        "notes.md": notes(),
        "errors.md": error_tree(),
    }


def verbs() -> str:
    """Each verb with its arguments."""
    parts = [
        "# Verbs",
        "Exit status: 0 if all is well, 1 if items or checks failed, 2 for wrong usage or unreadable input.",
    ]
    for name, plugin in plugins("verbs").items():
        parser = argparse.ArgumentParser(prog=f"halfcell {name}", add_help=False)
        load("verbs", name).add_arguments(parser)
        lines = [f"- `{_spelled(action)}`: {_help(action)}" for action in parser._actions]
        parts.append(f"## halfcell {name}\n\n{plugin.summary}\n\n" + "\n".join(lines))
    return _page(parts)


def _spelled(action: argparse.Action) -> str:
    shown = ", ".join(action.option_strings) or str(action.metavar or action.dest)
    takes = action.option_strings and action.nargs != 0
    return f"{shown} {action.metavar or action.dest.upper()}" if takes else shown


def _help(action: argparse.Action) -> str:
    choices = f" (one of {', '.join(map(str, action.choices))})" if action.choices else ""
    return f"{action.help or ''}{choices}"


def readers() -> str:
    """Each reader with its suffixes and docstring."""
    parts = ["# Readers", "Of the readers for its suffix, a file is read by the only one that recognises its content."]
    for name in plugins("readers"):
        reader = load("readers", name)
        suffixes = ", ".join(f"`{s}`" for s in reader.SUFFIXES) or "any"
        writes = "\n\nhalfcell can also write this format." if hasattr(reader, "write") else ""
        parts.append(f"## {name}\n\nSuffixes: {suffixes}\n\n{inspect.getdoc(reader) or ''}{writes}")
    return _page(parts)


def techniques() -> str:
    """Each technique: docstring, settings with defaults, quantities, figures and tables."""
    parts = ["# Techniques", "Give settings in `study.toml`, or on the command line as `--set name=value`."]
    for name in plugins("techniques"):
        technique = load_technique(name)
        parts.append(f"## {name}\n\n{inspect.getdoc(load('techniques', name)) or ''}")
        parts.append(f"Reads: {', '.join(technique.reads)}. Recipe version {technique.version}.")
        parts.append("### Settings\n\n" + _settings(technique.settings))
        parts.append("### Quantities\n\n" + _words("quantity", name))
        parts.append("### Rows\n\n" + _words("row", name))
        shows = [f"- figure `{show}`: {_first(f)}" for show, f in technique.figures.items()]
        shows += [f"- table `{show}`: {_first(f)}" for show, f in technique.tables.items()]
        parts.append("### Figures and tables\n\n" + "\n".join(shows))
    return _page(parts)


def _settings(kind: type) -> str:
    made = kind()  # every setting has a default, some by a factory
    lines = [f"- `{f.name}` = `{getattr(made, f.name)!r}`" for f in dataclasses.fields(kind)]
    documents = [inspect.cleandoc(one.__doc__ or "") for one in kind.__mro__]
    own, *inherited = documents
    shared = [text for text in inherited if "Parameters\n---" in text]
    return "\n\n".join(["\n".join(lines), own, *shared])


def _words(part: str, section: str) -> str:
    words = vocabulary().get(part, {}).get(section, {})
    lines = [f"- `{key}` ({w.get('unit') or 'no unit'}): {w['label']}. {w['meaning']}" for key, w in words.items()]
    return "\n".join(lines) or "None."


def _first(function: object) -> str:
    return (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")


def rules() -> str:
    """Each audit rule with its docstring."""
    parts = ["# Audit rules", "Each rule recomputes one kind of claim. A finding is a question, not an accusation."]
    parts += [f"## {name}\n\n{inspect.getdoc(load('rules', name)) or ''}" for name in plugins("rules")]
    return _page(parts)


def notes() -> str:
    """Each note code and its meaning."""
    parts = ["# Notes", "Notes stay with the numbers. Their levels are info, correction, doubt and refused."]
    for section, codes in sorted(vocabulary()["note"].items()):
        parts.append(f"## {section}\n\n" + "\n".join(f"- `{code}`: {text}" for code, text in codes.items()))
    return _page(parts)


def error_tree() -> str:
    """The error tree, from its module."""
    return _page(["# Errors", inspect.getdoc(errors) or ""])


def _page(parts: list[str]) -> str:
    text = "\n\n".join(part.strip() for part in parts if part.strip())
    return re.sub(r"[ \t]+\n", "\n", text) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for page, text in pages().items():
        (FOLDER / page).write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(pages())} pages in {FOLDER.name}\n")
