import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch")

import torch

from bowerbird.encode.sessions import open_session
from bowerbird.learn.sequence_network import NetworkShape, export_network, new_weights, read_states

SHAPE = NetworkShape(dim=16, layers=2, heads=2, hidden=32, longest=12)


@pytest.fixture(scope="module")
def weights():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        drawn = new_weights(SHAPE, 8.0)
        # A start whose attention is even would forgive a leak from later places.
        return {name: tensor + 0.3 * torch.randn_like(tensor) for name, tensor in drawn.items()}


def rows(*size, seed=0):
    drawn = np.random.default_rng(seed).normal(size=(*size, SHAPE.dim)).astype(np.float32)
    return torch.from_numpy(drawn / np.linalg.norm(drawn, axis=-1, keepdims=True))


def test_what_comes_later_changes_no_earlier_state(weights):
    products, counts = rows(1, 8), torch.ones(1, 8)
    before = read_states(weights, SHAPE, products, counts)
    changed = torch.cat([products[:, :5], rows(1, 3, seed=9)], dim=1)
    after = read_states(weights, SHAPE, changed, counts)
    torch.testing.assert_close(before[:, :5], after[:, :5])
    assert not torch.allclose(before[:, 5:], after[:, 5:], atol=1e-2)


def test_a_history_reads_alike_alone_and_padded_beside_longer_ones(weights):
    products, counts = rows(4, 9), torch.rand(4, 9) + 0.5
    together = read_states(weights, SHAPE, products, counts)
    for row, length in enumerate((1, 3, 6, 9)):
        alone = read_states(weights, SHAPE, products[row : row + 1, :length], counts[row : row + 1, :length])
        torch.testing.assert_close(together[row, :length], alone[0], atol=1e-5, rtol=1e-4)


def test_states_are_unit_rows(weights):
    states = read_states(weights, SHAPE, rows(3, 7), torch.ones(3, 7))
    torch.testing.assert_close(states.norm(dim=-1), torch.ones(3, 7))


def test_only_how_products_weigh_beside_each_other_matters(weights):
    products, counts = rows(2, 6), torch.rand(2, 6) + 0.5
    read = read_states(weights, SHAPE, products, counts)
    torch.testing.assert_close(read_states(weights, SHAPE, products, 7 * counts), read, atol=1e-4, rtol=1e-3)


def test_a_product_of_hardly_any_weight_is_hardly_read(weights):
    products, counts = rows(1, 5), torch.ones(1, 5)
    counts[0, 1] = 0.0
    other = products.clone()
    other[0, 1] = rows(1, 1, seed=5)[0, 0]
    torch.testing.assert_close(
        read_states(weights, SHAPE, products, counts)[0, -1], read_states(weights, SHAPE, other, counts)[0, -1],
        atol=1e-4, rtol=1e-3,
    )  # fmt: skip


def test_the_graph_gives_what_torch_gives(weights):
    session = open_session(export_network(weights, SHAPE))
    for length in range(1, SHAPE.longest + 1):
        products, counts = rows(1, length, seed=length), torch.rand(1, length) + 0.5
        expected = read_states(weights, SHAPE, products, counts)[0, -1] * weights["scale"].exp()
        (state,) = session.run(None, {"products": products.numpy(), "importance": counts.numpy()})
        np.testing.assert_allclose(state, expected.numpy(), atol=1e-4)
