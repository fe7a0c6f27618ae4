"""The life of a shop's index in this process: opening, healing, building beside, swapping, following."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from bowerbird.domain.errors import ArtefactError, ModelError, NotFoundError
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.encode.terms import Terms
from bowerbird.engine.documents import DocumentMaker, Maps
from bowerbird.engine.generations import BuildReport, build_generation, current_generation, encode_all, swap_in
from bowerbird.engine.keep_up import catch_up
from bowerbird.engine.live import Live, fingerprints_of
from bowerbird.engine.maps import fit_due, fit_maps, load_maps
from bowerbird.engine.models import ModelChoice, Models, open_models, read_choice, write_choice
from bowerbird.engine.settings import EngineSettings
from bowerbird.engine.stores import Stores

REBUILD_ABOVE = 5_000
"""With more changes than this, and than half the shop, building anew is quicker than catching up."""
WATCH_SECONDS = 1.0

log = logging.getLogger(__name__)


class Keeper:
    """Hands out the generation in service. The one process that holds the shop's lock also changes it."""

    def __init__(self, stores: Stores, settings: EngineSettings, models: Models | None = None) -> None:
        self._stores, self._settings, self._given = stores, settings, models
        self._terms = Terms()
        self._changing = threading.RLock()
        self._live: Live | None = None
        self._choice: ModelChoice | None = None
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
            present = self._live or (None if force else self._reopen(models, maps))
            usable = present is not None and not force and present.fits(fingerprints_of(models, maps))
            if present is not None and usable and not self._fit_due(models) and self._bring_up(present, progress):
                return self._report("caught up", started)
            fitted = self._build_and_swap(models, progress)
            return self._report("built", started, fitted)

    def fit(self, progress: Progress = no_progress) -> BuildReport:
        """Fit the alignment and the photo metric on this shop's own photos and texts, then build."""
        started = time.perf_counter()
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
        if self._stores.keeper and self._watcher is None:
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
        present = self._reopen(models, maps)
        if present is None and not self._stores.keeper:
            raise NotFoundError(f"{self._stores.folder.root}: has no index yet; the process that writes it makes one")
        if present is not None and not present.fits(fingerprints_of(models, maps)):
            if not self._stores.keeper:
                raise ModelError("the index was built with other models, and another process keeps it")
            present.close()
            present = None
        if present is not None and not self._stores.keeper:
            return present
        if present is None or not self._bring_up(present, progress):
            self._build_and_swap(models, progress)
        if self._live is None:
            raise ArtefactError(f"{self._stores.folder.index}: the index could not be put in service")
        return self._live

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
        return Live.open(folder, self._stores, models, maps, self._terms)

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
        live = self._open_generation(folder, models, maker.maps)
        self._catch_up(live, progress)
        if self._given is None and choice != read_choice(stores.folder.models):
            write_choice(stores.folder.models, choice)
        old, self._live = self._live, live
        self._follow(live)
        if old is not None:
            old.close()
        swap_in(stores, folder)
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
        self._live = live
        self._follow(live)
        return True

    def _catch_up(self, live: Live, progress: Progress) -> None:
        if live.keep_up is not None and live.keep_up.running:
            live.keep_up.wait_until(self._stores.products.last_seq())
            return
        first, last = live.index.view().applied, self._stores.products.last_seq()
        while catch_up(self._stores.products, live.index, live.maker.make):
            progress("catching up", live.index.view().applied - first, max(last, live.index.view().applied) - first)
        live.index.checkpoint()

    def _follow(self, live: Live) -> None:
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
        if self._live is not None and choice == self._choice:
            return self._live.models
        models = open_models(choice, self._settings.models, progress)
        self._choice = choice
        return models

    def _maps(self, progress: Progress) -> Maps:
        return load_maps(self._stores.folder, self._models(progress))

    def _leave_to_keeper(self) -> None:
        """Say which models are wanted; the process that keeps the index finds it there."""
        choice = self._chosen()
        if choice != read_choice(self._stores.folder.models):
            write_choice(self._stores.folder.models, choice)

    def _report(self, action: str, started: float, fitted: str = "") -> BuildReport:
        applied = self._live.index.view().applied if self._live is not None else 0
        return BuildReport(action, self._stores.products.count(), time.perf_counter() - started, applied, fitted)

    def _watch(self) -> None:
        while not self._closing.wait(WATCH_SECONDS):
            live = self._live
            if live is None or self._chosen() == self._choice or self._given is not None:
                continue
            try:
                log.info("other models were chosen: building beside the index in service")
                self.build()
            except (ModelError, ArtefactError) as error:
                log.error("the models that were chosen cannot be used: %s", error)
                self._choice = self._chosen()
