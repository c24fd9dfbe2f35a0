"""Techniques that set what was measured beside what a cell card predicts."""
