"""Draw figures for paper with matplotlib; files of the same name in `render.screen` do the same for the screen."""
