"""Literature: reported results as data, and their comparison with a result."""
