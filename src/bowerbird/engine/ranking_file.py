"""What a merchant set for the ranking, kept in the shop's folder: only what differs from the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import orjson

from bowerbird.domain.errors import ArtefactError, BowerbirdError
from bowerbird.rank.knobs import Value, as_record, read_knobs
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.files import write_whole


def load_knobs(path: Path) -> dict[str, Value]:
    """The settings by dotted name, none where there are none. Raises ArtefactError for a file that is not right."""
    try:
        return read_knobs(orjson.loads(path.read_bytes()))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, BowerbirdError) as error:
        raise ArtefactError(f"{path}: is not right: {error}") from error


def save_knobs(path: Path, given: Mapping[str, Value]) -> None:
    """Keep settings. Raises StorageError."""
    with storage_faults(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, orjson.dumps(as_record(given), option=orjson.OPT_INDENT_2))
