"""What several reviews of a product praise of it: the fit, the fabric, the sound. Read clause by clause.

"The colour is lovely but the zip broke" praises the colour only. An aspect is named where more than one review
praises it and those that blame it are few; what nobody names is not guessed at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from bowerbird.understand import sentiment
from bowerbird.understand.clauses import split_clauses

LEAST_REVIEWS = 2
"""So many reviews must praise an aspect."""
CLEAR = 0.4
"""A clause whose score is further from zero than this says clearly what it says."""
_MOST_BLAME = 0.25
"""The share of the clear clauses on an aspect that may blame it."""

_WORDS = {
    "fit": ("fit fits fitting sizing true to size", "尺码|合身|版型|合脚|大小合适"),
    "comfort": ("comfort comfortable comfy cosy cozy soft softness cushioning", "舒服|舒适|柔软|软糯"),
    "colour": ("colour colours color colors shade hue", "颜色|色彩|色号|配色"),
    "look": ("look looks design style stylish shape pattern", "外观|款式|样子|设计|颜值|好看"),
    "material": ("fabric material leather cotton wool suede texture", "面料|布料|材质|皮质|质地|手感"),
    "quality": ("quality workmanship stitching sturdy solid well made build", "质量|做工|品质|结实|扎实|耐用"),
    "sound": ("sound audio bass", "音质|声音|低音"),
    "picture": ("screen display picture resolution", "屏幕|画质|清晰度"),
    "battery": ("battery charge charges charging", "电池|续航|充电"),
    "taste": ("taste tastes flavour flavor delicious tasty", "味道|口感|好吃|美味"),
    "scent": ("scent smell smells fragrance", "香味|香气|气味"),
    "handling": ("easy to use handy practical easy to clean setup", "方便|好用|易用|上手"),
    "value": ("value price worth bargain", "性价比|价格|划算|便宜|实惠"),
}
_PHRASES = ("true to size", "well made", "easy to use", "easy to clean")


def _pattern(english: str, chinese: str) -> re.Pattern[str]:
    phrases = [phrase for phrase in _PHRASES if phrase in english]
    for phrase in phrases:
        english = english.replace(phrase, "")
    return re.compile(rf"\b(?:{'|'.join([*phrases, *english.split()])})\b|{chinese}", re.IGNORECASE)


ASPECTS = {name: _pattern(*words) for name, words in _WORDS.items()}
"""What reviews speak of, by a name that pages translate."""


def praised_aspects(reviews: Sequence[str], most: int = 2) -> tuple[str, ...]:
    """The aspects that reviews praise, those that most of them praise first; none where they do not agree."""
    if len(reviews) < LEAST_REVIEWS:
        return ()
    said = list(_clauses_on_aspects(reviews))
    scores = sentiment.load().score_many([clause for _, _, clause in said])
    praise, blame = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    for (name, review, _), score in zip(said, scores.tolist(), strict=True):
        if abs(score) >= CLEAR:
            (praise if score > 0 else blame)[name].add(review)
    agreed = [
        name
        for name, those in praise.items()
        if len(those) >= LEAST_REVIEWS and len(blame[name]) <= _MOST_BLAME * (len(those) + len(blame[name]))
    ]
    return tuple(sorted(agreed, key=lambda name: (-len(praise[name]), list(ASPECTS).index(name)))[:most])


def _clauses_on_aspects(reviews: Sequence[str]) -> list[tuple[str, int, str]]:
    """Each clause that names an aspect, with the aspect and the number of its review."""
    clauses, starts = split_clauses(reviews)
    found = []
    for review, (first, last) in enumerate(pairwise(starts.tolist())):
        for clause in clauses[first:last]:
            found += [(name, review, clause) for name, pattern in ASPECTS.items() if pattern.search(clause)]
    return found
