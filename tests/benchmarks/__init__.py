"""Measurements in the Python that the program makes for itself."""

import tests.as_it_runs  # noqa: F401 - before anything of the program
