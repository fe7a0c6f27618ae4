"""A trained recommender on disk: its product ids, its arrays, and what it was trained on, as one artefact.

The kind is ``recommender: <sort>``; ``details["seen"]`` names the data, the settings and the measured figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import orjson
from numpy.typing import NDArray

from bowerbird.domain.errors import ArtefactError
from bowerbird.storage.artefacts import check_files, read_details, read_kind, read_manifest, write_artefact

KIND = "recommender: "
_PRODUCTS = "products.json"
Array: TypeAlias = NDArray[Any]


@dataclass(frozen=True, eq=False)
class ModelFiles:
    """What a folder of a recommender holds; ``numbers`` are its single settings, ``graphs`` ONNX files by name."""

    products: tuple[str, ...]
    arrays: Mapping[str, Array]
    numbers: Mapping[str, float] = field(default_factory=dict)
    seen: Mapping[str, Any] = field(default_factory=dict)
    graphs: Mapping[str, bytes] = field(default_factory=dict)


def write_model(folder: Path, sort: str, version: int, files: ModelFiles) -> None:
    """Write the artefact, manifest last; ``folder`` must not be there yet. Raises StorageError."""
    with write_artefact(folder, KIND + sort, version) as draft:
        (draft.folder / _PRODUCTS).write_bytes(orjson.dumps(files.products))
        for name, array in files.arrays.items():
            np.save(draft.folder / f"{name}.npy", array, allow_pickle=False)
        for name, graph in files.graphs.items():
            (draft.folder / f"{name}.onnx").write_bytes(graph)
        draft.details.update(numbers=dict(files.numbers), seen=dict(files.seen))


def read_model(
    folder: Path,
    sort: str,
    version: int,
    shapes: Mapping[str, Sequence[str]],
    numbers: Sequence[str] = (),
    graphs: Sequence[str] = (),
) -> ModelFiles:
    """Read an artefact whose arrays have the ``shapes``: names of axes, each of one length wherever it stands.

    ``products`` names the axis of the products. Raises ArtefactError where it is torn, damaged, of another version,
    lacks one of the ``numbers`` or ``graphs``, or holds an array of another shape or a value that is no number.
    """
    manifest = read_manifest(folder, KIND + sort, version)
    check_files(folder, manifest)
    try:
        products = tuple(map(str, orjson.loads((folder / _PRODUCTS).read_bytes())))
        arrays = {name: np.load(folder / f"{name}.npy", allow_pickle=False) for name in shapes}
        _check_shapes(arrays, shapes, {"products": len(products)})
        given = {name: float(manifest.details["numbers"][name]) for name in numbers}
        read = {name: (folder / f"{name}.onnx").read_bytes() for name in graphs}
        return ModelFiles(products, arrays, given, dict(manifest.details["seen"]), read)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArtefactError(f"{folder}: is no whole recommender: {error}") from error


def read_sort(folder: Path) -> str:
    """The sort of recommender in a folder. Raises ArtefactError where it holds something else."""
    kind = read_kind(folder)
    if not kind.startswith(KIND):
        raise ArtefactError(f"{folder}: is {kind!r}, not a recommender")
    return kind.removeprefix(KIND)


def read_seen(folder: Path) -> Mapping[str, Any]:
    """What the recommender in a folder was trained on, without opening it. Raises ArtefactError."""
    seen = read_details(folder).get("seen")
    return seen if isinstance(seen, dict) else {}


def _check_shapes(arrays: Mapping[str, Array], shapes: Mapping[str, Sequence[str]], lengths: dict[str, int]) -> None:
    for name, array in arrays.items():
        expected = tuple(
            lengths.setdefault(axis, length) for axis, length in zip(shapes[name], array.shape, strict=False)
        )
        if array.ndim != len(shapes[name]) or array.shape != expected:
            raise ValueError(f"{name} is {array.shape}, where {shapes[name]} is {expected}")
        if array.dtype.kind not in "fi" or not np.isfinite(array).all():
            raise ValueError(f"{name} holds a value that is no number")
