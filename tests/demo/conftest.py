from __future__ import annotations

import pytest

from bowerbird.demo.catalogue import make_line
from bowerbird.demo.crowd.assortment import make_assortment
from bowerbird.demo.crowd.invent import invent_crowd
from bowerbird.demo.crowd.true_likes import TrueLikes
from bowerbird.demo.truth import truth_from

SEED, PRODUCTS = 7, 1_200
END = 1_790_000_000.0


@pytest.fixture(scope="session")
def lines():
    """Records and lines of truth of the default shop."""
    return [make_line(SEED, number) for number in range(PRODUCTS)]


@pytest.fixture(scope="session")
def records(lines):
    return [record for record, _ in lines]


@pytest.fixture(scope="session")
def truths(lines):
    return [truth_from(truth) for _, truth in lines]


@pytest.fixture(scope="session")
def assortment(records, truths):
    return make_assortment(truths, records, SEED)


@pytest.fixture(scope="session")
def crowd(assortment):
    """What 300 shoppers did in the default shop."""
    return invent_crowd(assortment, SEED, 300, END)


@pytest.fixture(scope="session")
def likes(assortment, crowd):
    return TrueLikes(assortment, crowd.shoppers, SEED)
