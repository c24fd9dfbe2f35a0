"""Techniques that compare a result of the study with reported ones."""
