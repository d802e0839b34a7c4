"""The People view: everybody across all applications."""
