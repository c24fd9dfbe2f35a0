"""Settings of Sphinx: ``sphinx-build -W -b html docs OUTPUT``. Nothing is fetched from the network."""

from __future__ import annotations

import sys
from pathlib import Path

from pygments.lexers.special import TextLexer
from sphinx.highlighting import lexers

import halfcell

sys.path.insert(0, str(Path(__file__).resolve().parent / "_ext"))

lexers["csv"] = TextLexer()

project = "halfcell"
author = "The halfcell developers"
version = release = halfcell.__version__
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_design",
    "sphinx_copybutton",
    "mathml",
    "root_pages",
]
exclude_patterns = ["_build", "_ext"]
nitpicky = False  # docstrings name types of numpy and polars, whose pages are not fetched

myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
myst_links_external_new_tab = False

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_google_docstring = False

html_theme = "furo"
html_title = f"halfcell {release}"
html_math_renderer = "mathml"
html_static_path = ["_static"]
html_css_files = ["halfcell.css"]
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_theme_options = {"navigation_with_keys": True}
copybutton_prompt_text = r"\$ |> "
copybutton_prompt_is_regexp = True
