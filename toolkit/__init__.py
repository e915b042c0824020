"""The statistics form of government information disclosure, from template to annual report."""

__version__ = "0.1.0"
