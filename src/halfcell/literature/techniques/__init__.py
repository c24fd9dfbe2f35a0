"""Techniques that place a study's own result among the reported ones."""
