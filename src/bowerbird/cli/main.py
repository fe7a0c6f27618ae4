"""The command ``bowerbird``. Each file beside this one is a group of commands.

Exit codes: 0 done, 1 a fault of the machine or of Bowerbird, 2 bad input or usage, 130 stopped by Ctrl-C. An error is
one line on stderr; ``--debug`` shows where it came from. Whatever is heavy is imported by the command that needs it.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

from bowerbird import __version__
from bowerbird.cli import (
    demo_command,
    evaluate_command,
    events_command,
    experiment_command,
    explain_command,
    import_command,
    index_commands,
    key_commands,
    learn_command,
    model_commands,
    rank_command,
    recommend_command,
    rules_command,
    search_command,
    serve_command,
    snapshot_commands,
    understand_command,
)
from bowerbird.domain.errors import BowerbirdError, InputError, NotFoundError

_GROUPS = (
    import_command,
    search_command,
    explain_command,
    understand_command,
    recommend_command,
    rank_command,
    learn_command,
    rules_command,
    experiment_command,
    events_command,
    serve_command,
    evaluate_command,
    index_commands,
    model_commands,
    snapshot_commands,
    key_commands,
    demo_command,
)


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaint is one line."""

    def error(self, message: str) -> NoReturn:
        """Complain and exit with 2."""
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    parser = Parser(
        prog="bowerbird", description="Multimodal search for a shop: a catalogue in, products out, by words and photos."
    )
    parser.add_argument("--version", action="version", version=f"bowerbird {__version__}")
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for group in _GROUPS:
        group.add_to(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    # Parallel over requests, not inside one: the numeric libraries read these when first imported.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    options = build_parser().parse_args([argument for argument in given if argument != "--debug"])
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _fail("stopped", 130, debug)
    except BrokenPipeError:
        # The reader of our output went away, as `| head` does; nothing more can be written there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (InputError, NotFoundError) as error:
        return _fail(str(error), 2, debug)
    except BowerbirdError as error:
        return _fail(str(error), 1, debug)
    except OSError as error:
        return _fail(f"{error.filename or 'the system'}: {error.strerror or error}", 1, debug)
    except Exception as error:  # the last line of defence: a person is told, not shown a traceback
        return _fail(f"a fault: {type(error).__name__}: {error} (--debug shows where)", 1, debug)
    return code


def _fail(message: str, code: int, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    print(f"bowerbird: {message}", file=sys.stderr)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
