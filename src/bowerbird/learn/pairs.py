"""Photos with the texts that fit them: what an alignment is fitted on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

TITLE, KIND = 0, 1


@dataclass(frozen=True, slots=True)
class Phrases:
    """One text for each photo, by number: ids (n,) into vectors (texts, text_dim)."""

    ids: NDArray[np.intp]
    vectors: NDArray[np.float32]

    def of(self, photos: NDArray[np.intp]) -> NDArray[np.float32]:
        """The text vectors of photos, (k, text_dim)."""
        return self.vectors[self.ids[photos]]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A shop's photos and texts.

    ``views`` are (n, photo_dim) f32: the photos themselves first, then changed copies of them in the same order.
    ``phrases`` begin with the titles and the kinds; ``products`` (n,) numbers each photo's product.
    """

    name: str
    views: tuple[NDArray[np.float32], ...]
    phrases: tuple[Phrases, ...]
    products: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.products)

    @property
    def photos(self) -> NDArray[np.float32]:
        """The photos as they are, (n, photo_dim)."""
        return self.views[0]

    def take(self, photos: NDArray[np.intp]) -> Pairs:
        """The pairs of some photos only."""
        return replace(
            self,
            views=tuple(view[photos] for view in self.views),
            phrases=tuple(Phrases(phrase.ids[photos], phrase.vectors) for phrase in self.phrases),
            products=self.products[photos],
        )


def pair_up(
    name: str,
    views: Sequence[NDArray[np.float32]],
    texts: Sequence[Sequence[str]],
    products: Sequence[int],
    encode: Callable[[Sequence[str]], NDArray[np.float32]],
) -> Pairs:
    """Build pairs from each photo's phrases (``phrases_of``), one tuple a photo; ``encode`` reads them.

    Slots that say nothing new (equal to the title for every photo) are left out.
    """
    if not (len(views[0]) == len(texts) == len(products)):
        raise ValueError(f"{len(views[0])} photos, {len(texts)} texts and {len(products)} products do not match")
    slots = [list(slot) for slot in zip(*texts, strict=True)]
    kept = [slot for place, slot in enumerate(slots) if place <= KIND or slot not in slots[:place]]
    known = sorted({text for slot in kept for text in slot})
    vectors = encode(known)
    place = {text: number for number, text in enumerate(known)}
    phrases = []
    for slot in kept:
        used, ids = np.unique([place[text] for text in slot], return_inverse=True)
        phrases.append(Phrases(ids, vectors[used]))
    return Pairs(name, tuple(views), tuple(phrases), np.asarray(products, dtype=np.intp))


def split_products(products: NDArray[np.intp], share: float, seed: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The photos of the products that are kept, and of a seeded ``share`` of products that are held out."""
    known = np.unique(products)
    shuffled = np.random.default_rng(seed).permutation(known)
    held = np.isin(products, shuffled[: round(len(known) * share)])
    return np.flatnonzero(~held), np.flatnonzero(held)
