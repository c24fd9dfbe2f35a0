"""Completion scripts for shells, made from the arguments that the verbs declare."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from halfcell.core.plugins import load, plugins, working


@dataclass(frozen=True, kw_only=True)
class OptionWords:
    """An option: how it is written, its help, the words that may follow it, and whether anything follows."""

    names: tuple[str, ...]
    help: str
    choices: tuple[str, ...] = ()
    takes_value: bool = False


@dataclass(frozen=True, kw_only=True)
class VerbWords:
    """A verb: its name, its summary, its options and the words that its arguments may be."""

    name: str
    summary: str
    options: tuple[OptionWords, ...]
    choices: tuple[str, ...] = ()


def verb_words() -> tuple[VerbWords, ...]:
    """All verbs that work, those of other packages included, with what may be written after them."""
    names = [name for name, _ in working("verbs")]
    return tuple(_verb(name, plugins("verbs")[name].summary) for name in names)


def _verb(name: str, summary: str) -> VerbWords:
    parser = argparse.ArgumentParser(prog=name)
    load("verbs", name).add_arguments(parser)
    actions = parser._actions
    options = [action for action in actions if action.option_strings]
    choices = [str(choice) for action in actions if not action.option_strings for choice in action.choices or ()]
    return VerbWords(
        name=name,
        summary=_one_line(summary),
        options=tuple(
            OptionWords(
                names=tuple(action.option_strings),
                help=_one_line(action.help or ""),
                choices=tuple(map(str, action.choices or ())),
                takes_value=action.nargs != 0,
            )
            for action in options
        ),
        choices=tuple(choices),
    )


def _one_line(text: str) -> str:
    """A help text without what has a meaning in a shell."""
    words = " ".join(text.replace("%%", "%").split())
    plain = {"[": "(", "]": ")", ":": ",", "'": "’"}
    return "".join(plain.get(letter, letter) for letter in words if letter not in '"`$\\')


def script(shell: str, verbs: Sequence[VerbWords]) -> str:
    """The script of a shell, ``bash``, ``zsh`` or ``fish``; anything but an option is completed as a file."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](verbs)


def _bash(verbs: Sequence[VerbWords]) -> str:
    cases = "\n".join(
        f"    {verb.name}) options='{_joined(_names(verb))}'; words='{_joined(verb.choices)}' ;;" for verb in verbs
    )
    values = "\n".join(
        f"    {verb.name}:{name}) COMPREPLY=($(compgen -W '{_joined(option.choices)}' -- \"$word\")); return ;;"
        for verb in verbs
        for option in verb.options
        if option.choices
        for name in option.names
    )
    return f"""# halfcell completion for bash
_halfcell() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" verb="${{COMP_WORDS[1]}}"
  local options='' words=''
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '{_joined(verb.name for verb in verbs)} --help --version' -- "$word")); return
  fi
  case "$verb:$before" in
{values}
  esac
  case "$verb" in
{cases}
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$word") $(compgen -f -- "$word")) ;;
  esac
}}
complete -o filenames -F _halfcell halfcell"""


def _zsh(verbs: Sequence[VerbWords]) -> str:
    listed = "\n".join(f"    '{verb.name}:{verb.summary}'" for verb in verbs)
    cases = "\n".join(_zsh_case(verb) for verb in verbs)
    return f"""#compdef halfcell
# halfcell completion for zsh
_halfcell() {{
  local -a verbs
  verbs=(
{listed}
  )
  if (( CURRENT == 2 )); then
    _describe verb verbs
    return
  fi
  local verb="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$verb" in
{cases}
    *) _files ;;
  esac
}}
compdef _halfcell halfcell"""


def _zsh_case(verb: VerbWords) -> str:
    """What zsh completes after a verb."""
    lines = [f"    {verb.name})", "      _arguments \\"]
    lines += [f"        '{_zsh_option(name, option)}' \\" for option in verb.options for name in option.names]
    return "\n".join([*lines, f"        '*: :{_zsh_words(verb.choices)}'", "      ;;"])


def _zsh_option(name: str, option: OptionWords) -> str:
    value = f":value:{_zsh_words(option.choices)}" if option.takes_value else ""
    return f"{name}[{option.help}]{value}"


def _zsh_words(choices: Sequence[str]) -> str:
    return f"({_joined(choices)})" if choices else "_files"


def _fish(verbs: Sequence[VerbWords]) -> str:
    lines = ["# halfcell completion for fish"]
    for verb in verbs:
        lines.append(f"complete -c halfcell -n __fish_use_subcommand -f -a {verb.name} -d '{verb.summary}'")
        here = f"complete -c halfcell -n '__fish_seen_subcommand_from {verb.name}'"
        lines += [f"{here} -f -a '{_joined(verb.choices)}'"] if verb.choices else []
        for option in verb.options:
            names = " ".join(f"-l {n[2:]}" if n.startswith("--") else f"-s {n[1:]}" for n in option.names)
            value = f" -x -a '{_joined(option.choices)}'" if option.choices else " -r" if option.takes_value else ""
            lines.append(f"{here} {names}{value} -d '{option.help}'")
    return "\n".join(lines)


def _names(verb: VerbWords) -> list[str]:
    return [name for option in verb.options for name in option.names]


def _joined(words: Iterable[str]) -> str:
    return " ".join(words)
