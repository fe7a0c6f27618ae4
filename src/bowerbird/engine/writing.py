"""Products written while the shop is open: durable on return, and found by searches within a second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bowerbird.catalog.fetch import FetchPolicy
from bowerbird.catalog.photos import PhotoImport, PhotoSources
from bowerbird.catalog.records import product_from_record, product_to_record
from bowerbird.domain.merge_patch import merge_patch
from bowerbird.domain.product import Product
from bowerbird.engine.keeper import Keeper
from bowerbird.engine.stores import Stores
from bowerbird.storage.products import Put, PutOutcome


class Writing:
    """Writes products of one open shop. Safe from many threads."""

    def __init__(self, stores: Stores, keeper: Keeper, *, fetch_photos: bool) -> None:
        self._stores, self._keeper, self._fetch_photos = stores, keeper, fetch_photos

    def put(self, products: Sequence[Product]) -> list[PutOutcome]:
        """Write products."""
        renewed = self._take_photos(products)
        outcomes = self._stores.products.put_many(products)
        # The index is told by the change log alone, so a product whose photos are new is written again.
        unchanged = [outcome.id for outcome in outcomes if outcome.result is Put.UNCHANGED]
        self._stores.products.renew([product_id for product_id in unchanged if product_id in renewed])
        self._keeper.notify()
        return outcomes

    def patch(self, product_id: str, record: Mapping[str, Any]) -> Product:
        """Change the fields given, by the rules of a JSON merge patch (RFC 7396).

        Raises NotFoundError; InputError where the record would no longer be a product.
        """
        changed: list[Product] = []

        def change(product: Product) -> Product:
            merged = merge_patch(product_to_record(product), record)
            changed.append(product_from_record(merged))
            # Before the write, so that whoever follows the log finds them.
            self._take_photos(changed[-1:])
            return changed[-1]

        self._stores.products.update(product_id, change)
        self._keeper.notify()
        return changed[-1]

    def delete(self, ids: Sequence[str]) -> list[bool]:
        """Delete products; for each id whether there was one."""
        deleted = self._stores.products.delete_many(ids)
        self._keeper.notify()
        return deleted

    def _take_photos(self, products: Sequence[Product]) -> set[str]:
        """Keep the photos of products; the ids of those that have new ones."""
        policy = FetchPolicy() if self._fetch_photos else None
        return PhotoImport(self._stores.photos, PhotoSources(media=None, policy=policy)).take(products)
