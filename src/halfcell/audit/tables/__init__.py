"""Layout of printed tables: from a grid of cells to lines, each with its own heads, whatever way the table lies."""
