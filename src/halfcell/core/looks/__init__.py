"""How a figure looks, as its author wants it: records (`records`), the grammar that reads them, and their combination.

`study.toml`, Python and the app write the same keys: ``{"axes": {"x": {"limits": [0, 2200]}}, "colours": "viridis"}``.
"""
