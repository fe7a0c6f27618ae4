"""Recommendations of an open shop: one list, or the lists of a page in the order that the bandit has them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from bowerbird.domain.errors import InputError
from bowerbird.domain.event import Who
from bowerbird.domain.ports import IndexView
from bowerbird.domain.recommendation import (
    PageKind,
    Recommendations,
    RecommendedPage,
    RecommendRequest,
    Surface,
)
from bowerbird.engine.keeper import Keeper
from bowerbird.engine.live_state import LiveState, LiveStateSettings
from bowerbird.engine.mixer_training import MixerTraining
from bowerbird.engine.profiles import Profiles
from bowerbird.engine.recommended_lists import RecommendedLists
from bowerbird.engine.recommender_models import RecommenderModels
from bowerbird.engine.recommender_updates import RecommenderUpdates, UpdateThread
from bowerbird.engine.rule_books import RuleBooks
from bowerbird.engine.stores import Stores
from bowerbird.profile.profile import Profile
from bowerbird.rank.faults import Faults
from bowerbird.recommend.asked import Shop
from bowerbird.recommend.asking import Rules
from bowerbird.recommend.bandit import Shown
from bowerbird.recommend.page import context_of, surfaces_for
from bowerbird.recommend.shopper import Shopper

MOST = 100
MOST_IN_CART = 100


class Recommending:
    """Answers requests for recommendations. Safe from many threads; an eraser."""

    name = "baskets"

    def __init__(
        self,
        stores: Stores,
        keeper: Keeper,
        profiles: Profiles,
        books: RuleBooks,
        faults: Faults,
        settings: LiveStateSettings,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._stores, self._keeper, self._profiles = stores, keeper, profiles
        self._books, self._faults, self._clock = books, faults, clock
        folder = stores.folder.live_counts
        self.state = LiveState(folder, stores.events, self._view, settings, keeps=stores.keeper, clock=clock)
        self.models = RecommenderModels(stores.folder.recommenders, stores.folder.mixer, faults)
        self._updates = RecommenderUpdates(stores.events, lambda: self.state.counts, settings.updates)
        self._teaching = threading.Lock()
        self._updating = UpdateThread(self.update_models, settings.updates.seconds)

    def recommend(self, request: RecommendRequest) -> Recommendations:
        """The list of a surface. Raises InputError for a wrong limit or filter, NotFoundError, StorageError."""
        started = time.perf_counter()
        _check(request)
        shopper = self._shopper(request.who)
        shown = Shown(request.surface, 0, context_of(request, shopper))
        made = self._lists(self._shop(), shopper).make(request, shown)
        return replace(made, took_ms=1000 * (time.perf_counter() - started))

    def page(self, kind: PageKind, request: RecommendRequest) -> RecommendedPage:
        """The lists of a page; the request's own surface does not count. Raises as ``recommend``."""
        started = time.perf_counter()
        _check(request, kind)
        shopper, shop = self._shopper(request.who), self._shop()
        lists, context = self._lists(shop, shopper), context_of(request, shopper)
        order, chances = shop.live.bandit.order(surfaces_for(kind, shopper), context, lists.random())
        made: list[Recommendations] = []
        for surface, chance in zip(order, chances, strict=True):
            one = lists.make(replace(request, surface=surface), Shown(surface, len(made) + 1, context, chance))
            if one.hits:
                made.append(replace(one, propensity=chance))
        return RecommendedPage(kind, tuple(made), 1000 * (time.perf_counter() - started))

    def start(self) -> None:
        """Open what recommendations are made from, and follow the log."""
        self.models.renew()
        self.state.redraw()
        self.state.follow()
        self._updating.start()

    def update_models(self) -> None:
        """Let the models in use take in what came since they were trained, where that is enough."""
        with self._teaching:
            trained = self.models.trained
            if self._updates.due(trained):
                self.models.update(trained, self._updates.update(trained))

    def mixer_training(self) -> MixerTraining:
        """What learns the weights of the sources from what shoppers went on to."""
        self.models.renew()
        rules = Rules(self._books.current(), self._faults)
        view, models = self._keeper.live().index.view(), self.models.current()[0]
        return MixerTraining(self._stores.events, self._stores.folder.mixer, view, self._profiles.facts, models, rules)

    def close(self) -> None:
        """Stop following, and write what is only in memory."""
        self._updating.stop()
        self.state.close()

    def erase(self, keys: Collection[str]) -> None:
        """Drop what is kept of shoppers in open baskets and in updated models. Raises StorageError."""
        self.state.erase(keys)
        # After what is being taught just now, which may have read of them.
        with self._teaching:
            self._updates.forget()
            self.models.drop_updates()

    def export(self, keys: Collection[str]) -> Mapping[str, Any]:
        """How many products lie in the open baskets of shoppers."""
        return self.state.export(keys)

    def status(self) -> dict[str, Any]:
        """How recommendations stand."""
        models, mixer = self.models.current()
        weights = "learned" if mixer.learned else "by rule"
        return {"models": sorted(models), "mixer": weights, "applied": self.state.applied}

    def _view(self) -> IndexView | None:
        live = self._keeper.opened
        return None if live is None else live.index.view()

    def _shop(self) -> Shop:
        models, mixer = self.models.current()
        counts = self.state.counts
        return Shop(self._keeper.live().index.view(), counts, self.state.charts, models, mixer)

    def _lists(self, shop: Shop, shopper: Shopper) -> RecommendedLists:
        rules = Rules(self._books.current(), self._faults)
        return RecommendedLists(self._keeper.live(), self._stores, shop, shopper, rules)

    def _shopper(self, who: Who) -> Shopper:
        return Shopper(self._profiles.of(who) if who.known else Profile(), self._clock())


def _check(request: RecommendRequest, kind: PageKind | None = None) -> None:
    """Raise InputError for a request that cannot be answered."""
    if not 1 <= request.limit <= MOST:
        raise InputError("is out of range", field="limit", found=request.limit, expected=f"1 to {MOST}")
    if len(request.cart) > MOST_IN_CART:
        raise InputError("holds too much", field="cart", found=len(request.cart), expected=f"at most {MOST_IN_CART}")
    about = (Surface.SIMILAR, Surface.BOUGHT_TOGETHER, Surface.VIEWED_TOGETHER)
    if not request.product and (kind is PageKind.PRODUCT or (kind is None and request.surface in about)):
        raise InputError("is missing", field="product", expected="the id of the product that the list is about")
