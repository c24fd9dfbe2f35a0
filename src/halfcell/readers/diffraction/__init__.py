"""X-ray diffractometers."""
