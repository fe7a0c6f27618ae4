"""How a shop stands, for whoever runs it."""

from __future__ import annotations

from typing import Any

from bowerbird.engine.live import Live
from bowerbird.engine.stores import Stores


def shop_status(stores: Stores, live: Live | None) -> dict[str, Any]:
    """How the products and their index stand; ``ready`` says that searches are answered."""
    status: dict[str, Any] = {
        "ready": live is not None,
        "products": stores.products.count(),
        "last_seq": stores.products.last_seq(),
        "keeps_index": stores.keeper,
    }
    if live is not None:
        view = live.index.view()
        fault = live.keep_up.fault if live.keep_up is not None else None
        status |= {
            "indexed": view.size,
            "applied": view.applied,
            "models": dict(live.models.fingerprints),
            "maps": live.maps.fingerprint,
            "sizes": live.index.sizes(),
            "fault": None if fault is None else str(fault),
        }
    return status
