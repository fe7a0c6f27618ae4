"""Serves an invented shop, its query words encoded by the built-in model: ``serve_invented.py FOLDER PORT``."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from shops import GivenTexts, open_invented

from bowerbird.encode.models import open_text_encoder
from bowerbird.serve.app import bind, create_app, run_service
from bowerbird.serve.settings import ServeSettings


class Encoded(GivenTexts):
    """The built-in encoder for queries, under the name that the invented vectors are kept by."""

    def __init__(self) -> None:
        super().__init__()
        self.encode_query = open_text_encoder().encode_query  # type: ignore[method-assign]


def main() -> None:
    """Serve until stopped."""
    engine = open_invented(Path(sys.argv[1]), text=Encoded())
    settings = ServeSettings(port=int(sys.argv[2]))
    engine.start()
    with closing(bind(settings)) as listener:
        run_service(create_app(engine, settings, None), listener, lambda address: None)


if __name__ == "__main__":
    main()
