"""Closed-form alignments, in numpy alone: the label prior as it is, and ridge regression."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bowerbird.encode.alignment import Alignment, Tower
from bowerbird.encode.photo_parts import PhotoParts, unit_rows
from bowerbird.learn.pairs import Pairs

PRIOR_WEIGHT = 2.0
COLOUR_WEIGHT = 0.5
TITLE_SHARE = 0.5


def alignment_parts(photo_dim: int) -> PhotoParts:
    """How an alignment weighs the parts of a raw photo vector."""
    return PhotoParts.of(photo_dim, prior_weight=PRIOR_WEIGHT, colour_weight=COLOUR_WEIGHT)


def prior_alignment(photo_dim: int, labels: NDArray[np.float32], texts: NDArray[np.float32], dim: int) -> Alignment:
    """The alignment that needs no pair: a photo is what the likeliest ImageNet labels, read as text, say it is.

    Args:
        photo_dim: the length of a raw vector with a label prior in it.
        labels: (1000, text_dim) the label names' text vectors, whose mean is taken off both sides.
        texts: (n, text_dim) texts of the kind to be searched with; the ``dim`` main directions of both are kept.
        dim: the dimensions of the shared space.
    """
    parts = alignment_parts(photo_dim)
    centre, basis = _text_basis(np.concatenate([labels, texts]), dim)
    skip = np.zeros((parts.dim, basis.shape[1]), np.float32)
    skip[parts.prior_columns] = basis / np.float32(parts.prior_weight)
    photo = Tower.linear(skip, np.asarray(-labels.mean(0) @ basis, np.float32))
    text = Tower.linear(basis, np.asarray(-centre @ basis, np.float32))
    return Alignment.of(parts, photo, text, "label prior", {})


def fit_ridge(pairs: Pairs, dim: int, strength: float) -> Alignment:
    """Ridge regression (Hoerl and Kennard 1970) of each photo onto the mean of its texts.

    ``strength`` is the penalty, in shares of the mean variance of an input.
    """
    parts = alignment_parts(pairs.photos.shape[1])
    everything = np.arange(len(pairs))
    named = [phrase.of(everything) for phrase in pairs.phrases]
    centre, basis = _text_basis(np.concatenate([phrase.vectors for phrase in pairs.phrases]), dim)
    others = named[1:] or named
    wanted = TITLE_SHARE * named[0] + (1 - TITLE_SHARE) * np.mean(others, axis=0)
    target = unit_rows(np.asarray((wanted - centre) @ basis, np.float32))
    rows = np.concatenate([parts.prepare(view) for view in pairs.views])
    target = np.tile(target, (len(pairs.views), 1))
    mean, target_mean = rows.mean(0), target.mean(0)
    rows -= mean
    square = rows.T @ rows
    square[np.diag_indices(len(square))] += np.float32(strength * np.trace(square) / len(square))
    weights = np.linalg.solve(square, rows.T @ (target - target_mean)).astype(np.float32)
    # The mean of all photos meets the mean of all texts in zero: what every product shares tells nothing.
    photo = Tower.linear(weights, np.asarray(-mean @ weights, np.float32))
    text = Tower.linear(basis, np.asarray(-centre @ basis - target_mean, np.float32))
    return Alignment.of(parts, photo, text, f"ridge {strength:g}", {})


def _text_basis(texts: NDArray[np.float32], dim: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The mean (text_dim,) and the first ``dim`` principal directions (text_dim, dim) of text vectors."""
    centre = texts.mean(0)
    spread = (texts - centre).T @ (texts - centre)
    _, directions = np.linalg.eigh(spread)
    return centre, np.ascontiguousarray(directions[:, ::-1][:, :dim], dtype=np.float32)
