"""Raising a window on behalf of a click elsewhere: the token that proves there was one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager

_VARIABLES = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""Where Qt looks for it when it asks for activation: on Wayland the first, on X11 the second."""


def token_given(environment: Mapping[str, str]) -> str:
    """The token with which this program was started, by a launcher say; empty without one."""
    return next((token for name in _VARIABLES if (token := environment.get(name))), "")


@contextmanager
def activating(token: str, environment: MutableMapping[str, str] | None = None) -> Iterator[None]:
    """Let a window that is raised meanwhile use the token; afterwards it is gone, for it is good for once.

    One with what can't be printed is none.
    """
    token = token if token.isprintable() else ""
    variables = os.environ if environment is None else environment
    if token:
        variables.update(dict.fromkeys(_VARIABLES, token))
    try:
        yield
    finally:
        if token:
            for name in _VARIABLES:
                variables.pop(name, None)
