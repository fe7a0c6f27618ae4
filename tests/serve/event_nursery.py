"""A process that bears services on demand: what they need is imported once, so that each is born in no time.

Asked on stdin by lines of JSON (a shop's folder and where its events lie), it forks a real service, which says its
process and its address once it listens, and serves until it is killed: then ``gone`` is said.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from contextlib import closing
from pathlib import Path

from bowerbird.engine.assemble import open_shop
from bowerbird.engine.models import Models
from bowerbird.serve.app import bind, create_app, run_service
from bowerbird.serve.settings import ServeSettings
from bowerbird.testing.fakes import ColourShapeImageEncoder, HashingTextEncoder
from bowerbird.understand import intent, sentiment
from bowerbird.understand.knowledge import lexicon_table, load_readers


def say(*words: object) -> None:
    # One call for the whole line: a kill leaves all of it or nothing.
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def serve(order: dict[str, str]) -> None:
    models = Models(text=HashingTextEncoder(16), image=ColourShapeImageEncoder(), built_in=False)
    engine = open_shop(Path(order["shop"]), models=models, fit=False, events=order["events"])
    engine.start()
    settings = ServeSettings(port=0)
    with closing(bind(settings)) as listener:
        run_service(create_app(engine, settings, None), listener, lambda address: say("serves", os.getpid(), address))


if __name__ == "__main__":
    # What is read once a process is read before the first is born.
    lexicon_table()
    load_readers().sounds.warm()
    sentiment.load()
    intent.load()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                serve(json.loads(line))
            except BaseException:
                traceback.print_exc()
            os._exit(1)
        os.waitpid(child, 0)
        say("gone")
