"""Formulas as MathML, which browsers draw without a script or a font from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils.utils.math import latex2mathml

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


def _tree(text: str, *, block: bool) -> str:
    return latex2mathml.tex2mathml(text, as_block=block)


def visit_inline(translator: HTML5Translator, node: nodes.math) -> None:
    """A formula within a line."""
    from docutils.nodes import SkipNode

    translator.body.append(_tree(node.astext(), block=False))
    raise SkipNode


def visit_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """A formula on a line of its own."""
    from docutils.nodes import SkipNode

    translator.body.append(f'<div class="formula">{_tree(node.astext(), block=True)}</div>')
    raise SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the renderer."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
