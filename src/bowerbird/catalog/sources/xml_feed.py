"""RSS 2.0 and Atom feeds to raw rows, one item at a time and with no entity or outside reference followed."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, iterparse

from bowerbird.catalog.limits import ImportLimits
from bowerbird.catalog.sources.opening import Opened, open_bytes
from bowerbird.catalog.sources.rows import RawItem
from bowerbird.catalog.sources.structured import checked_row
from bowerbird.domain.errors import FormatError

ROOTS = frozenset(("rss", "feed", "RDF"))
_NATIVE = frozenset(("utf-8", "utf-8-sig", "utf-16"))
_ITEMS = frozenset(("item", "entry"))


def read_feed(opened: Opened, limits: ImportLimits) -> Iterator[RawItem]:
    """The items of a feed under their names without prefix; ``line`` is the item's number. Raises FormatError."""
    where, line = str(opened.path), 0
    try:
        with open_bytes(opened.path, opened.compressed) as stream:
            depth, root = 0, None
            for event, element in iterparse(_as_utf8(stream, opened), events=("start", "end"), parser=_parser(opened)):
                if event == "start":
                    depth += 1
                    if root is None:
                        root = element
                        _check_root(element, where)
                    if depth > limits.max_depth:
                        raise FormatError(
                            "nested too deeply", where=where, expected=f"at most {limits.max_depth} levels"
                        )
                    continue
                depth -= 1
                if local_name(element) in _ITEMS and depth <= 2:
                    line += 1
                    yield checked_row(opened.path.name, line, _values(element), limits)
                    element.clear()
                    # Without this the emptied items still pile up below their parent.
                    _forget_children(root)
    except DefusedXmlException as error:
        raise FormatError(
            "the XML declares entities or outside references", where=where, expected="plain XML"
        ) from error
    except (ParseError, UnicodeDecodeError) as error:
        before = f" after {line:,} items" if line else ""
        raise FormatError(f"the XML is broken{before} ({error})", where=where, expected="a whole XML feed") from error
    if line == 0:
        raise FormatError("the feed has no items", where=where, expected="item or entry elements")


def _as_utf8(stream: IO[bytes], opened: Opened) -> Any:
    """The feed in UTF-8: the parser itself reads few encodings."""
    if opened.encoding in _NATIVE:
        return stream
    return codecs.EncodedFile(stream, "utf-8", opened.encoding)


def _parser(opened: Opened) -> Any:
    """A parser that declares no entity and opens nothing; what was recoded is UTF-8 whatever the prolog says."""
    return DefusedXMLParser(
        target=TreeBuilder(), encoding=None if opened.encoding in _NATIVE else "utf-8", forbid_dtd=False
    )


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _check_root(element: Element, where: str) -> None:
    if local_name(element) not in ROOTS:
        raise FormatError("not a product feed", where=where, found=f"<{local_name(element)}>", expected="RSS or Atom")


def _forget_children(root: Element | None) -> None:
    if root is None:
        return
    for holder in (root, *root):
        for child in list(holder):
            if local_name(child) in _ITEMS:
                holder.remove(child)


def _values(item: Element) -> dict[str, object]:
    values: dict[str, object] = {}
    for child in item:
        name = local_name(child)
        value: object = child.text or ""
        if len(child):
            value = {local_name(inner): inner.text or "" for inner in child}
        elif name == "link" and not value and child.get("href"):
            value = child.get("href")
        # The feed's own g:title wins over RSS's title, so repeats of single fields keep the later one.
        held = values.get(name)
        if held is None or held == "":
            values[name] = value
        elif isinstance(held, list):
            held.append(value)
        elif name in ("title", "description", "link", "id"):
            values[name] = value if "base.google.com" in str(child.tag) else held
        else:
            values[name] = [held, value]
    return values
