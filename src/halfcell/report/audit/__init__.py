"""The audit of a document as text, CSV, HTML and Word."""
