"""From an explained product to its HTTP shape, as plain dicts."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bowerbird.domain.explained import Explained, HeatMap, Outcome, Unmet, Whose, WordMatch
from bowerbird.present.languages import title_in
from bowerbird.serve.answers import Detail, hit_body
from bowerbird.serve.hit_ranking_answers import moves_body

_WHOSE = {"filter": "of the filter", "words": "read from the words", "rule": "set by a rule"}


def explained_body(explained: Explained, lang: str = "", *, whole: bool) -> dict[str, Any]:
    """One product in one search; ``whole`` with what only those may know who may write."""
    hit = explained.hit
    return {
        "product": explained.product.id,
        "title": title_in(explained.product, lang),
        "outcome": explained.outcome.value,
        "message": outcome_text(explained, whole),
        "place": explained.place,
        "total": explained.total,
        "hit": None if hit is None else hit_body(hit, Detail.RANKING, lang, whole=whole),
        "rules": moves_body(explained.moves) if whole else [],
        "unmet": [_unmet_body(one) for one in _told(explained.unmet, whole)],
        "words": [_match_body(one) for one in explained.words],
        "heat_maps": [_heat_map_body(one) for one in explained.heat_maps],
    }


def outcome_text(explained: Explained, whole: bool = True) -> str:
    """What became of the product, in a sentence; without ``whole`` no rule is named."""
    match explained.outcome:
        case Outcome.FOUND:
            return f"It stands at place {explained.place} of {explained.total}."
        case Outcome.HIDDEN if not whole:
            return "It was found, and the shop leaves it out."
        case Outcome.HIDDEN:
            rules = ", ".join(dict.fromkeys(move.rule for move in explained.moves if move.action == "hide"))
            return f"It was found, and is hidden by the rule {rules}."
        case Outcome.EXCLUDED:
            told = "; ".join(_unmet_text(one) for one in _told(explained.unmet, whole))
            return f"It is left out, since it does not meet: {told}."
        case Outcome.EXAMPLE:
            return "It is an example of this search, and an example is no hit."
        case Outcome.NOT_INDEXED:
            return "It was written a moment ago, and the index does not have it yet."
        case Outcome.NOT_FOUND:
            return "It meets every condition, but neither its words nor its look brought it here."


def _told(unmet: Iterable[Unmet], whole: bool) -> list[Unmet]:
    """The conditions as a caller may know them: those of rules, without ``whole``, as one without its text."""
    if whole:
        return list(unmet)
    return list(dict.fromkeys(replace(one, text="") if one.whose is Whose.RULE else one for one in unmet))


def _unmet_text(one: Unmet) -> str:
    return f"{one.text} ({_WHOSE[one.whose.value]})" if one.text else "what the shop asks of products here"


def _unmet_body(one: Unmet) -> dict[str, Any]:
    return {"text": one.text, "whose": one.whose.value}


def _match_body(one: WordMatch) -> dict[str, Any]:
    return {"word": one.word, "match": one.match, "field": one.field, "similarity": round(one.similarity, 3)}


def _heat_map_body(one: HeatMap) -> dict[str, Any]:
    return {
        "number": one.number,
        "grid": [[round(value, 3) for value in row] for row in one.grid],
        "picture": "data:image/png;base64," + base64.b64encode(one.picture).decode(),
    }
