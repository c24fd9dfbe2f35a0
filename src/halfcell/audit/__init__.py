"""Audit: recompute the tables of a document and say what does not hold."""
