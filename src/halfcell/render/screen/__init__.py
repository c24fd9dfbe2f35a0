"""Draw figures for the screen as plotly's JSON; files of the same name in `render.paper` do the same for paper."""
