"""Print a completion script for your shell (bash, zsh or fish): verbs, options, and what an option can be."""

from __future__ import annotations

import argparse

EXAMPLES = (
    'eval "$(halfcell completion bash)"    # in ~/.bashrc',
    'eval "$(halfcell completion zsh)"     # in ~/.zshrc, below compinit',
    "halfcell completion fish > ~/.config/fish/completions/halfcell.fish",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="the shell that shall complete")


def run(args: argparse.Namespace) -> int:
    """Print the script; status 0."""
    from halfcell.cli.common.completion_scripts import script, verb_words

    print(script(args.shell, verb_words()))
    return 0
