"""A YAML list of products to raw rows, one at a time.

Built from the parser's events, so memory holds one product, only plain values arise (no tag makes an object), and
the anchors that make a small file huge are counted out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from bowerbird.catalog.limits import ImportLimits
from bowerbird.catalog.sources.opening import Opened, open_bytes
from bowerbird.catalog.sources.rows import RawItem
from bowerbird.catalog.sources.structured import LIST_KEYS, checked_row
from bowerbird.domain.errors import FormatError

MAX_VALUES = 200_000
"""Values in one product, those behind aliases counted each time."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = yaml.resolver.Resolver()
_WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def read_yaml(opened: Opened, limits: ImportLimits) -> Iterator[RawItem]:
    """The entries of the list at the top, or of the one under ``products``. Raises FormatError."""
    where = str(opened.path)
    try:
        with open_bytes(opened.path, opened.compressed) as stream:
            raw: Any = (
                stream if opened.encoding in ("utf-8", "utf-8-sig", "utf-16") else _decoded(opened, stream.read())
            )
            events = yaml.parse(raw, Loader=_Loader)
            builder = _Builder(events, limits, where)
            line = 0
            for value in builder.entries():
                line += 1
                yield checked_row(opened.path.name, line, value, limits)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        text = " ".join(str(error).split())
        raise FormatError(f"not YAML: {text}", where=where, expected="a YAML list of products") from error


def _decoded(opened: Opened, raw: bytes) -> str:
    return raw.decode(opened.encoding)


class _Builder:
    """Turns events into lists, dictionaries and plain values."""

    def __init__(self, events: Iterator[yaml.Event], limits: ImportLimits, where: str) -> None:
        self.events = events
        self.limits = limits
        self.where = where
        self.anchors: dict[str, tuple[object, int]] = {}
        self.count = 0

    def entries(self) -> Iterator[object]:
        event = self._next()
        while not isinstance(event, yaml.SequenceStartEvent | yaml.StreamEndEvent):
            if isinstance(event, yaml.MappingStartEvent):
                yield from self._under_key()
                return
            event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            raise FormatError("no list of products", where=self.where, expected="a YAML list of products")
        yield from self._sequence()

    def _sequence(self) -> Iterator[object]:
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            self.count = 0
            yield self._value(event, 1)

    def _under_key(self) -> Iterator[object]:
        """The list under a known key; an object without one is itself the product."""
        single: dict[object, object] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._value(event, 1)
            event = self._next()
            if key in LIST_KEYS and isinstance(event, yaml.SequenceStartEvent):
                yield from self._sequence()
                return
            single[str(key)] = self._value(event, 1)
        yield single

    def _next(self) -> yaml.Event:
        return next(self.events)

    def _value(self, event: yaml.Event, depth: int) -> object:
        self.count += 1
        if depth > self.limits.max_depth or self.count > MAX_VALUES:
            raise FormatError(
                "nested too deeply or too many values in one product", where=f"{self.where}, {_place(event)}",
                expected=f"at most {self.limits.max_depth} levels and {MAX_VALUES:,} values",
            )  # fmt: skip
        if isinstance(event, yaml.AliasEvent):
            value, size = self.anchors.get(event.anchor or "", (None, 0))
            self.count += size
            return value
        before = self.count
        value = self._fresh(event, depth)
        anchor = getattr(event, "anchor", None)
        if anchor:
            self.anchors[anchor] = (value, self.count - before)
        return value

    def _fresh(self, event: yaml.Event, depth: int) -> object:
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            entries = []
            while not isinstance(inner := self._next(), yaml.SequenceEndEvent):
                entries.append(self._value(inner, depth + 1))
            return entries
        mapping: dict[str, object] = {}
        while not isinstance(inner := self._next(), yaml.MappingEndEvent):
            key = self._value(inner, depth + 1)
            value = self._value(self._next(), depth + 1)
            if key == "<<" and isinstance(value, dict):
                mapping = {**value, **mapping}
            else:
                mapping[str(key)] = value
        return mapping


def _scalar(event: yaml.ScalarEvent) -> object:
    text: str = event.value
    if not event.implicit[0]:
        return text
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, event.implicit).rpartition(":")[2]
    try:
        if tag == "int":
            return int(text.replace("_", ""))
        if tag == "float":
            return float(text.replace("_", ""))
    except ValueError:
        # Octals, times such as 12:30 and .inf: shops mean the text.
        return text
    if tag == "bool":
        return _WORDS[text.lower()]
    return None if tag == "null" else text


def _place(event: yaml.Event) -> str:
    mark = event.start_mark
    return "line unknown" if mark is None else f"line {mark.line + 1}"
