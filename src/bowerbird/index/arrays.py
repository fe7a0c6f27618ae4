"""Arrays that grow at their end while others read them, and one file that holds many arrays."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import orjson
from numpy.typing import NDArray

from bowerbird.domain.errors import ArtefactError

Array: TypeAlias = NDArray[Any]

_MAGIC = b"BBARRAYS"
_ALIGNMENT = 64


class Growing:
    """An array that one writer extends along its first axis while any number of threads read.

    What was once written never changes, so a reader that knows a length may read up to it for ever.
    """

    __slots__ = ("_data", "_size")

    def __init__(self, data: Array) -> None:
        self._data = data
        self._size = len(data)

    @classmethod
    def empty(cls, dtype: Any, *shape: int) -> Growing:
        """No rows yet; ``shape`` is that of one row."""
        return cls(np.empty((0, *shape), dtype))

    def __len__(self) -> int:
        return self._size

    @property
    def array(self) -> Array:
        """Everything written so far, without a copy."""
        # The size is read first: the writer publishes the data before it.
        size = self._size
        return self._data[:size]

    def first(self, size: int) -> Array:
        """The first ``size`` rows, without a copy."""
        return self._data[:size]

    def append(self, values: Array) -> None:
        """Add rows at the end. Only one thread may do this."""
        end = self._size + len(values)
        if end > len(self._data) or not self._data.flags.writeable:
            room = np.empty((max(16, end + end // 4), *self._data.shape[1:]), self._data.dtype)
            room[: self._size] = self._data[: self._size]
            self._data = room
        self._data[self._size : end] = values
        self._size = end

    def trim(self) -> None:
        """Give back the room at the end."""
        if len(self._data) > self._size:
            self._data = self._data[: self._size].copy()

    @property
    def nbytes(self) -> int:
        """The bytes it holds, the room at its end included."""
        return self._data.nbytes


def write_arrays(path: Path, arrays: Mapping[str, Array], details: Mapping[str, Any]) -> None:
    """Write arrays and JSON-able details into one file."""
    directory: dict[str, tuple[str, tuple[int, ...], int]] = {}
    offset = 0
    for name, array in arrays.items():
        directory[name] = (array.dtype.str, array.shape, offset)
        offset += -(-array.nbytes // _ALIGNMENT) * _ALIGNMENT
    header = orjson.dumps({"arrays": directory, "details": details, "size": offset})
    with path.open("wb") as stream:
        stream.write(_MAGIC + len(header).to_bytes(8, "little") + header)
        stream.write(bytes(-stream.tell() % _ALIGNMENT))
        for array in arrays.values():
            stream.write(np.ascontiguousarray(array).data if array.size else b"")
            stream.write(bytes(-array.nbytes % _ALIGNMENT))


def read_arrays(path: Path) -> tuple[dict[str, Array], dict[str, Any]]:
    """The arrays and details of one file. Raises ArtefactError when it is missing or torn."""
    try:
        whole = np.fromfile(path, np.uint8)
        if bytes(whole[:8]) != _MAGIC:
            raise ArtefactError(f"{path}: does not hold arrays")
        length = int.from_bytes(bytes(whole[8:16]), "little")
        header = orjson.loads(bytes(whole[16 : 16 + length]))
        start = -(-(16 + length) // _ALIGNMENT) * _ALIGNMENT
        if len(whole) != start + header["size"]:
            raise ArtefactError(f"{path}: is torn: {len(whole)} bytes where {start + header['size']} were written")
        arrays = {}
        for name, (dtype, shape, offset) in header["arrays"].items():
            count = int(np.prod(shape)) * np.dtype(dtype).itemsize
            at = start + offset
            arrays[name] = whole[at : at + count].view(dtype).reshape(shape)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArtefactError(f"{path}: cannot be read: {error}") from error
    return arrays, header["details"]
