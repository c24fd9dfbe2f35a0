"""The parser of a verb: argparse, with a hint to each mistake."""

from __future__ import annotations

import argparse
import re
from types import MappingProxyType
from typing import Final, NoReturn

from halfcell.core.plugins import did_you_mean

_CHOICE: Final = re.compile(r"invalid choice: '?(.*?)'? \(choose from (.*)\)$")
_OTHER_WORDS: Final = MappingProxyType(  # what people say -> our word, where it is none of the nearest
    {
        "word": "docx",
        "doc": "docx",
        "excel": "xlsx",
        "xls": "xlsx",
        "tex": "latex",
        "figures": "shows",
        "tables": "shows",
    }
    | {"journals": "styles", "formats": "readers", "files": "readers", "options": "settings", "web": "html"}
)


class VerbParser(argparse.ArgumentParser):
    """A parser whose errors end with a hint."""

    def error(self, message: str) -> NoReturn:
        """Print the usage, and the message with what was probably meant; then exit with status 2."""
        hint = self._of_choice(message) or self._of_others(message)
        super().error(f"{message} (hint: {hint})" if hint else message)

    def _of_choice(self, message: str) -> str:
        """The choice that was probably meant."""
        found = _CHOICE.search(message)
        if not found:
            return ""
        word, choices = found[1], re.findall(r"[\w.-]+", found[2])
        parts = [part for part in re.split(r"[,;+]\s*", word) if part]
        if len(parts) > 1 and set(parts) <= set(choices):
            return f"separate them by spaces: {' '.join(parts)}"
        other = _OTHER_WORDS.get(word.lower())
        near = did_you_mean(word, choices)
        return f"did you mean {other!r}?" if other in choices else near if near.startswith("did") else ""

    def _of_others(self, message: str) -> str:
        """What to write for words that no argument takes."""
        if not message.startswith("unrecognized arguments: "):
            return ""
        words = message.removeprefix("unrecognized arguments: ").split(" ")
        options = [name for action in self._actions for name in action.option_strings if name.startswith("--")]
        option = next((word.partition("=")[0] for word in words if word.startswith("-")), "")
        if option:
            near = did_you_mean(option, options)
            return near if near.startswith("did") else f"the options are {', '.join(options)}"
        return "a setting is one word: --set NAME=VALUE" if "--set" in options else ""
