"""A process that bears workers on demand: what they need is imported once, so that each is born in no time.

Asked on stdin by lines of JSON, it forks a worker, which works with a shop until it is killed and says so after each
call returned. ``born PID`` and ``gone`` stand around what a worker says.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from engine_world import open_fake_shop

from bowerbird.domain.product import Product
from bowerbird.engine import keep_up, live
from bowerbird.engine.engine import Engine
from bowerbird.index.build import IndexSettings
from bowerbird.understand import intent, sentiment
from bowerbird.understand.knowledge import lexicon_table, load_readers

LANES, STEPS = 3, 7
IMPORTED = 150


def step(life: int, lane: int, number: int) -> tuple[str, str | None]:
    """The write that a lane does as its ``number``-th: a product's id, and its new title or None to delete it."""
    return f"p{lane}-{number % STEPS}", None if number % 5 == 0 else f"Lamp life{life} number{number}"


def say(*words: object) -> None:
    # One call for the whole line: a kill leaves all of it or nothing.
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def write(engine: Engine, life: int, lane: int) -> None:
    number = 0
    while True:
        number += 1
        product_id, title = step(life, lane, number)
        if title is None:
            engine.delete([product_id])
        else:
            engine.put([Product(product_id, title)])
        say("done", lane)


def take_in(engine: Engine, life: int, folder: Path) -> None:
    number = 0
    while True:
        number += 1
        source = folder / f"source-{os.getpid()}.jsonl"
        lines = (json.dumps({"id": f"i{at}", "title": f"Shade {life}.{number}"}) for at in range(IMPORTED))
        source.write_text("\n".join(lines))
        engine.import_catalogue(source)
        say("imported", f"{life}.{number}")


def rebuild(engine: Engine) -> None:
    while True:
        engine.build(force=True)
        say("built")


def work(shop: str, kind: str, life: int, scratch: str) -> None:
    # Everything that is done now and then is done all the time.
    keep_up.CHECKPOINT_AFTER, keep_up.IDLE_SECONDS = 20, 0.05
    live.EmbeddedIndex = partial(live.EmbeddedIndex, settings=IndexSettings(fold_new=30))  # type: ignore[misc]
    engine = open_fake_shop(Path(shop))
    engine.start()
    say("ready")
    jobs = [partial(write, engine, life, lane) for lane in range(LANES)]
    if kind == "import":
        jobs.append(partial(take_in, engine, life, Path(scratch)))
    elif kind == "build":
        jobs.append(partial(rebuild, engine))
    for job in jobs:
        threading.Thread(target=job, daemon=True).start()
    threading.Event().wait()


def serve() -> None:
    # What is read once a process is read before the first is born.
    lexicon_table()
    load_readers().sounds.warm()
    sentiment.load()
    intent.load()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work(**json.loads(line))
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(1)
        say("born", child)
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    serve()
