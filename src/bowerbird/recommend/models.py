"""The trained recommenders by sort, and opening one whatever its sort."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bowerbird.domain.errors import ArtefactError
from bowerbird.recommend.factors_model import FactorsModel
from bowerbird.recommend.graph_model import GraphModel
from bowerbird.recommend.model_files import read_sort
from bowerbird.recommend.neighbours_model import NeighboursModel
from bowerbird.recommend.sequence_model import SequenceModel

if TYPE_CHECKING:
    from bowerbird.domain.ports import Recommender

Trained: TypeAlias = "Recommender | NeighboursModel"
"""What any trained model is: one of vectors, or a table of neighbours."""

_LOADERS: Mapping[str, Callable[[Path], Trained]] = {
    "factors": FactorsModel.load,
    "graph": GraphModel.load,
    "neighbours": NeighboursModel.load,
    "sequence": SequenceModel.load,
}
SORTS = tuple(_LOADERS)


def open_recommender(folder: Path) -> Trained:
    """The trained model in a folder, whatever its sort.

    Raises ArtefactError when it is torn, damaged, or not known to this program.
    """
    sort = read_sort(folder)
    if sort not in _LOADERS:
        raise ArtefactError(f"{folder}: is a recommender of the sort {sort!r}; this program knows {', '.join(SORTS)}")
    return _LOADERS[sort](folder)
