"""Report: HTML, DOCX and PDF of a study."""
