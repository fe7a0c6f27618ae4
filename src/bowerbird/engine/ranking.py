"""What a shop ranks with: its learned model, what clicks say and the merchant's settings, as its folder has them.

All are read from the folder, and again when they change there, whichever process changed them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from bowerbird.domain.errors import ArtefactError
from bowerbird.domain.ports import IndexView
from bowerbird.domain.product import Product
from bowerbird.encode.models import ModelSettings
from bowerbird.engine.ranking_file import load_knobs, save_knobs
from bowerbird.engine.second_look import SecondLooks
from bowerbird.rank.behaviour import Behaviour
from bowerbird.rank.exposure import ExposureLedger
from bowerbird.rank.faults import Faults
from bowerbird.rank.flow import Ranked, RankParts, RankSettings, rank, unranked
from bowerbird.rank.knobs import Value, apply
from bowerbird.rank.model import RankModel
from bowerbird.rank.question import Question
from bowerbird.retrieve.candidates import Candidates
from bowerbird.storage import artefacts
from bowerbird.storage.products import ProductStore
from bowerbird.storage.shop_folder import ShopFolder

LOOK_SECONDS = 1.0
"""How often the folder is looked at for what another process promoted or set."""
SELLERS_SHOWN = 20

_Part = TypeVar("_Part", RankModel, Behaviour)


@dataclass(frozen=True, slots=True)
class _Now:
    """What is ranked with, read together: ``given`` is what the merchant set, ``stamps`` what the files said."""

    parts: RankParts
    settings: RankSettings
    given: Mapping[str, Value] = field(default_factory=dict)
    stamps: tuple[str, str, str] | None = None


class Ranker:
    """Hands out what to rank with. Safe from many threads; a part that cannot be read is noted and left out."""

    def __init__(
        self,
        folder: ShopFolder,
        settings: RankSettings,
        products: ProductStore | None = None,
        models: ModelSettings | None = None,
    ) -> None:
        """Without ``products`` no cross-encoder looks; ``models`` says where a converted one is kept."""
        self._folder, self._base = folder, settings
        self._lock = threading.Lock()
        self.faults = Faults()
        """What ranking got over since the shop was opened."""
        self._now = _Now(RankParts(faults=self.faults), settings)
        self._looks = None if products is None else SecondLooks(products, models or ModelSettings(), self.faults)
        self._ledger = ExposureLedger()
        self._looked_at = 0.0

    @property
    def settings(self) -> RankSettings:
        """The defaults under what the merchant set."""
        return self._current().settings

    @property
    def given(self) -> Mapping[str, Value]:
        """What the merchant set, by dotted name."""
        return self._current().given

    @property
    def parts(self) -> RankParts:
        """The promoted model, the clicks and the second look of now."""
        return self._with_look(self._current().parts)

    def rank(self, view: IndexView, candidates: Candidates, question: Question) -> Ranked:
        """Candidates in the order of what this shop ranks with; whatever fails, there is an order."""
        now = self._current()
        try:
            return rank(view, candidates, question, now.settings, self._with_look(now.parts))
        except Exception as error:  # a shopper is owed an answer whatever is wrong with the ranking
            self.faults.note("ranking", error)
        try:
            return rank(view, candidates, question, self._base, RankParts(faults=self.faults))
        except Exception as error:  # as above: retrieval's order is an answer
            self.faults.note("default score", error)
            return unranked(candidates)

    def without_model(self) -> GivenRanker:
        """One that ranks by the default score, with everything else as here."""
        return GivenRanker(self.settings, replace(self.parts, model=None))

    def set(self, given: Mapping[str, Value]) -> None:
        """Put a merchant's settings, by dotted name and checked, in the place of those before. Raises StorageError."""
        save_knobs(self._folder.rank_settings, given)
        self.renew()

    def renew(self) -> None:
        """Look at once."""
        with self._lock:
            self._looked_at = time.monotonic()
            self._look()

    def count_shown(self, products: Sequence[Product]) -> None:
        """Count who sells what a first page shows, where the merchant said which field tells it."""
        seller = self._now.settings.variety.seller
        if seller and products:
            self._ledger.add([seller_of(product, seller) for product in products])

    def status(self, rules: int) -> dict[str, Any]:
        """How the ranking stands, under a version of the rules."""
        now = self._current()
        model, seller = now.parts.model, now.settings.variety.seller
        shares = islice(self._ledger.shares().items(), SELLERS_SHOWN)
        return {
            "by": "default" if model is None else "learned",
            "model": None if model is None else {"signals": len(model.names), **model.seen},
            "clicked_products": len(now.parts.behaviour.products),
            "rules": rules,
            "settings": dict(now.given),
            "cross_encoder": self._told_of_look(now.settings.cross_encoder),
            "faults": dict(self.faults.counts),
            "exposure": {name: round(share, 4) for name, share in shares} if seller else {},
        }

    def _told_of_look(self, name: str) -> dict[str, Any] | None:
        return {"model": name, "ready": self._looks is not None and self._looks.current is not None} if name else None

    def _current(self) -> _Now:
        if self._now.stamps is None or time.monotonic() - self._looked_at > LOOK_SECONDS:
            self.renew()
        return self._now

    def _with_look(self, parts: RankParts) -> RankParts:
        look = None if self._looks is None else self._looks.current
        return parts if look is None else replace(parts, second_look=look)

    def _look(self) -> None:
        folder, now = self._folder, self._now
        stamps = (
            _stamp(folder.rankers / artefacts.CURRENT),
            _stamp(folder.clicks / artefacts.CURRENT),
            _stamp(folder.rank_settings),
        )
        before = now.stamps or ("", "", "")
        if stamps == now.stamps:
            return
        parts, settings, given = now.parts, now.settings, now.given
        if stamps[0] != before[0]:
            parts = replace(parts, model=self._read(folder.rankers, RankModel, "model"))
        if stamps[1] != before[1]:
            parts = replace(parts, behaviour=self._read(folder.clicks, Behaviour, "clicks") or Behaviour())
        if stamps[2] != before[2]:
            try:
                given = load_knobs(folder.rank_settings)
                settings = apply(self._base, given)
            except ArtefactError as error:
                # What was set before stays in force.
                self.faults.note("settings", error)
        if settings.variety.seller != now.settings.variety.seller:
            self._ledger = ExposureLedger()
        if self._looks is not None:
            self._looks.choose(settings.cross_encoder, settings.reranking)
        self._now = _Now(parts, settings, given, stamps)

    def _read(self, root: Path, kind: type[_Part], part: str) -> _Part | None:
        try:
            folder = artefacts.current(root)
            return None if folder is None else kind.load(folder)
        except Exception as error:  # whatever a file from elsewhere makes numpy or LightGBM do
            self.faults.note(part, error)
            return None


@dataclass(frozen=True)
class GivenRanker:
    """Ranks by what it is given; stands where the ranker stands."""

    settings: RankSettings
    parts: RankParts

    @property
    def faults(self) -> Faults:
        """What ranking got over."""
        return self.parts.faults

    def rank(self, view: IndexView, candidates: Candidates, question: Question) -> Ranked:
        """Candidates in the order of the given parts."""
        return rank(view, candidates, question, self.settings, self.parts)


def seller_of(product: Product, name: str) -> str | None:
    """Who sells a product, by its brand or an attribute; None where it does not say."""
    folded = name.casefold()
    if folded == "brand":
        return product.brand or None
    value = product.attributes.get(name)
    if value is None:
        value = next((told for other, told in product.attributes.items() if other.casefold() == folded), None)
    if isinstance(value, tuple):
        value = value[0] if value else None
    return None if value is None or value == "" else str(value)


def _stamp(path: Path) -> str:
    """What a small file says; empty where there is none."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
