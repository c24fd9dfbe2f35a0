"""From the files to a plan: subjects, settings and steps of each item; then the ids of steps and items."""
