"""Techniques that set a study's own result among the reported ones."""
