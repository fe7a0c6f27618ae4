"""One generation in service: its index, what encodes queries for it, and the thread that keeps it up to date.

Everything here was made with the same models and maps; a new set of them is a new ``Live``, swapped in whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bowerbird.encode.recent_queries import RecentQueries
from bowerbird.encode.terms import Terms
from bowerbird.engine.documents import DocumentMaker, Maps
from bowerbird.engine.generations import read_vocabulary
from bowerbird.engine.keep_up import KeepUp
from bowerbird.engine.models import Models
from bowerbird.engine.reading import Reader, ReadSettings
from bowerbird.engine.stores import Stores
from bowerbird.index.embedded import EmbeddedIndex
from bowerbird.retrieve.suggest import Suggester
from bowerbird.retrieve.wishes import Encoders
from bowerbird.understand.spelling import Spelling


@dataclass(frozen=True)
class Live:
    """What a search needs; ``keep_up`` is None in a process that only reads."""

    folder: Path
    index: EmbeddedIndex
    models: Models
    maps: Maps
    maker: DocumentMaker
    encoders: Encoders
    suggester: Suggester
    spelling: Spelling
    reader: Reader
    keep_up: KeepUp | None

    @classmethod
    def open(
        cls, folder: Path, stores: Stores, models: Models, maps: Maps, terms: Terms, read: ReadSettings | None = None
    ) -> Live:
        """Open a generation without starting to follow the log. Raises ArtefactError when it is torn."""
        vocabulary = read_vocabulary(folder)
        spelling = Spelling(vocabulary)
        text = RecentQueries(models.text)
        joint_text = None if models.joint_text is None else RecentQueries(models.joint_text)
        # The packaged model of intents was fitted on the built-in encoder's vectors.
        guessing = text if models.built_in else None
        index = EmbeddedIndex(folder)
        maker = DocumentMaker(stores, models, maps, terms)
        return cls(
            folder=folder,
            index=index,
            models=models,
            maps=maps,
            maker=maker,
            encoders=Encoders(
                cut=terms.cut,
                text=text,
                image=models.image,
                metric=maps.metric,
                space=maps.space,
                joint_text=joint_text,
                joint_image=models.joint_image,
            ),
            suggester=Suggester(vocabulary, terms.cut),
            spelling=spelling,
            reader=Reader(stores, spelling, terms.cut, guessing, read or ReadSettings()),
            keep_up=KeepUp(stores.products, index, maker.make) if stores.keeper else None,
        )

    def fits(self, fingerprints: dict[str, str]) -> bool:
        """Whether the index was built with these models and maps."""
        return dict(self.index.fingerprints) == fingerprints

    def close(self) -> None:
        """Stop following; what is only in memory is written by the process that keeps the index."""
        if self.keep_up is not None:
            self.keep_up.stop()
            self.index.close()


def fingerprints_of(models: Models, maps: Maps) -> dict[str, str]:
    """What an index is made with, besides the products."""
    return {**models.fingerprints, "maps": maps.fingerprint}
