"""The report as PDF, typeset by typst."""
