"""Readers for nanoindenters."""
