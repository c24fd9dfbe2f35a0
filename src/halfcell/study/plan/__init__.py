"""From the files to a plan: subjects, settings and steps of each item, each step with its identity."""
