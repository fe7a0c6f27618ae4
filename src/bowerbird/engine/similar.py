"""Products like one: what its own page shows below it."""

from __future__ import annotations

import numpy as np

from bowerbird.domain.errors import NotFoundError
from bowerbird.domain.filters import Filter
from bowerbird.domain.query import Query
from bowerbird.domain.results import Results
from bowerbird.engine.live import Live
from bowerbird.engine.searching import Search
from bowerbird.engine.stores import Stores
from bowerbird.retrieve.flow import RetrieveSettings
from bowerbird.retrieve.similar import find_similar


def find_similar_products(
    live: Live, stores: Stores, product_id: str, per_page: int, filters: Filter | None, lang: str = ""
) -> Results:
    """Products like one. Raises NotFoundError; InputError for an unknown field."""
    stored = stores.products.get(product_id)
    if stored is None:
        raise NotFoundError(f"no product {product_id[:200]!r}")
    search = Search(live, stores, RetrieveSettings(), Query(filters=filters, per_page=per_page, lang=lang))
    within = None if filters is None else search.view.select(filters)
    (document,) = search.view.find(np.array([stored.seq])).tolist()
    if document < 0:
        # Written a moment ago: the next view has it.
        return Results((), 0, per_page=per_page)
    return search.finish(find_similar(search.view, document, within), within)
