"""Readers for X-ray diffractometers."""
