"""Fitting matrix factorisation to what shoppers did: alternating least squares by the library ``implicit``.

Of the libraries that pip finds for it, ``implicit`` (MIT, 8 MB, released 2026) alone is both kept up and light: numpy,
scipy and tqdm are all it needs. lenskit and recpack ask for torch and pandas, rectools for numpy below 2, cornac is
four times its size for what we would not use. It is in the ``train`` extra; serving solves for shoppers with numpy
(``recommend.factors_model``) and does not need it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from bowerbird.domain.errors import InputError, MissingExtraError
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.recommend.factors_model import FactorsModel
from bowerbird.recommend.histories import Histories

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats


@dataclass(frozen=True, slots=True)
class FactorSettings:
    """How factors are fitted; ``benchmarks/sequence_rows.py`` has larger ones, chosen on validation products."""

    factors: int = 128
    regularisation: float = 10.0
    confidence: float = 20.0
    """What a product of weight 1 adds to the confidence of 1 that one not come by has (alpha in the paper)."""
    rounds: int = 12
    fade: float = 0.7
    """What each product of a history counts beside the one after it, when it is read; fitting counts all alike."""
    threads: int = 1
    seed: int = 0


def fit_factors(
    histories: Histories, settings: FactorSettings | None = None, progress: Progress = no_progress
) -> FactorsModel:
    """Fit factors. Raises MissingExtraError without ``implicit``, InputError where nobody came by anything."""
    als, threadpool_limits = _load()
    settings = settings or FactorSettings()
    if not len(histories.items):
        raise InputError("there is nothing to factorise", field="histories", expected="at least one product")
    matrix = confidence_matrix(histories, settings.confidence)

    def tell(done: int, *_: object) -> None:
        progress("factorising", done + 1, settings.rounds)

    # The library has threads of its own, and warns where BLAS would add some to each.
    with threadpool_limits(1, "blas"):
        model = als(
            factors=settings.factors,
            regularization=settings.regularisation,
            alpha=1.0,
            iterations=settings.rounds,
            use_cg=True,
            num_threads=settings.threads,
            random_state=settings.seed,
        )
        model.fit(matrix, show_progress=False, callback=tell)
    shoppers: Floats = np.asarray(model.user_factors, np.float32)
    return FactorsModel(
        products=histories.products,
        vectors=np.asarray(model.item_factors, np.float32),
        support=(settings.confidence * np.bincount(histories.items, histories.weights, len(histories.products))).astype(
            np.float32
        ),
        shoppers=shoppers.T @ shoppers,
        shopper_count=float(len(histories)),
        regularisation=settings.regularisation,
        confidence=settings.confidence,
        fade=settings.fade,
    )


def confidence_matrix(histories: Histories, confidence: float) -> Any:
    """(shoppers, products) csr matrix: 1 + ``confidence`` times the weight of all a shopper did with a product."""
    owners = np.repeat(np.arange(len(histories)), histories.lengths)
    told = (histories.weights * np.float32(confidence), (owners, histories.items))
    matrix = sparse.csr_matrix(told, (len(histories), len(histories.products)), dtype=np.float32)
    matrix.data += 1
    return matrix


def _load() -> tuple[Any, Any]:
    try:
        from implicit.als import AlternatingLeastSquares
        from threadpoolctl import threadpool_limits
    except ImportError as error:
        raise MissingExtraError("factorising what shoppers did", "train") from error
    return AlternatingLeastSquares, threadpool_limits
