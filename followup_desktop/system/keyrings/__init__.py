"""The keyrings of the platforms, behind the port ``Secrets``."""
