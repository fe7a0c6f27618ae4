"""Print the first port from the given one on that nothing listens at on 127.0.0.1."""

from __future__ import annotations

import socket
import sys


def first_free_port(wanted: int, tries: int = 100) -> int:
    """The first free port at or above ``wanted``, or one that the system picks."""
    for port in [*range(wanted, min(wanted + tries, 65_536)), 0]:
        with socket.socket() as probe:
            # As the server will: a port that lingers after its last server closed counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    return wanted


if __name__ == "__main__":
    sys.stdout.write(f"{first_free_port(int(sys.argv[1]))}\n")
