"""The page of audit rules: what each claims, by which formula, where it does not apply."""

from __future__ import annotations

import inspect
import re

from _make.markdown import MADE, capital, page, prose
from halfcell.audit.rule_texts import JOINT, rule_text
from halfcell.core.plugins import load, plugins

INTRO = """Each rule recomputes one kind of claim: numbers that are printed together have to fit together. Every
printed number stands for the interval that rounds to it (92.5 for 92.45 to 92.55), and a claim fails only if no
values within the intervals fulfil it. A finding is a question, not an accusation. [Audit a
document](../how-to/audit-a-document.md) shows how to use them, [what the audit reads](audit-words.md) which columns
they understand. `halfcell audit paper.docx --rule NAME` runs one alone."""


def rules() -> str:
    """The page."""
    parts = [MADE, "# Audit rules", INTRO]
    for name in plugins("rules"):
        text = rule_text(name)
        rest = (inspect.getdoc(load("rules", name)) or "").partition("\n\n")[2]
        if text:
            parts.append(_rule(name, text.claim, text.formula, text.limits, prose(rest)))
    return page([*parts, _rule("joint", *JOINT, "")])


def _rule(name: str, claim: str, formula: str, limits: str, rest: str) -> str:
    lines = [f"## {name}", capital(claim), f"- **Formula**: {_plain(formula)}", f"- **Limits**: {_plain(limits)}"]
    return "\n\n".join([lines[0], lines[1], "\n".join(lines[2:]), rest]).strip()


def _plain(text: str) -> str:
    """A formula as text: no character of it is markup."""
    return re.sub(r"([*_$<>\[\]])", r"\\\1", text)
