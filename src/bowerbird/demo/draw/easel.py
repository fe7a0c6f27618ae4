"""The easel: parts laid over each other, each lit as what it is made of, from the upper left.

Lengths are hundredths of the picture's side, x to the right, y down; the thing should fill about 12 to 88. A drawer
lays parts from the back to the front; ground and shadow are put under them at the end. ``easel.chance`` is seeded by
the product, not by the view, and must be asked for the same things in the same order in every view: it gives a
product its proportions.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache

import skia
from PIL import ImageFont

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.ground import Ground, set_on_ground, view_of
from bowerbird.demo.draw.patterns import lay_pattern
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import FINISHES, Stuff, argb, lightness, mixed, shade
from bowerbird.demo.draw.textures import lay_texture
from bowerbird.demo.draw.volumes import Volume, add_volume
from bowerbird.demo.look import COLOURS, RGB, Look
from bowerbird.domain.errors import SettingError


class Easel:
    """One picture in the making."""

    def __init__(self, look: Look, size: int = 640) -> None:
        self.look = look
        self.size = size
        self.chance = random.Random(look.seed)
        self.ground = Ground.LYING
        self.colour: RGB = COLOURS[look.colour].rgb
        self.accent: RGB = COLOURS[look.accent].rgb
        self._surface = skia.Surface(size, size)
        self._canvas = self._surface.getCanvas()
        self._canvas.scale(size / 100, size / 100)
        self._placed = False

    @property
    def canvas(self) -> skia.Canvas:
        """The renderer itself, for what the methods here do not offer.

        The view is chosen with the first part: what stands is not tilted, so ``ground`` is to be set before.
        """
        if not self._placed:
            self._placed = True
            self._canvas.concat(view_of(self.look, self.ground))
        return self._canvas

    @property
    def body(self) -> Stuff:
        """What the product is mainly made of: its material, colour and pattern."""
        second = self.accent
        if abs(lightness(second) - lightness(self.colour)) < 0.12 and self.look.pattern != "plain":
            second = shade(self.colour, 1.6 if lightness(self.colour) < 0.55 else 0.6)
        seed = self.look.seed
        turn = 90.0 * (seed // 7 % 2) if self.look.pattern == "striped" else 0.0
        return Stuff(
            self.colour,
            FINISHES[self.look.material],
            self.look.pattern,
            second,
            turn,
            (0.8, 1.0, 1.25)[seed // 3 % 3],
            seed,
        )

    def of(self, material: str, colour: RGB | None = None) -> Stuff:
        """A plain material ("matte" for none in particular), in a colour or in the accent."""
        return Stuff(self.accent if colour is None else colour, FINISHES[material])

    def part(
        self,
        path: skia.Path,
        stuff: Stuff | None = None,
        volume: Volume = Volume.SOFT,
        *,
        depth: float = 1.0,
        shadow: float = 0.0,
        opacity: float = 1.0,
    ) -> skia.Path:
        """Lay a part over the rest and return its outline.

        ``volume`` says how it is lit, ``depth`` how strongly; ``shadow`` how far it stands off what is beneath (0 for
        no shadow, 1 for a pocket, 3 for a strap); ``opacity`` how much of what is beneath it hides.
        """
        stuff = self.body if stuff is None else stuff
        canvas = self.canvas
        if shadow:
            self._drop_shadow(path, shadow)
        canvas.save()
        canvas.clipPath(path, skia.ClipOp.kIntersect, True)
        lay_pattern(canvas, stuff, path.computeTightBounds(), opacity * (1 - stuff.finish.clear))
        if stuff.finish.texture:
            finish = stuff.finish
            lay_texture(canvas, finish.texture, finish.grain * opacity, finish.scale, self.size)
        add_volume(canvas, path, stuff, volume, depth)
        canvas.restore()
        return path

    def print_on(self, inside: skia.Path, path: skia.Path, colour: RGB, alpha: float = 1.0) -> None:
        """Flat colour on a part, cut to its outline ``inside``: a stripe, a label, a print; takes no light."""
        self.canvas.save()
        self.canvas.clipPath(inside, skia.ClipOp.kIntersect, True)
        self.canvas.drawPath(path, skia.Paint(Color=argb(colour, alpha), AntiAlias=True))
        self.canvas.restore()

    def line(
        self, points: Sequence[Point], width: float, colour: RGB, alpha: float = 1.0, *, bent: bool = True
    ) -> None:
        """A thin line: a seam, a wire, an edge; ``bent`` runs smoothly through the points."""
        path = shapes.smooth(points, closed=False) if bent else shapes.polyline(points)
        self.canvas.drawPath(path, _pen(width, colour, alpha))

    def edge(self, path: skia.Path, width: float = 0.4, colour: RGB = (0, 0, 0), alpha: float = 0.35) -> None:
        """A line along a part's outline."""
        self.canvas.drawPath(path, _pen(width, colour, alpha))

    def stitch(self, points: Sequence[Point], colour: RGB | None = None, width: float = 0.4, dash: float = 1.3) -> None:
        """A dashed seam; without a colour in a shade that shows on the product's own."""
        tone = self.seam if colour is None else colour
        pen = _pen(width, tone, 0.85)
        pen.setPathEffect(skia.DashPathEffect.Make([dash, dash * 0.7], 0))
        self.canvas.drawPath(shapes.smooth(points, closed=False), pen)

    @property
    def seam(self) -> RGB:
        """A shade of the product's colour that can be seen on it."""
        return shade(self.colour, 0.62) if lightness(self.colour) > 0.25 else shade(self.colour, 1.35)

    def crease(
        self, points: Sequence[Point], width: float = 1.4, strength: float = 0.3, inside: skia.Path | None = None
    ) -> None:
        """A soft dark line: a fold, the shade under an edge; cut to ``inside`` where given."""
        self._soft_line(points, width, argb((0, 0, 0), strength), inside)

    def glint(
        self, points: Sequence[Point], width: float = 1.0, strength: float = 0.5, inside: skia.Path | None = None
    ) -> None:
        """A soft light line: a reflection; cut to ``inside`` where given."""
        self._soft_line(points, width, argb((255, 255, 255), strength), inside)

    def shine(self, path: skia.Path, strength: float = 0.5, blur: float = 0.0) -> None:
        """A light patch, such as the window mirrored in a glazed pot; ``blur`` softens its edge."""
        paint = skia.Paint(Color=argb((255, 255, 255), strength), AntiAlias=True)
        if blur:
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
        self.canvas.drawPath(path, paint)

    def shadow_patch(
        self, path: skia.Path, strength: float = 0.3, blur: float = 1.0, inside: skia.Path | None = None
    ) -> None:
        """A soft dark patch: an opening, the shade that one part throws on another."""
        self.canvas.save()
        if inside is not None:
            self.canvas.clipPath(inside, skia.ClipOp.kIntersect, True)
        paint = skia.Paint(Color=argb((0, 0, 0), strength), AntiAlias=True)
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
        self.canvas.drawPath(path, paint)
        self.canvas.restore()

    def words(
        self,
        text: str,
        x: float,
        y: float,
        height: float,
        colour: RGB,
        *,
        width: float | None = None,
        turn: float = 0.0,
    ) -> None:
        """A short text in Latin letters, centred at (x, y); narrowed to ``width`` where it would be wider."""
        if not text:
            return
        font = skia.Font(_typeface(), height * 1.35)
        font.setSubpixel(True)
        # Letters are set in hundredths and enlarged: without this their places are rounded to whole ones.
        font.setLinearMetrics(True)
        length = font.measureText(text)
        squeeze = 1.0 if width is None or length <= width else width / length
        self.canvas.save()
        self.canvas.translate(x, y)
        self.canvas.rotate(turn)
        self.canvas.scale(squeeze, squeeze)
        self.canvas.drawString(text, -length / 2, height * 0.48, font, skia.Paint(Color=argb(colour), AntiAlias=True))
        self.canvas.restore()

    def turned(self, degrees: float, about: Point = (50, 50), scale: float = 1.0) -> Turned:
        """Everything drawn inside ``with easel.turned(...)`` is turned and scaled about a point."""
        return Turned(self.canvas, degrees, about, scale)

    def finish(self) -> skia.Image:
        """Set the thing on its ground and return the picture."""
        thing = self._surface.makeImageSnapshot()
        return set_on_ground(thing, self.look, self.ground, self._ground_tone())

    def _ground_tone(self) -> RGB:
        """A quiet tone that the thing stands out from; another one in another view."""
        tones = ((238, 236, 231), (232, 236, 239), (241, 235, 226), (231, 233, 229), (240, 232, 232), (229, 231, 238))
        tone = tones[(self.look.seed // 11 + self.look.view * 2) % len(tones)]
        light = lightness(self.colour)
        if light > 0.8:
            return mixed(tone, (176, 182, 190), 0.55)
        return mixed(tone, (255, 255, 255), 0.25) if light < 0.3 else tone

    def _drop_shadow(self, path: skia.Path, lift: float) -> None:
        paint = skia.Paint(Color=argb((0, 0, 0), 0.34), AntiAlias=True)
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 0.35 + 0.3 * lift))
        # Only where something lies beneath: the ground gets its own shadow.
        paint.setBlendMode(skia.BlendMode.kSrcATop)
        self.canvas.drawPath(shapes.moved(path, 0.28 * lift, 0.42 * lift), paint)

    def _soft_line(self, points: Sequence[Point], width: float, colour: int, inside: skia.Path | None) -> None:
        pen = skia.Paint(Color=colour, AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=width)
        pen.setStrokeCap(skia.Paint.kRound_Cap)
        pen.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, max(width * 0.45, 0.2)))
        pen.setBlendMode(skia.BlendMode.kSrcATop)
        self.canvas.save()
        if inside is not None:
            self.canvas.clipPath(inside, skia.ClipOp.kIntersect, True)
        self.canvas.drawPath(shapes.smooth(points, closed=False), pen)
        self.canvas.restore()


class Turned:
    """A turn of the canvas for the time of a ``with``."""

    def __init__(self, canvas: skia.Canvas, degrees: float, about: Point, scale: float) -> None:
        self.canvas, self._degrees, self._about, self._scale = canvas, degrees, about, scale

    def __enter__(self) -> None:
        x, y = self._about
        self.canvas.save()
        self.canvas.translate(x, y)
        self.canvas.rotate(self._degrees)
        self.canvas.scale(self._scale, self._scale)
        self.canvas.translate(-x, -y)

    def __exit__(self, *_: object) -> None:
        self.canvas.restore()


def _pen(width: float, colour: RGB, alpha: float) -> skia.Paint:
    pen = skia.Paint(Color=argb(colour, alpha), AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=width)
    pen.setStrokeCap(skia.Paint.kRound_Cap)
    pen.setStrokeJoin(skia.Paint.kRound_Join)
    return pen


@cache
def _typeface() -> skia.Typeface:
    """The face that ships inside Pillow: the same letters on every machine, whatever fonts it has."""
    font = ImageFont.load_default(20)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise SettingError("pictures need a Pillow that was built with FreeType", field="pillow")
    # A manager without fonts of its own: the default one reads the system's and complains of its settings.
    return skia.FontMgr.New_Custom_Empty().makeFromData(skia.Data.MakeWithCopy(font.font_bytes))
