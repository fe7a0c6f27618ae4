"""ONNX Runtime sessions: one thread each, parallel over batches.

A session of one thread runs in the thread that calls it, so the same one serves a query on one core
and a bulk job on all of them.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from bowerbird.domain.errors import ModelError

In = TypeVar("In")
Out = TypeVar("Out")


def open_session(graph: Path | bytes, threads: int = 1) -> Any:
    """Open a graph, from a file or as bytes, on the CPU with ``threads`` threads an operation.

    Raises ModelError for a torn one.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Every batch has another shape: plans made for one shape only cost memory.
    options.enable_mem_pattern = False
    state = onnxruntime.capi.onnxruntime_pybind11_state
    # Its errors share no base but Exception.
    faults = (state.Fail, state.InvalidArgument, state.InvalidGraph, state.InvalidProtobuf, state.NoSuchFile)
    try:
        return onnxruntime.InferenceSession(
            graph if isinstance(graph, bytes) else str(graph), options, providers=["CPUExecutionProvider"]
        )
    except (*faults, state.NotImplemented, state.RuntimeException, RuntimeError, ValueError, OSError) as error:
        name = "a graph" if isinstance(graph, bytes) else graph
        raise ModelError(f"{name} cannot be loaded: {error}") from error


def count_cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def map_bounded(work: Callable[[In], Out], items: Iterable[In], workers: int) -> Iterator[Out]:
    """Map in order over threads, never holding more than two items a worker."""
    if workers <= 1:
        yield from map(work, items)
        return
    waiting: deque[Future[Out]] = deque()
    with ThreadPoolExecutor(workers, thread_name_prefix="encode") as pool:
        try:
            for item in items:
                waiting.append(pool.submit(work, item))
                if len(waiting) >= 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
