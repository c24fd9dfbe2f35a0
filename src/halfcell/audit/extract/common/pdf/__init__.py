"""The tables of a PDF: lines of text, ruled and unruled tables, tables that continue on the next page."""
