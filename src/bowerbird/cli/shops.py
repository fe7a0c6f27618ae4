"""The options that name a shop, and opening it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bowerbird.domain.errors import NotFoundError, SettingError

if TYPE_CHECKING:
    from bowerbird.engine.engine import Engine

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
SHOP_VARIABLE = "BOWERBIRD_SHOP"
EVENTS_VARIABLE = "BOWERBIRD_EVENTS"


def add_shop_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--shop``."""
    parser.add_argument(
        "--shop",
        type=Path,
        default=None,
        metavar="DIR",
        help=f"the shop's folder (or set {SHOP_VARIABLE})",
    )


def add_events_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--events`` and ``--keep-days``."""
    parser.add_argument(
        "--events",
        metavar="URL",
        help=f"keep events not in the folder but in PostgreSQL: postgresql://user@host/name (or set {EVENTS_VARIABLE})",
    )
    parser.add_argument(
        "--keep-days", type=int, default=400, metavar="N", help="how long events are kept (400); 0 for ever"
    )


def events_url(options: argparse.Namespace) -> str:
    """The URL of the database of the events; empty for the shop's folder."""
    return getattr(options, "events", None) or os.environ.get(EVENTS_VARIABLE, "")


def add_model_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose the encoders."""
    group = parser.add_argument_group("models (a folder or hub name; built-in ones when left out)")
    group.add_argument("--text-model", metavar="NAME", help="a sentence-transformers model")
    group.add_argument("--image-model", metavar="NAME", help="an image model of the CLIP family")
    group.add_argument("--whisper-model", metavar="NAME", help="a model for faster-whisper, for speech in any language")
    group.add_argument(
        "--rewriter", metavar="URL", help="an OpenAI-compatible address that may add wordings to queries"
    )
    group.add_argument("--rewriter-model", metavar="NAME", help="the model to ask there; a key in BOWERBIRD_LLM_KEY")
    group.add_argument("--joint-model", metavar="NAME", help="a CLIP, SigLIP or Chinese-CLIP model for both")


def shop_folder(options: argparse.Namespace) -> Path:
    """The shop's folder. Raises SettingError where none is named."""
    folder = options.shop or os.environ.get(SHOP_VARIABLE)
    if not folder:
        raise SettingError(f"no shop is named: give --shop DIR or set {SHOP_VARIABLE}", field="shop")
    return Path(folder)


def existing_shop(options: argparse.Namespace) -> Path:
    """The folder of a shop that is there. Raises NotFoundError otherwise."""
    folder = shop_folder(options)
    if not (folder / "shop.db").is_file():
        raise NotFoundError(f"no shop at {folder}; make one with: bowerbird import SOURCE --shop {folder}")
    return folder


@contextmanager
def opened(options: argparse.Namespace, *, create: bool = False) -> Iterator[Engine]:
    """The open shop that the options name; closed at the end."""
    folder = shop_folder(options) if create else existing_shop(options)
    from bowerbird.engine.assemble import open_shop
    from bowerbird.engine.listening import ListenSettings
    from bowerbird.engine.reading import ReadSettings
    from bowerbird.understand.language_model import RewriterSettings

    rewriter = RewriterSettings(
        getattr(options, "rewriter", None) or "", getattr(options, "rewriter_model", None) or ""
    )
    engine = open_shop(
        folder,
        text_model=getattr(options, "text_model", None),
        image_model=getattr(options, "image_model", None),
        joint_model=getattr(options, "joint_model", None),
        fetch_photos=getattr(options, "fetch_photos", False),
        events=events_url(options),
        # A command without the option forgets nothing: how long events are kept is for who serves to say.
        keep_days=getattr(options, "keep_days", 0),
        read=ReadSettings(rewriter=rewriter),
        listen=ListenSettings(whisper=getattr(options, "whisper_model", None) or ""),
    )
    try:
        yield engine
    finally:
        engine.close()
