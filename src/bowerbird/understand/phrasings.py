"""How people ask and how they rule out, in English and Chinese: patterns over plain texts (see ``plain``)."""

from __future__ import annotations

import re

from bowerbird.encode.folding import HAN


def any_of(*alternatives: str) -> str:
    """One pattern for any of several."""
    return f"(?:{'|'.join(alternatives)})"


_ARTICLES = r"(?: (?:a|an|some|any|the|me)(?![a-z]))*"
_ASKING_ENGLISH = any_of(
    r"(?:i|we)(?:'m| am| are|'re)? ?(?:just )?(?:looking|searching|shopping|hunting) (?:for|at)",
    "(?:looking|searching|shopping) for",
    "(?:can|could|would) (?:you|u) (?:please )?(?:show|find|get|help|recommend|suggest)(?: me)?(?: find)?",
    "(?:please )?(?:show|find|get|give) me",
    r"(?:i|we)(?:'d| would)? ?(?:really )?(?:like|love|want|need|wanna)(?: to (?:buy|get|find|see|order))?",
    "do you (?:have|sell|carry|stock)(?: any)?",
    "have you got(?: any)?",
    "(?:is|are) there any",
    "where can i (?:find|get|buy)",
    "(?:i )?(?:want|need) to (?:buy|get|find|order)",
    "what(?:'s| is| are) the best",
    "recommend(?: me)?",
    "suggest(?: me)?",
    "please",
)
_COUNTED = "(?:一?[个件双条款只台套些]|一下|点)?"
_WANTING = any_of(
    "想要", "想买", "要买", "想找", "想看", "在找", "需要", "想入手", "打算买", "准备买", "求推荐", "求购", "求"
)
_HAVING = any_of("有没有", "有无", "有卖", "卖不卖", "有什么", "有哪些", "哪里有", "能不能", "可不可以", "有吗")
_ASKING_CHINESE = any_of(
    f"(?:请问|麻烦)?(?:我|我们)?{_WANTING}{_COUNTED}",
    f"(?:请问)?(?:你们|你家|店里|这里)?{_HAVING}",
    f"帮我(?:找|看|选|推荐){_COUNTED}",
    "给我(?:找|看|推荐)",
    f"推荐{_COUNTED}",
    "麻烦",
    "请问",
    "(?<=.)(?:有吗|有没有|吗|呢|呀|啊)$",
)

ASKING = re.compile(
    rf"(?<![a-z])(?:(?:hi|hello|hey)(?: there)?[,!. ]+)?{_ASKING_ENGLISH}(?![a-z]){_ARTICLES}|{_ASKING_CHINESE}"
)
"""What only asks, and names nothing: "i'm looking for", 有没有."""

_EXCLUDING_ENGLISH = any_of(
    "but not",
    "not (?:made (?:of|from|with)|in|a|an|too|so|any|with)",
    "not",
    "no",
    "non",
    "without(?: (?:a|an|any|the))?",
    "except(?: for)?",
    "excluding",
    "other than",
    "anything but",
    "nothing (?:in|with)",
    "minus",
    "(?:don't|dont|do not|doesn't|didn't) (?:want|like|need|have)(?: (?:a|an|any|it))?",
    "(?:isn't|is not|aren't|are not)(?: made of)?",
    "avoid",
    "never",
    "hate",
)
_EXCLUDING_CHINESE = any_of(
    "不想要",
    "不要[带有是用]",
    "不要",
    "不想",
    "不喜欢",
    "不带",
    "不含",
    "不是",
    "不用",
    "不能[有是]",
    "没有",
    "没",
    "除了",
    "除去",
    "排除",
    "别要",
    "别是",
    "别给我",
    "(?<!特)别(?![墅针致])",
    "拒绝",
    "非(?!常)",
    "无",
    "不(?![错同])",
    "去掉",
)

NEGATION = re.compile(rf"(?<![a-z]){_EXCLUDING_ENGLISH}(?![a-z])[ -]?|也?{_EXCLUDING_CHINESE}")
"""What excludes the name that follows."""

AFTER_NEGATION = re.compile(rf"\s?的?[都也就]?(?:不要|除外|就算了|别来|勿扰|不考虑)(?![{HAN}])|(?:-| )free(?![a-z])")
"""What excludes the name before it, at the end of a clause: 黑色不要, cotton-free."""

JOINING = ("or", "and", "nor", ",", "和", "或", "也", "跟", "及", "与")
AND_SO_ON = re.compile(rf"(?:\s|;|/|\bno\b|\bnot\b|不要|没有|的|者|any|in|with|{'|'.join(rf'{w}' for w in JOINING)})*")
"""What may stand between two names that are excluded together; one of ``JOINING`` must."""

BETWEEN = re.compile(r"(?:\s|'|-|a|an|any|the|made|of|from|in|with|有|带|是|的|用|太|什么)*")
"""What may stand between a word that excludes and what it excludes."""
