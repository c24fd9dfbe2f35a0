"""Line numbers in a TOML text: the line of each key, table and array element (tomllib does not give them)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

KeyPath = tuple[str | int, ...]  # keys and indices: ("figure", 0, "panels", 1, "show")

_TOKEN = re.compile(
    r'(?P<string>"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<comment>#[^\n]*)|(?P<end>\n)|(?P<sign>[\[\]{}=,.])|(?P<bare>[^\s\[\]{}=,#\"'.]+)",
    re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


@dataclass(frozen=True)
class Lines:
    """The lines of one TOML file, by key path; `name` is the name of the file."""

    name: str
    found: dict[KeyPath, int]

    def place(self, path: KeyPath) -> str:
        """``study.toml:12``: the line of a path, or of the nearest key above it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.found:
                return f"{self.name}:{self.found[path[:length]]}"
        return self.name


def lines_of(text: str, name: str) -> Lines:
    """Find the line of every key path in a (valid) TOML text.

    Tables of an array and elements of an array carry their index: ``("figure", 0, "panels", 1, "show")``.
    """
    tokens, found = _tokens(text), dict[KeyPath, int]()
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "end":
            at += 1
        elif token.text == "[":
            table, at = _header(tokens, at, counts)
            found.setdefault(table, token.line)
        else:
            at = _pair(tokens, at, table, found)
    return Lines(name, found)


def _tokens(text: str) -> list[_Token]:
    """Split the text into strings, signs, bare words and line ends."""
    tokens, line, counted = [], 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        if match.lastgroup and match.lastgroup != "comment":
            tokens.append(_Token(match.lastgroup, match.group(), line))
    return [*tokens, _Token("end", "\n", line)]


def _key(tokens: list[_Token], at: int, stop: str) -> tuple[KeyPath, int]:
    """Read a dotted key up to `stop`."""
    parts: list[str] = []
    while at < len(tokens) and tokens[at].text != stop and tokens[at].kind != "end":
        token = tokens[at]
        if token.kind in {"string", "bare"}:
            parts.append(token.text.strip("\"'") if token.kind == "string" else token.text)
        at += 1
    return tuple(parts), at + 1


def _header(tokens: list[_Token], at: int, counts: dict[KeyPath, int]) -> tuple[KeyPath, int]:
    """Read ``[table]`` or ``[[array of tables]]``; parts that are arrays get the index of their last table."""
    double = tokens[at + 1].text == "["
    key, at = _key(tokens, at + (2 if double else 1), "]")
    path: KeyPath = ()
    for number, part in enumerate(key, start=1):
        path = (*path, part)
        if number == len(key) and double:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path, at + (1 if double else 0)


def _pair(tokens: list[_Token], at: int, table: KeyPath, found: dict[KeyPath, int]) -> int:
    """Read ``key = value``."""
    line = tokens[at].line
    key, at = _key(tokens, at, "=")
    for length in range(1, len(key) + 1):
        found.setdefault(table + key[:length], line)
    return _value(tokens, at, table + key, found)


def _value(tokens: list[_Token], at: int, path: KeyPath, found: dict[KeyPath, int]) -> int:
    """Skip a value, noting the lines of what arrays and inline tables contain."""
    if at >= len(tokens):
        return at
    if tokens[at].text == "[" and tokens[at].kind == "sign":
        return _array(tokens, at + 1, path, found)
    if tokens[at].text == "{":
        return _inline(tokens, at + 1, path, found)
    while tokens[at].kind != "end" and tokens[at].text not in {",", "]", "}"}:
        at += 1
    return at


def _array(tokens: list[_Token], at: int, path: KeyPath, found: dict[KeyPath, int]) -> int:
    index = 0
    while at < len(tokens) and tokens[at].text != "]":
        if tokens[at].kind == "end" or tokens[at].text == ",":
            at += 1
            continue
        found.setdefault((*path, index), tokens[at].line)
        at = _value(tokens, at, (*path, index), found)
        index += 1
    return at + 1


def _inline(tokens: list[_Token], at: int, path: KeyPath, found: dict[KeyPath, int]) -> int:
    while at < len(tokens) and tokens[at].text != "}":
        if tokens[at].kind == "end" or tokens[at].text == ",":
            at += 1
            continue
        at = _pair(tokens, at, path, found)
    return at + 1
