"""Merchandising rules from JSON and to JSON.

    {"id": "summer", "title": "Summer sale", "priority": 5, "enabled": true,
     "if": {"query": {"pattern": "swim", "match": "contains"}, "category": "Women", "audience": "members",
            "language": "en", "from": "2026-06-01T00:00:00+02:00", "until": "2026-09-01T00:00:00+02:00"},
     "then": [{"pin": [{"id": "sku-1", "position": 1}]}, {"hide": {"products": ["sku-2"]}},
              {"boost": {"filter": "brand = Luma", "by": 0.5}}, {"bury": {"products": ["sku-3"], "by": 1}},
              {"filter": "in_stock = true"}, {"redirect": "/sale"},
              {"banner": {"title": "Sale", "text": "20% off", "image": "/sale.jpg", "link": "https://shop.example"}}]}

Everything is checked and bounded; an error names its place as ``rules[3].then[0].boost.filter``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bowerbird.domain.errors import FilterError, InputError
from bowerbird.domain.record_checks import (
    address_at,
    boolean_at,
    integer_at,
    list_at,
    moment_at,
    object_at,
    text_at,
    wrong,
)
from bowerbird.domain.rules import (
    ACTION_NAMES,
    Action,
    Banner,
    Boost,
    Bury,
    Conditions,
    FilterBy,
    Hide,
    Match,
    Pin,
    Place,
    QueryPattern,
    Redirect,
    Rule,
    Target,
    WrittenFilter,
)

MAX_RULES = 1_000
MAX_ACTIONS = 20
MAX_PRODUCTS = 500
"""Products that one action may name, and the deepest position that one may be pinned to."""
MAX_FACTOR = 100.0
MAX_PRIORITY = 1_000_000
MAX_AUDIENCE = 100

_ID = 100
_TITLE = 200
_PATTERN = 200
_CATEGORY = 500
_FILTER = 2_000
_TEXT = 2_000
_PRODUCT_ID = 512
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def read_rules(records: Any, where: str = "", at: str = "rules") -> tuple[Rule, ...]:
    """Check and take a whole set of rules; ``where`` is the file they are from, ``at`` what the set is called there.

    Raises InputError naming the place, such as ``rules[3].then[0].pin[1].position``.
    """
    try:
        given = list_at(records, at, 0, MAX_RULES, "rules")
        rules = tuple(rule_from_record(record, f"{at}[{number}]") for number, record in enumerate(given))
        _differ([rule.id for rule in rules], at, ".id", "an id of its own")
    except InputError as error:
        if not where:
            raise
        place = f"{where}: {error.field}"
        raise InputError(
            error.message, field=error.field, where=place, found=error.found, expected=error.expected
        ) from None
    return rules


def rule_from_record(record: Any, at: str = "rule") -> Rule:
    """Check and take one rule; ``at`` is its place. Raises InputError naming the field."""
    fields = object_at(record, at, ("id", "title", "if", "then", "priority", "enabled"), required=("id", "then"))
    actions = list_at(fields["then"], f"{at}.then", 1, MAX_ACTIONS, "actions")
    return Rule(
        id=text_at(fields["id"], f"{at}.id", _ID),
        title=text_at(fields.get("title", ""), f"{at}.title", _TITLE, shortest=0),
        conditions=_conditions(fields.get("if", {}), f"{at}.if"),
        actions=tuple(_action(action, f"{at}.then[{number}]") for number, action in enumerate(actions)),
        priority=integer_at(fields.get("priority", 0), f"{at}.priority", -MAX_PRIORITY, MAX_PRIORITY),
        enabled=boolean_at(fields.get("enabled", True), f"{at}.enabled"),
    )


def rule_to_record(rule: Rule) -> dict[str, Any]:
    """The JSON of a rule, from which ``rule_from_record`` reads the same rule; what is empty is left out."""
    record: dict[str, Any] = {"id": rule.id}
    if rule.title:
        record["title"] = rule.title
    conditions = _conditions_record(rule.conditions)
    if conditions:
        record["if"] = conditions
    record["then"] = [{ACTION_NAMES[type(action)]: _action_record(action)} for action in rule.actions]
    if rule.priority:
        record["priority"] = rule.priority
    if not rule.enabled:
        record["enabled"] = False
    return record


def _conditions(record: Any, at: str) -> Conditions:
    fields = object_at(record, at, ("query", "category", "audience", "language", "from", "until"))
    starts, ends = (moment_at(fields[name], f"{at}.{name}") if name in fields else None for name in ("from", "until"))
    if starts is not None and ends is not None and ends <= starts:
        raise wrong("the time ends before it begins", f"{at}.until", fields["until"], f"after {fields['from']}")
    language = text_at(fields.get("language", ""), f"{at}.language", _TITLE, shortest=0)
    if language and not _LANGUAGE.fullmatch(language):
        raise wrong("no language", f"{at}.language", language, "a tag such as en or zh")
    return Conditions(
        query=_pattern(fields["query"], f"{at}.query") if "query" in fields else None,
        category=_category(fields.get("category", ""), f"{at}.category"),
        audience=text_at(fields.get("audience", ""), f"{at}.audience", MAX_AUDIENCE, shortest=0).strip(),
        language=language,
        starts=starts,
        ends=ends,
    )


def _pattern(record: Any, at: str) -> QueryPattern:
    fields = object_at(record, at, ("pattern", "match"), required=("pattern",))
    text = text_at(fields["pattern"], f"{at}.pattern", _PATTERN)
    if not any(character.isalnum() for character in text):
        raise wrong("a pattern without words", f"{at}.pattern", text, "words; leave query out for every search")
    match = fields.get("match", Match.PHRASE.value)
    known = [one.value for one in Match]
    if match not in known:
        raise wrong("no way to match", f"{at}.match", match, f"one of {', '.join(known)}")
    return QueryPattern(text, Match(match))


def _category(value: Any, at: str) -> str:
    text = text_at(value, at, _CATEGORY, shortest=0)
    if text and not text.replace("/", " ").strip():
        raise wrong("no path", at, text, "such as Women/Tops")
    return text


def _action(record: Any, at: str) -> Action:
    fields = object_at(record, at, tuple(_ACTIONS))
    if len(fields) != 1:
        raise wrong("not one action", at, sorted(fields), f"one of {', '.join(_ACTIONS)}")
    ((name, value),) = fields.items()
    return _ACTIONS[name](value, f"{at}.{name}")


def _pin(value: Any, at: str) -> Pin:
    places = []
    for number, record in enumerate(list_at(value, at, 1, MAX_PRODUCTS, "products")):
        here = f"{at}[{number}]"
        fields = object_at(record, here, ("id", "position"), required=("id", "position"))
        position = integer_at(fields["position"], f"{here}.position", 1, MAX_PRODUCTS)
        places.append(Place(text_at(fields["id"], f"{here}.id", _PRODUCT_ID), position))
    _differ([place.product for place in places], at, ".id", "a product of its own")
    _differ([place.position for place in places], at, ".position", "a position of its own")
    return Pin(tuple(places))


def _hide(value: Any, at: str) -> Hide:
    return Hide(_target(object_at(value, at, ("products", "filter")), at))


def _boost(value: Any, at: str) -> Boost:
    return Boost(*_weighed(value, at))


def _bury(value: Any, at: str) -> Bury:
    return Bury(*_weighed(value, at))


def _weighed(value: Any, at: str) -> tuple[Target, float]:
    fields = object_at(value, at, ("products", "filter", "by"), required=("by",))
    by = fields["by"]
    if not isinstance(by, int | float) or isinstance(by, bool) or not 0 < by <= MAX_FACTOR:
        raise wrong("no factor", f"{at}.by", by, f"a number above 0, at most {MAX_FACTOR:g}")
    return _target(fields, at), float(by)


def _target(fields: Mapping[str, Any], at: str) -> Target:
    if ("products" in fields) == ("filter" in fields):
        raise wrong("products are named either by id or by a filter", at, sorted(fields), "products or filter")
    if "filter" in fields:
        return Target(filter=_filter(fields["filter"], f"{at}.filter"))
    ids = list_at(fields["products"], f"{at}.products", 1, MAX_PRODUCTS, "products")
    products = [text_at(one, f"{at}.products[{number}]", _PRODUCT_ID) for number, one in enumerate(ids)]
    return Target(tuple(dict.fromkeys(products)))


def _filter(value: Any, at: str) -> WrittenFilter:
    text = text_at(value, at, _FILTER)
    try:
        return WrittenFilter.read(text)
    except FilterError as error:
        raise wrong(error.message, at, expected=error.expected) from None


def _banner(value: Any, at: str) -> Banner:
    fields = object_at(value, at, ("title", "text", "image", "link"), required=("title",))
    image, link = (
        address_at(fields[name], f"{at}.{name}", _TEXT) if fields.get(name) else "" for name in ("image", "link")
    )
    title = text_at(fields["title"], f"{at}.title", _TITLE)
    return Banner(title, text_at(fields.get("text", ""), f"{at}.text", _TEXT, shortest=0, lines=True), image, link)


_ACTIONS: Mapping[str, Callable[[Any, str], Action]] = {
    "pin": _pin,
    "hide": _hide,
    "boost": _boost,
    "bury": _bury,
    "filter": lambda value, at: FilterBy(_filter(value, at)),
    "redirect": lambda value, at: Redirect(address_at(value, at, _TEXT)),
    "banner": _banner,
}


def _differ(values: Sequence[object], at: str, field: str, expected: str) -> None:
    seen: set[object] = set()
    for number, value in enumerate(values):
        if value in seen:
            raise wrong("given twice", f"{at}[{number}]{field}", value, expected)
        seen.add(value)


def _conditions_record(conditions: Conditions) -> dict[str, Any]:
    record: dict[str, Any] = {}
    if conditions.query is not None:
        record["query"] = {"pattern": conditions.query.text, "match": conditions.query.match.value}
    for name in ("category", "audience", "language"):
        if value := getattr(conditions, name):
            record[name] = value
    for name, moment in (("from", conditions.starts), ("until", conditions.ends)):
        if moment is not None:
            record[name] = moment.isoformat()
    return record


def _action_record(action: Action) -> Any:
    match action:
        case Pin(places):
            return [{"id": place.product, "position": place.position} for place in places]
        case Hide(target):
            return _target_record(target)
        case Boost(target, by) | Bury(target, by):
            return {**_target_record(target), "by": by}
        case FilterBy(filter):
            return filter.text
        case Redirect(address):
            return address
        case Banner():
            return banner_record(action)


def banner_record(banner: Banner) -> dict[str, str]:
    """The JSON of a banner; what is empty is left out."""
    told = {"title": banner.title, "text": banner.text, "image": banner.image, "link": banner.link}
    return {name: value for name, value in told.items() if value}


def _target_record(target: Target) -> dict[str, Any]:
    return {"products": list(target.products)} if target.filter is None else {"filter": target.filter.text}
