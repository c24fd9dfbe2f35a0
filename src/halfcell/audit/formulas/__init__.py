"""Formulas that a document prints in its captions, notes and paragraphs, as trees of names and numbers."""
