"""The invented shop, as a list of steps: invent, draw, import, build.

    FOLDER/
      demo.json             what the folder is, and by what settings and code it was made; written last
      catalogue/            products.jsonl, truth.jsonl, media/
      shop/                 the shop

Every step leaves alone what is up to date, so a start that was broken off goes on where it was. Invented shoppers,
who search, click and buy, take their place after ``build`` once there is a log for what they do.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import orjson

from bowerbird.catalog.flow import ImportOptions
from bowerbird.catalog.report import ImportReport
from bowerbird.demo.catalogue import MEDIA, PRODUCTS, TRUTH, write_catalogue
from bowerbird.demo.pictures import check_drawing, draw_pictures
from bowerbird.demo.stamps import fingerprint, is_current, write_stamp
from bowerbird.domain.errors import InputError, SettingError
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.engine.assemble import open_shop
from bowerbird.engine.generations import BuildReport
from bowerbird.engine.models import Models
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.files import write_whole

_ABOUT: Final = "demo.json"
_INVENTED: Final = ".invented"
_KIND: Final = "bowerbird demo"
_MADE_BY: Final = (
    "kinds", "phrases", "brands.py", "catalogue.py", "chinese.py", "english.py", "invent.py", "look.py", "offers.py",
    "phrases.py", "reviewers.py", "reviews.py", "voices.py", "words.py",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoSettings:
    """How large a shop, from which seed, and whether with pictures."""

    products: int = 1_200
    seed: int = 7
    pictures: bool = True

    def check(self) -> None:
        """Raise SettingError for numbers that make no shop."""
        if self.products < 1:
            raise SettingError("too few products", field="products", found=self.products, expected="at least 1")
        if not 0 <= self.seed < 2**32:
            raise SettingError("not a seed", field="seed", found=self.seed, expected="0 to 4,294,967,295")


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the shop is, and what was done; the reports are None where there was nothing to do."""

    catalogue: Path
    shop: Path
    imported: ImportReport | None = None
    built: BuildReport | None = None


def make_demo(
    folder: Path, settings: DemoSettings | None = None, progress: Progress = no_progress, models: Models | None = None
) -> Demo:
    """Make the invented shop in a folder, or finish it; when it is all there, do nothing.

    Raises SettingError; InputError where the folder holds another shop; MissingExtraError without the drawing library.
    """
    settings = settings or DemoSettings()
    settings.check()
    made_by = fingerprint((*_MADE_BY, "draw", "pictures.py") if settings.pictures else _MADE_BY, asdict(settings))
    demo = Demo(folder / "catalogue", folder / "shop")
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
    imported, built = _take_in(demo, progress, models)
    _write_about(folder, settings, made_by)
    return Demo(demo.catalogue, demo.shop, imported, built)


def invent_catalogue(catalogue: Path, settings: DemoSettings, progress: Progress = no_progress) -> None:
    """Write products.jsonl and truth.jsonl, unless they are there."""
    stamp, text = catalogue / _INVENTED, fingerprint(_MADE_BY, asdict(settings))
    if is_current(stamp, text) and all((catalogue / name).is_file() for name in (PRODUCTS, TRUTH)):
        return
    told = _counted(progress, "inventing products")
    write_catalogue(catalogue, settings.seed, settings.products, settings.pictures, told)
    write_stamp(stamp, text)


def _take_in(demo: Demo, progress: Progress, models: Models | None) -> tuple[ImportReport, BuildReport]:
    with closing(open_shop(demo.shop, models=models)) as engine:
        # The catalogue is the whole shop: what an earlier, larger one had goes.
        options = ImportOptions(format="jsonl", media=_media(demo.catalogue), full=True)
        imported = engine.import_catalogue(demo.catalogue / PRODUCTS, options, progress)
        return imported, engine.build(progress)


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
