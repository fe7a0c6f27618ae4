"""Understanding for one generation in service: the shop's words, looked up anew as its products change."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import orjson

from bowerbird.domain.errors import ArtefactError, BowerbirdError
from bowerbird.domain.ports import Cut, IndexView, TextEncoder
from bowerbird.domain.product import Product
from bowerbird.domain.understanding import Understanding
from bowerbird.engine.stores import Stores
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.files import write_whole
from bowerbird.understand import intent, sentiment
from bowerbird.understand.conditions import ConditionSettings
from bowerbird.understand.flow import understand
from bowerbird.understand.knowledge import Knowledge, Minds, lexicon_table, make_knowledge
from bowerbird.understand.language_model import Rewriter, RewriterSettings
from bowerbird.understand.lexicon import load_lexicon
from bowerbird.understand.shop_words import read_shop_words
from bowerbird.understand.spelling import Spelling
from bowerbird.understand.synonyms import Synonyms, SynonymSets, read_synonyms

SAMPLE = 2_000
"""How many products are looked at for units and for the names of brands in other languages."""
FRESH_SECONDS = 10.0
"""A shop's words are looked up anew at most this often."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ReadSettings:
    """How queries are read."""

    conditions: ConditionSettings = field(default_factory=ConditionSettings)
    rewriter: RewriterSettings = field(default_factory=RewriterSettings)
    """A language model that may add wordings; without an address there is none."""


class Reader:
    """Reads queries for one shop. Safe from many threads; the first use looks the shop's words up."""

    def __init__(
        self,
        stores: Stores,
        spelling: Spelling,
        cut: Cut,
        encoder: TextEncoder | None,
        settings: ReadSettings,
    ) -> None:
        self._stores, self._spelling = stores, spelling
        self._cut, self._encoder, self.settings = cut, encoder, settings
        self._rewrite = Rewriter(settings.rewriter).rewrite if settings.rewriter.address else None
        self._making = threading.Lock()
        self._knowledge: Knowledge | None = None
        self._applied, self._made_at = -1, 0.0

    def read(
        self, q: str, view: IndexView, *, correcting: bool = True, unfinished: bool = False, asking: bool = True
    ) -> Understanding:
        """What a query means, over the products of a view."""
        return understand(
            q,
            self.knowledge(view),
            lambda term: view.document_frequency(term) > 0,
            correcting=correcting,
            unfinished=unfinished,
            asking=asking,
        )

    def knowledge(self, view: IndexView) -> Knowledge:
        """What queries are read with; made anew beside the searches when products have changed since."""
        knowledge = self._knowledge
        if knowledge is None:
            with self._making:
                if self._knowledge is None:
                    self._knowledge = self._make(view)
                return self._knowledge
        if view.applied != self._applied and time.monotonic() - self._made_at > FRESH_SECONDS:
            self._made_at = time.monotonic()
            threading.Thread(target=self._renew, args=(view,), name="shop-words", daemon=True).start()
        return knowledge

    def warm(self, view: IndexView) -> None:
        """Make what the first query would otherwise wait for, about two seconds of work, in a thread of its own."""
        threading.Thread(target=self._warm, args=(view,), name="shop-words", daemon=True).start()

    def _warm(self, view: IndexView) -> None:
        try:
            self.knowledge(view).sounds.warm()
            self.read("红色 dress 👗 under 50", view, unfinished=True)
        except BowerbirdError as error:
            log.warning("the shop's words could not be looked up: %s", error)

    def renew(self, view: IndexView) -> None:
        """Take in what has changed at once: synonyms, or products."""
        with self._making:
            self._knowledge = self._make(view)

    def _renew(self, view: IndexView) -> None:
        try:
            self.renew(view)
        except BowerbirdError as error:
            log.warning("the shop's words could not be looked up anew: %s", error)

    def _make(self, view: IndexView) -> Knowledge:
        self._applied, self._made_at = view.applied, time.monotonic()
        shop = read_shop_words(view, load_lexicon(), lexicon_table(), self._sample())
        return make_knowledge(
            self._spelling,
            shop,
            self._cut,
            Minds(intent.load().predict, sentiment.load().score, self._encoder, self._rewrite),
            Synonyms(load_synonyms(self._stores.folder.synonyms)),
            self.settings.conditions,
        )

    def _sample(self) -> list[Product]:
        batches = self._stores.products.iterate(batch=SAMPLE)
        return [stored.product for batch in islice(batches, 1) for stored in batch]


def load_synonyms(path: Path) -> SynonymSets:
    """The merchant's synonyms, none where there are none. Raises ArtefactError for a file that is torn."""
    try:
        return read_synonyms(orjson.loads(path.read_bytes()), str(path))
    except FileNotFoundError:
        return SynonymSets()
    except (OSError, ValueError, BowerbirdError) as error:
        raise ArtefactError(f"{path}: is torn: {error}") from error


def save_synonyms(path: Path, sets: SynonymSets) -> None:
    """Keep the merchant's synonyms. Raises StorageError."""
    with storage_faults(path):
        write_whole(path, orjson.dumps(sets.as_json(), option=orjson.OPT_INDENT_2))
