"""Render: matplotlib for print, plotly for the screen; the only room that draws."""
