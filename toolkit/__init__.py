"""Statistics form of government information disclosure: template, return, check, summary, report."""

__version__ = "0.1.0"
