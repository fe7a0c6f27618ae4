"""What became of events, and what is kept of a shopper, as the HTTP shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from bowerbird.engine.recording import ShopperExport
from bowerbird.events.flow import ReadEvents
from bowerbird.events.records import event_record
from bowerbird.events.shoppers import is_user, name_in
from bowerbird.events.writing import Recorded
from bowerbird.serve.errors import body_of


def recorded_body(read: ReadEvents, recorded: Sequence[Recorded]) -> dict[str, Any]:
    """What came of a batch."""
    new = sum(one.new for one in recorded)
    return {
        "recorded": new,
        "known": len(recorded) - new,
        "refused": len(read.refused),
        "errors": [{"event": one.place, **body_of(one.error)} for one in read.refused],
    }


def export_pieces(export: ShopperExport) -> Iterator[bytes]:
    """An export as JSON, piece by piece: there may be many events."""
    user = next((name_in(key) for key in export.keys if is_user(key)), "")
    sessions = [name_in(key) for key in export.keys if not is_user(key)]
    head = orjson.dumps({"user": user, "sessions": sessions, **export.parts}, option=orjson.OPT_SERIALIZE_NUMPY)
    yield head[:-1] + b',"events":['
    for number, one in enumerate(export.events):
        yield (b"," if number else b"") + orjson.dumps(event_record(one.event))
    yield b"]}"
