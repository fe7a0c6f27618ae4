"""Every product's pictures, drawn by processes of their own; what is drawn already is left alone."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import Final

from bowerbird.demo.catalogue import photos_of
from bowerbird.demo.invent import invent
from bowerbird.demo.stamps import fingerprint, is_current, write_stamp
from bowerbird.domain.errors import BowerbirdError, MissingExtraError

SIZE: Final = 640
PROCESSES: Final = 2
_PRODUCTS_AT_ONCE: Final = 8
_MADE_BY: Final = ("draw", "kinds", "look.py", "invent.py", "brands.py", "catalogue.py")
_STAMP: Final = ".drawn"


def check_drawing() -> None:
    """Raise where pictures cannot be drawn: MissingExtraError, or BowerbirdError for a missing system library."""
    try:
        import skia
    except ModuleNotFoundError:
        raise MissingExtraError("drawing pictures (--no-pictures does without them)", "demo") from None
    except ImportError as error:
        raise BowerbirdError(
            f"the pictures cannot be drawn, a library of the system is missing: {error}; "
            "on Debian: apt install libgl1 libegl1; or do without pictures: --no-pictures"
        ) from error
    del skia


def draw_pictures(
    media: Path, seed: int, products: int, told: Callable[[int, int], None], processes: int = PROCESSES
) -> None:
    """Draw what is missing of the pictures of a seed's first products; ``told`` hears of how many they are complete.

    Pictures of another seed or by other drawing code are drawn again.
    """
    media.mkdir(parents=True, exist_ok=True)
    stamp, text = media / _STAMP, fingerprint(_MADE_BY, seed, SIZE)
    if not is_current(stamp, text):
        for old in media.glob("*.jpg"):
            old.unlink()
        write_stamp(stamp, text)
    jobs = (range(at, min(at + _PRODUCTS_AT_ONCE, products)) for at in range(0, products, _PRODUCTS_AT_ONCE))
    done = 0
    # Forked processes would inherit the locks of whatever threads run here.
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        try:
            for count in _run(pool, media, seed, jobs, 3 * processes):
                done += count
                told(done, products)
        except BrokenProcessPool as error:
            raise BowerbirdError("a process that draws pictures was ended from outside; start again") from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _run(pool: ProcessPoolExecutor, media: Path, seed: int, jobs: Iterator[range], ahead: int) -> Iterator[int]:
    """Run jobs with only a few of them waiting; yields how many products each completed."""
    running: set[Future[int]] = {pool.submit(draw_some, media, seed, numbers) for numbers in islice(jobs, ahead)}
    while running:
        finished, running = wait(running, return_when=FIRST_COMPLETED)
        running |= {pool.submit(draw_some, media, seed, numbers) for numbers in islice(jobs, len(finished))}
        for future in finished:
            yield future.result()


def draw_some(media: Path, seed: int, numbers: range) -> int:
    """Draw the missing pictures of a few products, each file whole or not there; how many products they were."""
    missing = [
        (product, photo)
        for product in (invent(seed, number) for number in numbers)
        for photo in photos_of(product)
        if not (media / photo.file).exists()
    ]
    if missing:
        from bowerbird.demo.draw import draw_picture

        for product, photo in missing:
            path = media / photo.file
            beside = path.with_suffix(f".{os.getpid()}.part")
            beside.write_bytes(draw_picture(product.look(photo.colour, photo.view), SIZE))
            beside.replace(path)
    return len(numbers)
