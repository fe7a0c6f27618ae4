"""Wallets."""

from __future__ import annotations

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.fittings import brand_mark, hardware, puller, ring, strap, thread, zip_line
from bowerbird.demo.draw.gleams import inset, seam
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.stuff import lightness, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look


def draw_wallet(easel: Easel, look: Look) -> None:
    """A wallet: folded once, or a long one with a zip round it."""
    easel.ground = Ground.LYING
    {"bifold": _bifold, "zip": _zip_wallet}[look.silhouette](easel, look)


def _bifold(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, tall, corner = chance.uniform(33, 37), chance.uniform(25, 29), chance.uniform(2.5, 6)
    metal, mark, tab, band = hardware(easel), chance.choice((2, 2, 0, 3)), chance.random() < 0.35, chance.random() < 0.3
    cards = chance.randrange(1, 4)
    leather = easel.body
    back = shapes.box(50 - wide, 50 - tall + 1.6, 2 * wide, 2 * tall, corner)
    easel.part(shapes.moved(back, 1.5, 0.8), easel.of("matte", shade(easel.colour, 0.55)), Volume.FLAT)
    for place in range(cards + (2 if look.view else 0)):
        tone = ((238, 236, 230), (70, 108, 170), (214, 176, 92), (58, 60, 66), (196, 84, 78))[place]
        card = shapes.box(50 - wide * 0.8, 50 - tall - 4.6 + place * 1.5, wide * 1.7, 18, 1.6)
        easel.part(card, easel.of("plastic", tone), Volume.FLAT, shadow=0.4)
    inner = shapes.box(50 - wide, 50 - tall + 1.2, 2 * wide, 2 * tall - 0.8, corner)
    easel.part(shapes.moved(inner, 0.8, 0.3), easel.of("matte", shade(easel.colour, 0.72)), Volume.SOFT, shadow=0.6)
    front = shapes.box(50 - wide, 50 - tall, 2 * wide, 2 * tall, corner)
    easel.part(front, leather, Volume.SOFT, shadow=0.8, depth=0.9)
    seam(easel, inset(front, 1.7), thread(leather) if lightness(easel.colour) < 0.5 else None)
    easel.crease(
        [(50 - wide + 3.2, 50 - tall + 2), (50 - wide + 3.4, 50), (50 - wide + 3.2, 48 + tall)], 1.6, 0.28, front
    )
    easel.glint([(50 - wide + 1.4, 50 - tall + 4), (50 - wide + 1.4, 46 + tall)], 1.0, 0.3, front)
    if band:
        easel.print_on(front, shapes.box(50 + wide * 0.5, 0, wide * 0.16, 100), easel.accent, 0.95)
    if tab:
        closing = shapes.box(50 + wide * 0.6, 44, wide * 0.4 + 2.4, 12, 4)
        easel.part(closing, easel.of("leather"), Volume.SOFT, shadow=1.2)
        seam(easel, inset(closing, 1), thread(easel.of("leather")), 0.26, 0.8)
        ring(easel, 50 + wide * 0.6 + 5, 50, 2.2, metal, 0.8)
    brand_mark(easel, 50 + wide * 0.3 if not tab else 48, 50 + tall * 0.6, 15, metal, mark)


def _zip_wallet(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, tall, corner = chance.uniform(36, 39), chance.uniform(18.5, 23), chance.uniform(3.5, 8)
    metal, mark, loop = hardware(easel), chance.choice((2, 3, 3, 0)), chance.random() < 0.65
    panel_cut, quilt = chance.uniform(0.2, 0.34), chance.random() < 0.3
    back = shapes.box(50 - wide, 50 - tall + 1, 2 * wide, 2 * tall + 0.8, corner + 1)
    easel.part(shapes.moved(back, 1.2, 2.2), easel.of("matte", shade(easel.colour, 0.7)), Volume.SOFT)
    rim = shapes.box(50 - wide - 0.8, 50 - tall - 0.4, 2 * wide + 2.6, 2 * tall + 2.6, corner + 1.4)
    easel.part(rim, easel.of("matte", shade(easel.colour, 0.4)), Volume.FLAT)
    zip_line(easel, inset(rim, 0.9), metal, shade(easel.colour, 0.4), 1.7)
    front = shapes.box(50 - wide, 50 - tall - 0.8, 2 * wide - 0.8, 2 * tall, corner)
    if loop:
        right, low = 50 + wide, 50 + tall
        loop_line = [(right + 0.4, 53 - tall), (right + 4.4, 50), (right + 1.6, low + 5), (right - 7, low + 9.5)]
        strap(easel, [*loop_line, (right - 13, low + 6), (right - 10, low - 4)], 2.6, easel.body.plain().shade(0.9))
    easel.part(front, easel.body, Volume.SOFT, shadow=0.8, depth=0.85)
    seam(easel, inset(front, 1.6))
    if quilt:
        flap = shapes.within(front, shapes.box(50 - wide, 0, wide * 2 * panel_cut, 100))
        easel.part(flap, easel.of("leather"), Volume.SOFT, shadow=0.5, depth=0.7)
        seam(easel, inset(flap, 1.4), thread(easel.of("leather")))
    ring(easel, 50 + wide + 0.4, 50 - tall + 2.4, 2.2, metal, 0.8)
    puller(easel, 50 + wide * 0.62, 50 - tall - 0.4, metal, easel.of("leather"), -12)
    patch_at = 50 + wide * (0.1 if not quilt else panel_cut)
    brand_mark(easel, patch_at, 50 + tall * 0.35, 16, metal, mark)
