"""Draw figures for paper with matplotlib; each file has its counterpart in `render.screen`."""
