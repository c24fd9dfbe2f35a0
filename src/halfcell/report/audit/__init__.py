"""The audit of a document as text, JSON, CSV, HTML and Word."""
