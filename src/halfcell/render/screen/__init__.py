"""Draw figures for the screen as the JSON that plotly reads; each file has its counterpart in `render.paper`."""
