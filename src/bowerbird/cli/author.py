"""Who changes something."""

from __future__ import annotations

import argparse


def author_of(options: argparse.Namespace) -> str:
    """Who does it: as ``--author`` says, else whose process this is."""
    import getpass

    try:
        name: str = options.author if options.author is not None else getpass.getuser()
    except (KeyError, OSError):
        # In a container the process may be of nobody.
        name = "unknown"
    return name
