"""A real shop served by the real command, and the products these tests add to the tiny shop."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from bowerbird.testing.tiny_shop import write_tiny_shop

COMMAND = (sys.executable, "-m", "bowerbird.cli")
HOSTILE_ID = 'bad/"><script>window.pwned=1</script>'
# An import takes whole tags out of texts. One that nothing closes stays, and would run where pages paste text together.
HOSTILE = '"><img src=x onerror=window.pwned=1 //'
# A right-to-left override, a joiner, and marks piled up: they must neither break the page nor turn it round.
TWISTED = "\u202eesrever\u202c joined\u200dup Z\u0351\u0344\u0300a\u0359\u0310l\u030ego"


def make_once(folder: Path) -> Path:
    """The catalogue and its shop in a folder; of several processes the first makes them and the others wait."""
    try:
        folder.mkdir()
    except FileExistsError:
        return _waited(folder)
    try:
        source = write_catalogue(folder / "catalogue")
        run_command(["import", str(source), "--format", "jsonl", "--shop", str(folder / "shop")])
        (folder / "ready").touch()
    except BaseException:
        (folder / "failed").touch()
        raise
    return folder


def _waited(folder: Path) -> Path:
    while not (folder / "ready").exists():
        if (folder / "failed").exists():
            raise RuntimeError("another process could not make the shop")
        time.sleep(0.2)
    return folder


def write_catalogue(folder: Path) -> Path:
    """The tiny shop and a hostile, a much reviewed and a translated product; its products.jsonl."""
    source = write_tiny_shop(folder, photo_size=400)
    with source.open("a", encoding="utf-8") as lines:
        for record in (hostile_record(), reviewed_record(), translated_record()):
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    return source


def hostile_record() -> dict[str, Any]:
    """A product whose every text tries to become markup."""
    return {
        "id": HOSTILE_ID,
        "title": f"Hostile lantern {TWISTED} {HOSTILE}",
        "description": f"A lantern that means harm.\n\n{TWISTED} ]]> javascript:alert(1) {{{{7*7}}}} {HOSTILE}",
        "brand": f"Evil {HOSTILE}",
        "categories": [f"Lanterns {HOSTILE}"],
        "price": 13.37,
        "currency": "USD",
        "availability": "in_stock",
        "images": ["mug-yellow.jpg"],
        "attributes": {f"made of {HOSTILE}": f"spite {HOSTILE}", "color": HOSTILE},
        "variants": [
            {"id": "bad-1", "attributes": {"size": f"M {HOSTILE}", "color": "red"}},
            {"id": "bad-2", "attributes": {"size": f"XL {TWISTED}", "color": f"black {HOSTILE}"}},
        ],
        "rating": 3.0,
        "reviews": [
            {"rating": 3, "title": f"Hm {HOSTILE}", "text": f"{TWISTED} {HOSTILE}", "author": f"Mallory {HOSTILE}"}
        ],
    }


def reviewed_record() -> dict[str, Any]:
    """A product with a dozen reviews in two languages."""
    said = [
        (5, "Bright and sturdy", "The light is warm and the handle does not get hot."),
        (5, "很喜欢", "灯光很温暖，做工扎实，送货也快。"),
        (4, "Good, a little heavy", "Lovely on the porch, but heavy to carry far."),
        (4, "不错", "外观好看，就是有点重。"),
        (3, "It is all right", "Battery lasts an evening, not two."),
        (2, "比较失望", "电池一个晚上就没电了。"),
        (1, "Broke in a week", "The switch came off in my hand."),
        (5, "Our favourite", "We bought a second one for the garden."),
        (5, "Lovely glow", "Like a candle without the worry."),
        (4, "As described", "Exactly as in the picture."),
        (5, "送礼很合适", "朋友收到以后非常开心。"),
        (2, "Smells at first", "It smelled of paint for some days."),
    ]
    return {
        "id": "camp-lantern",
        "title": "Camping Lantern with Warm Light",
        "description": "A lantern of painted steel for porch and tent.\n\nCharges in three hours, shines for ten.",
        "brand": "Otter & Pine",
        "categories": ["Home/Lamps"],
        "price": 34.5,
        "currency": "USD",
        "availability": "in_stock",
        "images": ["lamp-teal.jpg"],
        "attributes": {"material": "steel", "power": {"value": 6, "unit": "W"}, "rechargeable": True},
        "rating": 3.8,
        "reviews": [
            {
                "rating": stars,
                "title": title,
                "text": text,
                "author": f"Shopper {place}",
                "created_at": f"2026-0{1 + place % 9}-1{place % 10}T08:00:00Z",
            }
            for place, (stars, title, text) in enumerate(said)
        ],
    }


def translated_record() -> dict[str, Any]:
    """A product with an English and a Chinese name."""
    return {
        "id": "harbour-cap",
        "title": "Harbour Cap",
        "description": "A cap of washed cotton with a curved brim.",
        "brand": "Heron Works",
        "categories": ["Accessories/Caps"],
        "price": 18.0,
        "currency": "USD",
        "availability": "in_stock",
        "images": ["cap-navy.jpg"],
        "attributes": {"color": "navy", "material": "cotton"},
        "translations": {"zh": {"title": "海港棒球帽", "description": "水洗棉棒球帽，弧形帽檐，遮阳又好看。"}},
    }


def run_command(arguments: Sequence[str]) -> None:
    """Run ``bowerbird`` to its end; raises with what it said."""
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False, env=_environment())
    if done.returncode:
        raise RuntimeError(f"bowerbird {arguments[0]} failed:\n{done.stdout}\n{done.stderr}")


def _environment() -> dict[str, str]:
    return {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}


class ShopServer:
    """``bowerbird serve`` on one port, which it keeps when it is stopped and started again."""

    def __init__(self, shop: Path) -> None:
        self.shop = shop
        self.port = 0
        self._process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        """Where the shop is, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve; returns when it answers."""
        arguments = ["serve", "--shop", str(self.shop), "--port", str(self.port)]
        self._process = subprocess.Popen(
            [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=_environment()
        )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            found = re.search(r"http://[\d.]+:(\d+)", line)
            if found:
                self.port = int(found[1])
                return
        raise RuntimeError("the shop was not served")

    def stop(self) -> None:
        """Stop as an operator would; nothing happens when it does not run."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(15)
        process.kill()
        process.communicate()
