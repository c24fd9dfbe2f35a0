"""What the reference pages are made of, one module per kind of page."""
