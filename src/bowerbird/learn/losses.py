"""The losses, pure functions of torch tensors without state; torch is not imported before they run.

Those that bring photos and texts together take ``photos`` and ``texts``, (n, d) unit rows, and ``same``, (n, n) f32, 1
where a photo and a text belong together (two products may bear the same words), and always on the diagonal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

MARGIN = 0.2
HARDEST = 10


def infonce(photos: Tensor, texts: Tensor, same: Tensor, scale: Tensor) -> Tensor:
    """The symmetric contrastive loss of CLIP (Radford et al. 2021) with several right answers a row.

    The right answers of a row share its probability (Khosla et al. 2020, "Supervised contrastive learning", L_out).
    """
    scores = photos @ texts.T * scale
    to_text = (same / same.sum(1, keepdim=True) * scores.log_softmax(1)).sum(1).mean()
    to_photo = (same.T / same.sum(0).unsqueeze(1) * scores.T.log_softmax(1)).sum(1).mean()
    return -(to_text + to_photo) / 2


def triplet(photos: Tensor, texts: Tensor, same: Tensor, scale: Tensor) -> Tensor:
    """A hinge on the hardest wrong answers of each row (VSE++: Faghri et al. 2018), ten instead of one.

    A single hardest one collapsed the space in the first steps. ``scale`` is not used.
    """
    scores = photos @ texts.T
    right = scores.diagonal().unsqueeze(1)
    wrong = scores.masked_fill(same > 0, -1.0)
    count = min(HARDEST, len(photos) - 1)
    to_text = (MARGIN + wrong.topk(count, dim=1).values - right).clamp(min=0)
    to_photo = (MARGIN + wrong.T.topk(count, dim=1).values - right).clamp(min=0)
    return (to_text.mean() + to_photo.mean()) / 2


def sampled_softmax(states: Tensor, candidates: Tensor, targets: Tensor, chances: Tensor, chunk: int = 512) -> Tensor:
    """The mean cross-entropy of each state's target among the candidates, corrected for how they were drawn.

    ``states`` (m, d), ``candidates`` (c, d), ``targets`` (m,) places among them, ``chances`` (c,) how likely each was
    to be there: its logarithm is taken off, so that what is drawn often is not thought less of (logQ: Bengio and
    Senécal, Adaptive importance sampling to accelerate training of a neural probabilistic language model, 2008). With
    every product a candidate, at chance 1, it is the full softmax. ``chunk`` states are held at a time.
    """
    import torch
    from torch.nn.functional import cross_entropy

    corrections = chances.log()
    total = torch.zeros(())
    for first in range(0, len(states), chunk):
        scores = (states[first : first + chunk] @ candidates.T).float() - corrections
        total = total + cross_entropy(scores, targets[first : first + chunk], reduction="sum")
    return total / max(len(states), 1)
