"""The invented shop, as a list of steps: invent, draw, import, build, let shoppers in, learn from them.

    FOLDER/
      demo.json             what the folder is, and by what settings and code it was made; written last
      catalogue/            products.jsonl, truth.jsonl, media/
      shoppers/             what invented shoppers did (events.jsonl) and what is true of them (truth.jsonl, about.json)
      shop/                 the shop

Every step leaves alone what is up to date, so a start that was broken off goes on where it was.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import orjson

from bowerbird.catalog.flow import ImportOptions
from bowerbird.catalog.report import ImportReport
from bowerbird.demo.catalogue import MEDIA, PRODUCTS, TRUTH, write_catalogue
from bowerbird.demo.crowd.assortment import read_assortment
from bowerbird.demo.crowd.files import ABOUT, read_about, write_crowd
from bowerbird.demo.crowd.invent import DAYS, invent_crowd
from bowerbird.demo.crowd.recording import forget_crowd, record_crowd
from bowerbird.demo.pictures import check_drawing, draw_pictures
from bowerbird.demo.stamps import fingerprint, is_current, write_stamp
from bowerbird.domain.errors import InputError, MissingExtraError, SettingError
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.engine.assemble import open_shop
from bowerbird.engine.generations import BuildReport
from bowerbird.engine.models import Models
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.files import write_whole

_LOG = logging.getLogger(__name__)

_QUICK: Final = ("factors", "sequence")
_ABOUT: Final = "demo.json"
_INVENTED: Final = ".invented"
_LEARNED: Final = ".learned"
_KIND: Final = "bowerbird demo"
_MADE_BY: Final = (
    "kinds", "phrases", "brands.py", "catalogue.py", "chinese.py", "english.py", "invent.py", "look.py", "offers.py",
    "phrases.py", "reviewers.py", "reviews.py", "voices.py", "words.py",
)  # fmt: skip
_SHOPPERS_BY: Final = (*_MADE_BY, "crowd", "shop_world.py", "shoppers.py")


@dataclass(frozen=True, slots=True)
class DemoSettings:
    """How large a shop, from which seed, whether with pictures, and how many shoppers have been there (0: none)."""

    products: int = 1_200
    seed: int = 7
    pictures: bool = True
    shoppers: int = 3_000
    learn: bool = True
    """Whether recommenders are trained on what they did, where what that needs is installed."""

    def check(self) -> None:
        """Raise SettingError for numbers that make no shop."""
        if self.products < 1:
            raise SettingError("too few products", field="products", found=self.products, expected="at least 1")
        if not 0 <= self.seed < 2**32:
            raise SettingError("not a seed", field="seed", found=self.seed, expected="0 to 4,294,967,295")
        if self.shoppers < 0:
            raise SettingError("no number of shoppers", field="shoppers", found=self.shoppers, expected="at least 0")

    @property
    def of_catalogue(self) -> tuple[int, int, bool]:
        """What the catalogue follows from."""
        return self.products, self.seed, self.pictures


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the shop is, and what was done; the reports are None where there was nothing to do."""

    catalogue: Path
    shoppers: Path
    shop: Path
    imported: ImportReport | None = None
    built: BuildReport | None = None
    recorded: int = 0
    """How many events of shoppers are new in the log."""


def make_demo(
    folder: Path,
    settings: DemoSettings | None = None,
    progress: Progress = no_progress,
    models: Models | None = None,
    now: float | None = None,
) -> Demo:
    """Make the invented shop in a folder, or finish it; when it is all there, do nothing.

    What its shoppers did ends at ``now`` (seconds since 1970; the clock where none is given) when first invented.

    Raises SettingError; InputError where the folder holds another shop; MissingExtraError without the drawing library.
    """
    settings = settings or DemoSettings()
    settings.check()
    made_by = fingerprint((*_SHOPPERS_BY, *(("draw", "pictures.py") if settings.pictures else ())), asdict(settings))
    demo = Demo(folder / "catalogue", folder / "shoppers", folder / "shop")
    if _is_made(folder, demo.shop, made_by):
        return demo
    if settings.pictures:
        check_drawing()
    with storage_faults(folder):
        _begin(folder, demo.shop, settings)
        invent_catalogue(demo.catalogue, settings, progress)
        if settings.pictures:
            draw_pictures(
                demo.catalogue / MEDIA, settings.seed, settings.products, _counted(progress, "drawing pictures")
            )
        if settings.shoppers:
            invent_shoppers(demo, settings, time.time() if now is None else now, progress)
    imported, built = _take_in(demo, progress, models)
    recorded = _let_in(demo, settings, progress)
    if settings.shoppers and settings.learn:
        _learn(demo, progress, models)
    _write_about(folder, settings, made_by)
    return replace(demo, imported=imported, built=built, recorded=recorded)


def invent_catalogue(catalogue: Path, settings: DemoSettings, progress: Progress = no_progress) -> None:
    """Write products.jsonl and truth.jsonl, unless they are there."""
    stamp, text = catalogue / _INVENTED, fingerprint(_MADE_BY, settings.of_catalogue)
    if is_current(stamp, text) and all((catalogue / name).is_file() for name in (PRODUCTS, TRUTH)):
        return
    told = _counted(progress, "inventing products")
    write_catalogue(catalogue, settings.seed, settings.products, settings.pictures, told)
    write_stamp(stamp, text)


def invent_shoppers(demo: Demo, settings: DemoSettings, end: float, progress: Progress = no_progress) -> None:
    """Write what shoppers did until ``end``, and the truth about them, unless it is there."""
    about = (settings.products, settings.seed, settings.shoppers)
    stamp, text = demo.shoppers / _INVENTED, fingerprint(_SHOPPERS_BY, about)
    if is_current(stamp, text) and (demo.shoppers / ABOUT).is_file():
        return
    shop = read_assortment(demo.catalogue, settings.seed)
    told = _counted(progress, "inventing shoppers")
    crowd = invent_crowd(shop, settings.seed, settings.shoppers, end, told=told)
    write_crowd(demo.shoppers, crowd, shop, settings.seed, end, DAYS)
    write_stamp(stamp, text)


def _take_in(demo: Demo, progress: Progress, models: Models | None) -> tuple[ImportReport, BuildReport]:
    with closing(open_shop(demo.shop, models=models)) as engine:
        # The catalogue is the whole shop: what an earlier, larger one had goes.
        options = ImportOptions(format="jsonl", media=_media(demo.catalogue), full=True)
        imported = engine.import_catalogue(demo.catalogue / PRODUCTS, options, progress)
        return imported, engine.build(progress)


def _let_in(demo: Demo, settings: DemoSettings, progress: Progress) -> int:
    if settings.shoppers:
        return record_crowd(demo.shop, demo.shoppers, _counted(progress, "recording events"))
    forget_crowd(demo.shop, demo.shoppers)
    return 0


def _learn(demo: Demo, progress: Progress, models: Models | None) -> None:
    """Train what is quick; a few shoppers are too few, and a shop without recommenders has its live counts."""
    stamp, crowd = demo.shoppers / _LEARNED, read_about(demo.shoppers).name
    if is_current(stamp, crowd):
        return
    with closing(open_shop(demo.shop, models=models)) as engine:
        for sort in _QUICK:
            try:
                engine.recommender_training.train(sort, progress=progress)
            except (InputError, MissingExtraError) as reason:
                _LOG.info("no %s recommender is trained: %s", sort, reason)
    write_stamp(stamp, crowd)


def _media(catalogue: Path) -> Path | None:
    media = catalogue / MEDIA
    return media if media.is_dir() else None


def _counted(progress: Progress, stage: str) -> Callable[[int, int], None]:
    return lambda done, total: progress(stage, done, total)


def _is_made(folder: Path, shop: Path, made_by: str) -> bool:
    return (shop / "shop.db").is_file() and _read_about(folder).get("made_by") == made_by


def _begin(folder: Path, shop: Path, settings: DemoSettings) -> None:
    """Mark the folder as the demo's, not made yet. Raises InputError where it holds another shop."""
    if shop.exists() and _read_about(folder).get("kind") != _KIND:
        raise InputError(
            "holds a shop that the demo did not make, and the demo would empty it", where=str(shop),
            expected="another folder (--folder), or this one removed",
        )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    _write_about(folder, settings, None)


def _read_about(folder: Path) -> dict[str, object]:
    try:
        about = orjson.loads((folder / _ABOUT).read_bytes())
    except (OSError, ValueError):
        return {}
    return about if isinstance(about, dict) else {}


def _write_about(folder: Path, settings: DemoSettings, made_by: str | None) -> None:
    about = {"kind": _KIND, **asdict(settings), "made_by": made_by}
    write_whole(folder / _ABOUT, orjson.dumps(about, option=orjson.OPT_INDENT_2))
