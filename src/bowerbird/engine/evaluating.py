"""Measuring a shop's search against judgements, as shoppers get it or with parts of it left out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bowerbird.domain.errors import NotFoundError, SettingError
from bowerbird.domain.query import Query, Wish
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.engine.live import Live
from bowerbird.engine.ranking import Ranker
from bowerbird.engine.searching import Search
from bowerbird.engine.settings import EngineSettings
from bowerbird.engine.stores import Stores
from bowerbird.measure.flow import Report, evaluate
from bowerbird.measure.groups import describe_understanding
from bowerbird.measure.judgements import read_judgements
from bowerbird.retrieve.flow import Fusion

SEARCH, LEARNED, DEFAULT, UNDERSTOOD = "search", "learned", "default", "understood"
SETTINGS = (SEARCH, LEARNED, DEFAULT, UNDERSTOOD, *(fusion.value for fusion in Fusion))
"""``search`` is the search as shoppers get it; ``learned`` and ``default`` rank by the model and by the default score;
``understood`` is retrieval for what the words mean, without ranking; the others look for the words as they are typed,
by that fusion."""


def evaluate_setting(
    live: Live,
    stores: Stores,
    settings: EngineSettings,
    ranker: Ranker,
    judgements: Path,
    *,
    setting: str = SEARCH,
    progress: Progress = no_progress,
) -> Report:
    """Measure one of ``SETTINGS``. Raises SettingError, FormatError; NotFoundError where no model is in use."""
    if setting not in SETTINGS:
        raise SettingError("unknown setting", field="setting", found=setting, expected=", ".join(SETTINGS))
    ranked = setting in (SEARCH, LEARNED, DEFAULT)
    if setting == LEARNED and ranker.parts.model is None:
        raise NotFoundError("no learned ranker is in use; make one with: bowerbird rank train")
    chosen = (ranker.without_model() if setting == DEFAULT else ranker) if ranked else None
    typed = setting not in (SEARCH, LEARNED, DEFAULT, UNDERSTOOD)
    retrieve = replace(settings.retrieve, fusion=Fusion(setting) if typed else Fusion.FUSED)
    view = live.index.view()

    def search(text: str, depth: int) -> list[str]:
        # Rules are the merchant's wish and no matter of quality.
        query = Query(Wish(text), per_page=depth, understand=not typed, rules=False)
        return [hit.product.id for hit in Search(live, stores, retrieve, query, chosen).run().hits]

    def describe(text: str) -> dict[str, str]:
        return describe_understanding(live.reader.read(text, view, asking=False))

    return evaluate(search, read_judgements(judgements), progress, describe)
