"""Follow Up Desktop: follow up after job interviews, the right person at the right time, never too often."""

__version__ = "0.1.0"
