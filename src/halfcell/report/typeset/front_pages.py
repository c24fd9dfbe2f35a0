"""The pages before and after the items: title, authors, contents, methods, references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from halfcell.core import markup
from halfcell.report import wording
from halfcell.report.typeset.content import rich, string, words

if TYPE_CHECKING:
    from halfcell.report.document_view import View


_ENTRY_LETTERS: Final = 95  # in a line of the contents, at least
_ENTRY_LINES: Final = 40  # of contents that fit below the title


def first_page(shown: View) -> str:
    """Title, authors, what is to be said first, and the contents."""
    parts = [
        f"#text(size: 9 * pt, fill: luma(90), tracking: 0.08em)[#upper({string(wording.KIND)})]",
        f"#block(above: 0.6em, text(size: 20 * pt, weight: 700, {rich(shown.title)}))",
    ]
    if shown.subtitle:
        parts.append(f"#text(size: 12 * pt, fill: luma(70), {rich(shown.subtitle)})")
    if shown.authors:
        parts.append(f"#block(above: 1em, text(size: 11 * pt, {rich(shown.authors)}))")
    parts += [f"#block(above: 0.5em, text(size: 9.5 * pt, {rich(line)}))" for line in shown.affiliations]
    parts += _boxes(shown)
    return "\n".join([*parts, *_contents(shown), _after_contents(shown)])


def _after_contents(shown: View) -> str:
    """A new page, unless the contents are longer than the first one: no page is nearly empty.

    The typesetter is not asked: a page break that depends on the number of the page spoils the numbers of all pages.
    """
    lines = sum(1 + len(markup.plain(item.entry)) // _ENTRY_LETTERS for item in shown.items)
    return "#pagebreak()" if lines <= _ENTRY_LINES else "#v(1.6em)"


def _boxes(shown: View) -> list[str]:
    """That data were simulated, that items failed, that subjects are missing."""
    parts = []
    if shown.document.simulated:
        said = f"[#strong({string(wording.SIMULATED)}) {words(wording.SIMULATED_TEXT)}]"
        parts.append(box("#fff6e0", "#e2b64a", said))
    if shown.failed:
        names = ", ".join(item.name for item in shown.failed)
        parts.append(box("#fdeee8", "#e0a08a", f"[{words(f'Items that could not be made: {names}.')}]"))
    if shown.incomplete:
        parts.append(box("#fdeee8", "#e0a08a", rich(f"*{{{wording.MISSING}}} {shown.missing}")))
    return parts


def _contents(shown: View) -> list[str]:
    """The contents, each entry with its page."""
    parts = [f"#block(above: 1.6em, below: 0.8em, text(size: 13 * pt, weight: 700, {string(wording.CONTENTS)}))"]
    size = "9.5 * pt" if len(shown.items) < 30 else "8.4 * pt"
    if shown.methods:
        parts.append(f'#entry(<methods>, "", {string(wording.METHODS)}, {size})')
    parts += [f"#entry(<{item.anchor}>, {string(item.name)}, {rich(item.entry)}, {size})" for item in shown.items]
    if shown.references:
        parts.append(f'#entry(<references>, "", {string(wording.REFERENCES)}, {size})')
    return parts


def methods(shown: View) -> str:
    """The methods, one paragraph per technique."""
    if not shown.methods:
        return ""
    parts = [f"= #{string(wording.METHODS)} <methods>"]
    parts += [f"#par[*#{string(one.title)}.* #{rich(one.text)}]" for one in shown.methods]
    return "\n\n".join(parts)


def references(shown: View) -> str:
    """The reference list."""
    if not shown.references:
        return ""
    lines = [f"#block(above: 0.6em, below: 0em, par(hanging-indent: 1.6em, {rich(one)}))" for one in shown.references]
    return "\n".join((f"= #{string(wording.REFERENCES)} <references>", *lines))


def box(fill: str, stroke: str, body: str) -> str:
    """A coloured box with a thin frame around content."""
    look = f'fill: rgb("{fill}"), stroke: 0.6pt + rgb("{stroke}"), inset: 8pt, radius: 3pt, width: 100%'
    return f"#block(above: 1em, {look}, {body})"
