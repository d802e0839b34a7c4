"""Widgets that know nothing of applications."""
