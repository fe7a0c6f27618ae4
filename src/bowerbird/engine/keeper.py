"""The life of a shop's index in this process: opening, healing, building beside, swapping, following."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from pathlib import Path

from bowerbird.domain.errors import (
    ArtefactError,
    BowerbirdError,
    DiskFullError,
    ModelError,
    NotFoundError,
    StorageError,
)
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.encode.terms import Terms
from bowerbird.engine.documents import DocumentMaker, Maps
from bowerbird.engine.fitting import fit_due, fit_maps
from bowerbird.engine.generations import (
    BuildReport,
    build_generation,
    current_generation,
    discard,
    encode_all,
    remove_others,
    swap_in,
)
from bowerbird.engine.keep_up import catch_up
from bowerbird.engine.live import Live, fingerprints_of
from bowerbird.engine.maps import load_maps
from bowerbird.engine.models import ModelChoice, Models, open_models, read_choice, write_choice
from bowerbird.engine.settings import EngineSettings
from bowerbird.engine.stores import Stores

REBUILD_ABOVE = 5_000
"""With more changes than this, and than half the shop, building anew is quicker than catching up."""
CATCH_UP_ROUNDS = 4
WATCH_SECONDS = 1.0
RETRY_SECONDS = 30.0

log = logging.getLogger(__name__)


class Keeper:
    """Hands out the generation in service. The one process that holds the shop's lock also changes it."""

    def __init__(self, stores: Stores, settings: EngineSettings, models: Models | None = None) -> None:
        self._stores, self._settings, self._given = stores, settings, models
        self._terms = Terms()
        self._changing = threading.RLock()
        self._live: Live | None = None
        self._ready: tuple[ModelChoice, Models] | None = None
        self._serving: ModelChoice | None = None
        self._closing = threading.Event()
        self._watcher: threading.Thread | None = None

    @property
    def opened(self) -> Live | None:
        """The generation in service, None before the first use."""
        return self._live

    def live(self, progress: Progress = no_progress) -> Live:
        """The generation in service, opened, healed or built on first use.

        Raises NotFoundError or ModelError in a process that may not build what is missing.
        """
        live = self._live
        if live is not None:
            return live
        with self._changing:
            if self._live is None:
                self._live = self._open(progress)
            return self._live

    def build(self, progress: Progress = no_progress, force: bool = False) -> BuildReport:
        """Bring the index up to date: by catching up where that will do, else by building beside and swapping."""
        started = time.perf_counter()
        if not self._stores.keeper:
            self._leave_to_keeper()
            return self._report("left to the process that keeps it", started)
        with self._changing:
            models, maps = self._models(progress), self._maps(progress)
            if not force and not self._fit_due(models) and self._use_present(models, maps, progress):
                return self._report("caught up", started)
            fitted = self._build_and_swap(models, progress)
            return self._report("built", started, fitted)

    def fit(self, progress: Progress = no_progress) -> BuildReport:
        """Fit the alignment and the photo metric on this shop's own photos and texts, then build.

        Raises StorageError in a process that does not keep the index.
        """
        started = time.perf_counter()
        if not self._stores.keeper:
            raise StorageError(
                f"{self._stores.folder.root}: another process keeps the index; stop it first, or fit there"
            )
        with self._changing:
            fitted = self._build_and_swap(self._models(progress), progress, always_fit=True)
            return self._report("built", started, fitted)

    def notify(self) -> None:
        """Something was written by this process."""
        live = self._live
        if live is not None and live.keep_up is not None:
            live.keep_up.notify()

    def watch(self) -> None:
        """Follow other processes' choice of models, building and swapping when it changes. For long-running ones."""
        if self._stores.keeper and self._given is None and self._watcher is None:
            self._watcher = threading.Thread(target=self._watch, name="watch-models", daemon=True)
            self._watcher.start()

    def close(self) -> None:
        """Stop following and write what is only in memory."""
        self._closing.set()
        if self._watcher is not None:
            self._watcher.join()
        with self._changing:
            if self._live is not None:
                self._live.close()
                self._live = None

    def _open(self, progress: Progress) -> Live:
        models, maps = self._models(progress), self._maps(progress)
        if not self._stores.keeper:
            return self._open_as_guest(models, maps)
        try:
            if not self._use_present(models, maps, progress):
                self._build_and_swap(models, progress)
        except DiskFullError as error:
            if self._live is None:
                raise
            log.error("the index stands still: %s", error)
        if self._live is None:
            raise ArtefactError(f"{self._stores.folder.index}: the index could not be put in service")
        return self._live

    def _open_as_guest(self, models: Models, maps: Maps) -> Live:
        present = self._reopen(models, maps)
        if present is None:
            raise NotFoundError(f"{self._stores.folder.root}: has no index yet; the process that writes it makes one")
        if not present.fits(fingerprints_of(models, maps)):
            raise ModelError("the index was built with other models, and another process keeps it")
        return present

    def _use_present(self, models: Models, maps: Maps, progress: Progress) -> bool:
        """Bring what is there up to date and put it in service; False where it has to be built anew."""
        present = self._live or self._reopen(models, maps)
        if present is None:
            return False
        if present.fits(fingerprints_of(models, maps)) and self._bring_up(present, progress):
            return True
        if present is not self._live:
            present.close()
        return False

    def _reopen(self, models: Models, maps: Maps) -> Live | None:
        """The generation on disk; None where there is none, or where it is torn and can be built again."""
        try:
            folder = current_generation(self._stores)
            return None if folder is None else self._open_generation(folder, models, maps)
        except ArtefactError as error:
            if not self._stores.keeper:
                raise
            log.warning("the index is built again: %s", error)
            return None

    def _open_generation(self, folder: Path, models: Models, maps: Maps) -> Live:
        return Live.open(folder, self._stores, models, maps, self._terms, self._settings.read)

    def _build_and_swap(self, models: Models, progress: Progress, always_fit: bool = False) -> str:
        """Build beside what is in service, take in what was written meanwhile, and swap."""
        stores = self._stores
        choice = self._chosen()
        maker = DocumentMaker(stores, models, self._maps(progress), self._terms)
        encode_all(stores, maker, progress)
        fitted = ""
        if always_fit or self._fit_due(models):
            fitted = fit_maps(stores, maker, progress)
            maker = DocumentMaker(stores, models, self._maps(progress), self._terms)
        folder = build_generation(stores, maker, fingerprints_of(models, maker.maps), progress)
        live = None
        try:
            live = self._open_generation(folder, models, maker.maps)
            self._catch_up(live, progress)
            if self._given is None and choice != read_choice(stores.folder.models):
                write_choice(stores.folder.models, choice)
            swap_in(stores, folder)
        except BaseException:
            # Half of a build would only take the room that is missing.
            if live is not None:
                with suppress(StorageError):
                    live.close()
            discard(folder)
            raise
        old = self._live
        self._serve(live)
        if old is not None:
            with suppress(StorageError):
                old.close()
        remove_others(stores)
        return fitted

    def _bring_up(self, live: Live, progress: Progress) -> bool:
        """Catch up and put in service; False where building anew is quicker, or the log no longer reaches back."""
        view = live.index.view()
        behind = self._stores.products.last_seq() - view.applied
        if behind > max(REBUILD_ABOVE, view.size // 2):
            return False
        try:
            self._catch_up(live, progress)
        except ArtefactError as error:
            log.warning("the index is built again: %s", error)
            return False
        except DiskFullError:
            # What is there answers searches meanwhile, and is brought up when there is room.
            self._serve(live)
            raise
        self._serve(live)
        return True

    def _catch_up(self, live: Live, progress: Progress) -> None:
        if live.keep_up is not None and live.keep_up.running:
            live.keep_up.wait_until(self._stores.products.last_seq())
            return
        products, index = self._stores.products, live.index
        first = index.view().applied
        # Who writes without a pause is never caught up with: what is left after a few rounds the follower takes.
        for _ in range(CATCH_UP_ROUNDS):
            last = products.last_seq()
            while (applied := index.view().applied) < last:
                progress("catching up", applied - first, last - first)
                if not catch_up(products, index, live.maker.make):
                    break
        index.checkpoint()

    def _serve(self, live: Live) -> None:
        self._live = live
        self._serving = None if self._ready is None else self._ready[0]
        if live.keep_up is not None and not live.keep_up.running:
            live.keep_up.start()

    def _fit_due(self, models: Models) -> bool:
        return self._settings.fit and fit_due(self._stores, models)

    def _chosen(self) -> ModelChoice:
        settings = self._settings
        kept = read_choice(self._stores.folder.models)
        return kept.overridden(settings.text_model, settings.image_model, settings.joint_model)

    def _models(self, progress: Progress) -> Models:
        if self._given is not None:
            return self._given
        choice = self._chosen()
        if self._ready is None or self._ready[0] != choice:
            self._ready = choice, open_models(choice, self._settings.models, progress)
        return self._ready[1]

    def _maps(self, progress: Progress) -> Maps:
        folder, models = self._stores.folder, self._models(progress)
        try:
            return load_maps(folder, models)
        except ArtefactError as error:
            if not self._stores.keeper:
                raise
            log.warning("the maps of this shop are given up, and fitted again: %s", error)
            discard(folder.alignment)
            return load_maps(folder, models)

    def _leave_to_keeper(self) -> None:
        """Say which models are wanted; the process that keeps the index finds it there."""
        choice = self._chosen()
        if choice != read_choice(self._stores.folder.models):
            write_choice(self._stores.folder.models, choice)

    def _report(self, action: str, started: float, fitted: str = "") -> BuildReport:
        applied = self._live.index.view().applied if self._live is not None else 0
        return BuildReport(action, self._stores.products.count(), time.perf_counter() - started, applied, fitted)

    def _watch(self) -> None:
        refused: ModelChoice | None = None
        while not self._closing.wait(WATCH_SECONDS):
            try:
                choice = self._chosen()
                if self._live is None or choice in (self._serving, refused):
                    continue
                refused = choice
                log.info("other models were chosen: building beside the index in service")
                self.build()
            except StorageError as error:
                log.error("the models that were chosen are not in service yet: %s", error)
                refused = None
                self._closing.wait(RETRY_SECONDS)
            except BowerbirdError as error:
                log.error("the models that were chosen cannot be used: %s", error)
