"""How long the invented shop's pictures take to draw, at the size they are drawn in, without writing the JPEG.

    python benchmarks/demo_pictures.py [--products 400]

The first products of seed 7, each picture drawn once after everything that is kept between pictures was made.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
from shops import machine

from bowerbird.demo.catalogue import photos_of
from bowerbird.demo.draw import DRAWERS
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.invent import invent
from bowerbird.demo.look import Look


def seconds_of(look: Look) -> float:
    """The processor's time for one picture."""
    started = time.process_time()
    easel = Easel(look)
    DRAWERS[look.kind](easel, look)
    easel.finish()
    return time.process_time() - started


def main() -> None:
    """Print mean, median and 95th percentile by view, and the slowest kinds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=400)
    count = parser.parse_args().products
    print(machine())
    products = [invent(7, number) for number in range(count)]
    looks = [product.look(photo.colour, photo.view) for product in products for photo in photos_of(product)]
    for look in looks[: min(len(looks), 300)]:
        seconds_of(look)
    by_kind: dict[str, list[float]] = {}
    by_view: dict[int, list[float]] = {}
    for look in looks:
        taken = 1000 * seconds_of(look)
        by_kind.setdefault(look.kind, []).append(taken)
        by_view.setdefault(look.view, []).append(taken)
    everything = [taken for times in by_view.values() for taken in times]
    for name, times in (("all", everything), *((f"view {view}", times) for view, times in sorted(by_view.items()))):
        middle, high = np.percentile(times, (50, 95))
        print(f"{name:7} {len(times):5} pictures: mean {np.mean(times):.1f} ms, median {middle:.1f}, 95 % {high:.1f}")
    slowest = sorted(by_kind, key=lambda kind: -float(np.mean(by_kind[kind])))[:8]
    print("slowest:", ", ".join(f"{kind} {np.mean(by_kind[kind]):.0f} ms" for kind in slowest))


if __name__ == "__main__":
    main()
