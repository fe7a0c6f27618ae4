"""Which picture shows what: every photo of the tiny shop and the photos that shoppers ask it with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from PIL import Image

from bowerbird.testing.tiny_shop import draw_carried as carried
from bowerbird.testing.tiny_shop import draw_food as food
from bowerbird.testing.tiny_shop import draw_home as home
from bowerbird.testing.tiny_shop import draw_watches as watches
from bowerbird.testing.tiny_shop import draw_wear as wear
from bowerbird.testing.tiny_shop.studio import FRONT, Studio, View
from bowerbird.testing.tiny_shop.stuff import Colour

Drawer: TypeAlias = Callable[[Studio, Colour], None]

RED, BLUE, BLACK, WHITE = (196, 34, 42), (44, 84, 168), (38, 38, 42), (246, 245, 242)
NAVY, GREEN, YELLOW, PINK = (28, 44, 92), (52, 112, 74), (240, 186, 40), (236, 150, 170)
GREY, SILVER, TAN, BROWN = (138, 140, 146), (200, 204, 210), (190, 130, 74), (140, 84, 44)

_TURNED = View(turn=-7, mirror=True, scale=0.9, ground=(214, 222, 230))
_CLOSE = View(turn=4, scale=1.4, shift=(2, 4), ground=(238, 231, 220))
_ASKED = View(turn=9, scale=0.8, shift=(4, 3), ground=(222, 208, 192))
_ASKED_SLIGHTLY = View(turn=-4, scale=0.86, shift=(-4, -2), ground=(200, 206, 198))


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: who draws it, in which colour, how it is shown, and whether the thing stands on the ground."""

    draw: Drawer
    colour: Colour
    standing: bool = True
    view: View = FRONT

    def seen(self, view: View) -> Shot:
        """The same thing in another view; a turned thing lies rather than stands."""
        return Shot(self.draw, self.colour, self.standing and not view.turn, view)


_FRONTS = {
    "tee-red": Shot(wear.tee, RED, False),
    "tee-blue": Shot(wear.tee, BLUE, False),
    "tee-black": Shot(wear.tee, BLACK, False),
    "tee-sailor": Shot(wear.striped_tee, NAVY, False),
    "polo-red": Shot(wear.polo, RED, False),
    "polo-white": Shot(wear.polo, WHITE, False),
    "shirt-oxford": Shot(wear.shirt, (160, 192, 226), False),
    "dress-red": Shot(wear.summer_dress, RED, False),
    "dress-yellow": Shot(wear.summer_dress, YELLOW, False),
    "gown-green": Shot(wear.evening_dress, (16, 84, 62), False),
    "gown-black": Shot(wear.evening_dress, BLACK, False),
    "hoodie-grey": Shot(wear.hoodie, GREY, False),
    "hoodie-green": Shot(wear.hoodie, GREEN, False),
    "sweater-cream": Shot(wear.sweater, (230, 214, 186), False),
    "jeans-blue": Shot(wear.jeans, (62, 92, 140), False),
    "puffer-yellow": Shot(wear.puffer, YELLOW, False),
    "skirt-pink": Shot(wear.pleated_skirt, PINK, False),
    "shorts-black": Shot(wear.shorts, BLACK, False),
    "cap-navy": Shot(wear.cap, NAVY, False),
    "runner-red": Shot(carried.running_shoe, RED),
    "runner-blue": Shot(carried.running_shoe, BLUE),
    "canvas-white": Shot(carried.canvas_shoe, WHITE),
    "boot-brown": Shot(carried.boot, BROWN),
    "heel-black": Shot(carried.heel, BLACK),
    "sandal-brown": Shot(carried.sandal, (120, 70, 40)),
    "handbag-red": Shot(carried.handbag, RED),
    "handbag-black": Shot(carried.handbag, BLACK),
    "backpack-green": Shot(carried.backpack, GREEN),
    "backpack-grey": Shot(carried.backpack, GREY),
    "crossbody-tan": Shot(carried.crossbody, TAN),
    "suitcase-blue": Shot(carried.suitcase, BLUE),
    "watch-leather": Shot(watches.leather_watch, BROWN, False),
    "watch-steel": Shot(watches.steel_watch, (24, 50, 100), False),
    "watch-smart": Shot(watches.smartwatch, BLACK, False),
    "mug-blue": Shot(home.mug, BLUE),
    "mug-yellow": Shot(home.mug, YELLOW),
    "teapot-porcelain": Shot(home.teapot, WHITE),
    "pan-iron": Shot(home.pan, (70, 72, 78), False),
    "knife-chef": Shot(home.knife, (70, 44, 30), False),
    "kettle-steel": Shot(home.kettle, SILVER),
    "lamp-teal": Shot(home.lamp, (40, 110, 120)),
    "glass-wine": Shot(home.wine_glass, (130, 20, 50)),
    "headphones-black": Shot(home.headphones, BLACK),
    "laptop-silver": Shot(home.laptop, SILVER),
    "phone-blue": Shot(home.phone, (60, 120, 190)),
    "camera-black": Shot(home.camera, BLACK),
    "speaker-red": Shot(home.speaker, (214, 74, 60)),
    "keyboard-white": Shot(home.keyboard, (226, 224, 218), False),
    "charger-white": Shot(home.charger, WHITE, False),
    "apples-red": Shot(food.apples, (196, 30, 36)),
    "apples-green": Shot(food.apples, (134, 182, 56)),
    "tomatoes-red": Shot(food.tomatoes, (222, 50, 34)),
    "bananas": Shot(food.bananas, (246, 206, 58)),
    "lemons": Shot(food.lemons, (248, 216, 60)),
    "avocado": Shot(food.avocado, (170, 190, 80)),
    "milk": Shot(food.milk, (60, 130, 200)),
    "juice-orange": Shot(food.juice, (250, 150, 30)),
    "honey": Shot(food.honey, (226, 146, 26)),
    "tea-green": Shot(food.tea_tin, (60, 120, 70)),
    "coffee": Shot(food.coffee, (60, 44, 38)),
}

_SECOND_VIEWS = {
    "tee-red-2": ("tee-red", _CLOSE),
    "dress-red-2": ("dress-red", _CLOSE),
    "jeans-blue-2": ("jeans-blue", _TURNED),
    "runner-red-2": ("runner-red", _TURNED),
    "boot-brown-2": ("boot-brown", _TURNED),
    "handbag-red-2": ("handbag-red", _TURNED),
    "backpack-green-2": ("backpack-green", _CLOSE),
    "watch-leather-2": ("watch-leather", _CLOSE),
    "mug-blue-2": ("mug-blue", _TURNED),
    "camera-black-2": ("camera-black", _CLOSE),
    "bananas-2": ("bananas", _TURNED),
}

CATALOGUE: dict[str, Shot] = {
    **_FRONTS,
    **{name: _FRONTS[front].seen(view) for name, (front, view) in _SECOND_VIEWS.items()},
}

ASKED: dict[str, Shot] = {
    **{
        f"ask-{name}": _FRONTS[name].seen(_ASKED)
        for name in ("handbag-red", "runner-blue", "apples-green", "teapot-porcelain")
    },
    **{
        f"ask-{name}": _FRONTS[name].seen(_ASKED_SLIGHTLY)
        for name in ("dress-red", "headphones-black", "watch-steel", "puffer-yellow")
    },
}


def draw(name: str, size: int = 640) -> Image.Image:
    """Draw one picture by name, ``size`` x ``size`` pixels, RGB."""
    shot = CATALOGUE.get(name) or ASKED[name]
    studio = Studio(name, size, shot.view)
    shot.draw(studio, shot.colour)
    return studio.finish(shot.standing)


def write_pictures(media: Path, asked: Path, size: int = 640) -> Iterator[Path]:
    """Draw every picture as a JPEG, the shop's into ``media``, the shoppers' into ``asked``; yields each when done."""
    for folder, shots in ((media, CATALOGUE), (asked, ASKED)):
        folder.mkdir(parents=True, exist_ok=True)
        for name in shots:
            path = folder / f"{name}.jpg"
            draw(name, size).save(path, "JPEG", quality=88, subsampling=0)
            yield path
