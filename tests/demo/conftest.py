from __future__ import annotations

import pytest

from bowerbird.demo.catalogue import make_line
from bowerbird.demo.truth import truth_from

SEED, PRODUCTS = 7, 1_200


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
