"""The facade: about ten methods that only call flows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from bowerbird.catalog.flow import ImportOptions, ImportTarget, import_catalogue
from bowerbird.catalog.report import ImportReport
from bowerbird.domain.errors import NotFoundError
from bowerbird.domain.event import Event, Who
from bowerbird.domain.explained import Explained
from bowerbird.domain.filters import Filter
from bowerbird.domain.ports import IndexView
from bowerbird.domain.product import Product
from bowerbird.domain.query import Query
from bowerbird.domain.recommendation import PageKind, Recommendations, RecommendedPage, RecommendRequest
from bowerbird.domain.results import Results
from bowerbird.domain.rules import Rule
from bowerbird.domain.understanding import Understanding
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.engine.capabilities import Capabilities
from bowerbird.engine.evaluating import SEARCH, evaluate_setting
from bowerbird.engine.experimenting import Trial, part_of
from bowerbird.engine.experiments import Experiments
from bowerbird.engine.explaining import Explainer
from bowerbird.engine.generations import BuildReport
from bowerbird.engine.hearing import Heard, choose
from bowerbird.engine.keeper import Keeper
from bowerbird.engine.listening import Listener
from bowerbird.engine.paging import photo_addresses
from bowerbird.engine.product_vectors import product_vectors
from bowerbird.engine.profiles import Profiles
from bowerbird.engine.rank_training import RankTraining
from bowerbird.engine.ranker_shelf import RankerShelf
from bowerbird.engine.ranking import Ranker
from bowerbird.engine.reading import load_synonyms, save_synonyms
from bowerbird.engine.recommender_shelf import RecommenderShelf
from bowerbird.engine.recommender_training import RecommenderTraining
from bowerbird.engine.recommending import Recommending
from bowerbird.engine.recording import Recording, ShopperExport
from bowerbird.engine.rule_books import RuleBooks
from bowerbird.engine.rules_trial import RulesTrial, try_rules
from bowerbird.engine.searching import Search
from bowerbird.engine.settings import EngineSettings
from bowerbird.engine.shopper_tastes import TastePanel
from bowerbird.engine.similar import find_similar_products
from bowerbird.engine.status import shop_status
from bowerbird.engine.stores import Stores
from bowerbird.engine.writing import Writing
from bowerbird.events.erasing import Erased
from bowerbird.events.writing import Recorded
from bowerbird.measure.flow import Report
from bowerbird.present.product_page import ProductPage, make_page, page_photos
from bowerbird.rank.rules import RuleBook
from bowerbird.storage import snapshot
from bowerbird.storage.photos import media_type
from bowerbird.storage.products import PutOutcome
from bowerbird.storage.rules import RuleChange, RuleVersion
from bowerbird.storage.snapshot import SnapshotReport
from bowerbird.storage.thumbnails import Thumbnails
from bowerbird.understand.synonyms import SynonymSets
from bowerbird.understand.vocabulary import Phrase


class Engine:
    """One open shop; safe from many threads. Made by ``assemble.open_shop``; close it."""

    def __init__(self, stores: Stores, keeper: Keeper, settings: EngineSettings) -> None:
        self._stores, self._keeper, self._settings = stores, keeper, settings
        self._listener = Listener(stores, settings.listen)
        self._ranker = Ranker(stores.folder, settings.rank, stores.products, settings.models)
        self._writing = Writing(stores, keeper, fetch_photos=settings.fetch_photos)
        self._explainer = Explainer(stores, settings.retrieve)
        self._books = RuleBooks(stores.rules, self._ranker.faults)
        self.experiments = Experiments(stores.experiments, stores.folder, self._ranker.faults)
        self.rankers = RankerShelf(stores.folder, self.experiments.models)
        self.recommenders = RecommenderShelf(stores.folder)
        self.recommender_training = RecommenderTraining(
            stores.events, stores.folder, self.recommenders, lambda ids: product_vectors(self.live_view(), ids)
        )
        self.events = Recording(stores.events, settings.keep_days, keeper=stores.keeper)
        self.profiles = Profiles.open(stores, keeper.live, settings.profiles)
        faults = self._ranker.faults
        self.recommending = Recommending(stores, keeper, self.profiles, self._books, faults, settings.recommend)
        for part in (self.experiments, self.profiles, self.recommending):
            self.events.register(part)
        self.tastes = TastePanel(self.profiles, stores)

    def search(self, query: Query) -> Results:
        """Find products by words, photos or both. Raises InputError for an unknown field, PhotoError."""
        results = self._search_under(query, self._books.current())
        if query.page == 1:
            self._ranker.count_shown([hit.product for hit in results.hits])
        return results

    def explain(self, query: Query, product_id: str) -> Explained:
        """Why a product stands where it does in a search, or is not there. Raises NotFoundError, and as ``search``."""
        # A shopper in an experiment saw the order of its arm.
        ranker = self._trial_of(query) or self._ranker
        affinity = self.profiles.affinity_of(query, self._ranker.faults)
        return self._explainer.explain(self._keeper.live(), query, product_id, ranker, self._books.current(), affinity)

    def similar(self, product_id: str, per_page: int = 12, filters: Filter | None = None, lang: str = "") -> Results:
        """Products like one, by its photos and texts. Raises NotFoundError."""
        return find_similar_products(self._keeper.live(), self._stores, product_id, per_page, filters, lang)

    def recommend(self, request: RecommendRequest) -> Recommendations:
        """The list of a surface, each product with its reason. Raises InputError, NotFoundError."""
        return self.recommending.recommend(request)

    def recommend_page(self, kind: PageKind, request: RecommendRequest) -> RecommendedPage:
        """The lists of a page, the one first that this shopper is likeliest to want. Raises as ``recommend``."""
        return self.recommending.page(kind, request)

    def understand(self, text: str) -> Understanding:
        """What a shopper's words mean in this shop. Never raises for what was typed."""
        live = self._keeper.live()
        return live.reader.read(text, live.index.view())

    @property
    def speech_languages(self) -> tuple[str, ...]:
        """The languages that are understood aloud with what is installed."""
        return self._listener.languages

    def transcribe(self, clip: bytes, language: str = "") -> Heard:
        """What is said in a clip, in this shop's words. Raises AudioError, MissingExtraError."""
        live = self._keeper.live()
        view = live.index.view()
        transcript = self._listener.transcribe(clip, language)
        return choose(transcript, lambda text: live.reader.read(text, view, asking=False), live.spelling.knows)

    @property
    def synonyms(self) -> SynonymSets:
        """The merchant's own synonyms."""
        return load_synonyms(self._stores.folder.synonyms)

    def set_synonyms(self, sets: SynonymSets) -> None:
        """Replace the merchant's synonyms, kept on return and used by the next search. Raises StorageError."""
        save_synonyms(self._stores.folder.synonyms, sets)
        live = self._keeper.opened
        if live is not None:
            live.reader.renew(live.index.view())

    @property
    def rules(self) -> RuleVersion:
        """The merchandising rules in force. Raises ArtefactError where they cannot be read."""
        return self._stores.rules.current()

    def set_rules(self, rules: Sequence[Rule], author: str, note: str = "", expected: int | None = None) -> RuleVersion:
        """Put a whole set of rules in force, durable on return; ``expected`` is the version that was seen.

        Raises InputError where another one is in force, StorageError.
        """
        version = self._stores.rules.replace(rules, author, note, expected=expected)
        self._books.renew()
        return version

    def rules_history(self, limit: int = 100) -> list[RuleChange]:
        """The latest changes of the rules, newest first."""
        return self._stores.rules.history(limit)

    def undo_rules(self, author: str, expected: int | None = None) -> RuleVersion:
        """Put the rules before the latest change in force again. Raises NotFoundError, InputError as ``set_rules``."""
        version = self._stores.rules.undo(author, expected=expected)
        self._books.renew()
        return version

    def try_rules(
        self, query: Query, draft: Sequence[Rule] | None = None, first: int = 10, at: datetime | None = None
    ) -> RulesTrial:
        """A search under the rules in force and under a draft; without one under none and under those in force."""
        return try_rules(self._search_under, query, self._books.current(), draft, first=first, at=at)

    def suggest(self, prefix: str, limit: int = 8) -> list[Phrase]:
        """What the shopper may be about to type."""
        return self._keeper.live().suggester.suggest(prefix, limit)

    def product(self, product_id: str) -> Product:
        """One product as it is stored. Raises NotFoundError."""
        stored = self._stores.products.get(product_id)
        if stored is None:
            raise NotFoundError(f"no product {product_id[:200]!r}")
        return stored.product

    def product_page(self, product_id: str, lang: str = "") -> ProductPage:
        """One product as its own page shows it, in a language where it has it. Raises NotFoundError."""
        product = self.product(product_id)
        return make_page(product, lang, photo_addresses(self._stores.photos, page_photos(product)))

    def put(self, products: Sequence[Product]) -> list[PutOutcome]:
        """Write products, durable on return and found by searches within a second."""
        return self._writing.put(products)

    def patch(self, product_id: str, record: Mapping[str, Any]) -> Product:
        """Change the fields given, durable on return. Raises NotFoundError, InputError."""
        return self._writing.patch(product_id, record)

    def delete(self, ids: Sequence[str]) -> list[bool]:
        """Delete products, durable on return; for each id whether there was one."""
        return self._writing.delete(ids)

    def record_events(self, events: Sequence[Event]) -> list[Recorded]:
        """Keep what shoppers did, durable on return; an event that is there by its id is kept once."""
        return self.events.record(events)

    def erase_shopper(self, who: Who) -> Erased:
        """Leave nothing of a shopper, in whatever part of the shop."""
        return self.events.erase(self.events.log.keys(who))

    def export_shopper(self, who: Who) -> ShopperExport:
        """Everything that is kept of a shopper, in whatever part of the shop."""
        return self.events.export(self.events.log.keys(who))

    def import_catalogue(
        self, source: Path, options: ImportOptions | None = None, progress: Progress = no_progress
    ) -> ImportReport:
        """Bring a catalogue in; ``build`` afterwards makes it found at once."""
        folder = self._stores.folder
        target = ImportTarget(self._stores.products, self._stores.photos, folder.rejects, folder.root / "fetched.json")
        report = import_catalogue(
            source, target, options, lambda report: progress("reading products", report.read, None)
        )
        self._stores.products.renew(report.renewed)
        self._keeper.notify()
        return report

    def build(self, progress: Progress = no_progress, force: bool = False) -> BuildReport:
        """Encode what is missing and bring the index up to date, with ``force`` from nothing."""
        return self._keeper.build(progress, force)

    def fit(self, progress: Progress = no_progress) -> BuildReport:
        """Fit the alignment and the photo metric on this shop's own products, and build with them."""
        return self._keeper.fit(progress)

    def evaluate(self, judgements: Path, *, setting: str = SEARCH, progress: Progress = no_progress) -> Report:
        """Measure the search against judgements, as shoppers get it or by another of ``evaluating.SETTINGS``."""
        live = self._keeper.live(progress)
        return evaluate_setting(
            live, self._stores, self._settings, self._ranker, judgements, setting=setting, progress=progress
        )

    @property
    def ranker(self) -> Ranker:
        """What searches are ranked with, and the merchant's settings of it."""
        return self._ranker

    def ranker_training(self, progress: Progress = no_progress) -> RankTraining:
        """What trains a ranker from judgements, clicks or both, and puts it in use when it wins offline."""
        return RankTraining(self._keeper.live(progress), self._stores, self._settings, self.rankers, self._ranker)

    def snapshot(self, target: Path, progress: Progress = no_progress) -> SnapshotReport:
        """Copy the shop, as it is now, to a folder that is itself a snapshot to restore from."""
        live = self._keeper.opened
        if live is not None and self._stores.keeper:
            live.index.checkpoint()
        return snapshot.take(self._stores.folder, target, lambda done, total: progress("copying", done, total))

    def fields(self) -> Mapping[str, str]:
        """What filters and facets know, with each field's kind."""
        return self.live_view().fields()

    def capabilities(self) -> Capabilities:
        """What a page may offer over this shop."""
        return Capabilities.of(self.live_view(), self.speech_languages)

    def live_view(self) -> IndexView:
        """The newest view of the index, for measuring it."""
        return self._keeper.live().index.view()

    def photo(self, digest: str) -> tuple[Path, str]:
        """The file of a stored photo and its media type. Raises NotFoundError."""
        path = self._stores.photos.path(digest)
        return path, media_type(path)

    @property
    def thumbnails(self) -> Thumbnails:
        """Small copies of the stored photos."""
        return self._stores.thumbnails

    def status(self) -> dict[str, Any]:
        """How the shop and its ranking stand; ``ready`` says that searches are answered."""
        ranking, recommending = self._ranker.status(self._books.current().version), self.recommending.status()
        return {**shop_status(self._stores, self._keeper.opened), "ranking": ranking, "recommending": recommending}

    def start(self, progress: Progress = no_progress, *, listening: bool = False) -> None:
        """Open the index now rather than with the first search, and follow what other processes choose.

        With ``listening`` what clips are heard with is made beside, so that the first one is not waited for.
        """
        live = self._keeper.live(progress)
        live.reader.warm(live.index.view())
        self._ranker.renew()
        if listening and self.speech_languages:
            self._listener.warm()
        self._keeper.watch()
        self.events.watch()
        self.profiles.follow()
        self.recommending.start()

    def close(self) -> None:
        """Write what is only in memory and let go of the shop."""
        with ExitStack() as left:
            for part in (self._stores, self._keeper, self.profiles, self.recommending, self.events):
                left.callback(part.close)

    def _search_under(self, query: Query, book: RuleBook) -> Results:
        """``search`` under given rules."""
        live, retrieve, trial = self._keeper.live(), self._settings.retrieve, self._trial_of(query)
        affinity = self.profiles.affinity_of(query, self._ranker.faults)
        search = Search(live, self._stores, retrieve, query, trial or self._ranker, book, affinity)
        results = search.run()
        return results if trial is None else trial.tell(results, search.shown)

    def _trial_of(self, query: Query) -> Trial | None:
        return part_of(query, self.experiments.running, self._ranker) if query.shopper else None
