"""What is known of two shops: the tiny shop over a real index, and words made by hand for unit tests."""

import pytest

from bowerbird.catalog.records import product_from_record
from bowerbird.domain.ports import IndexDocument
from bowerbird.domain.understanding import Intent, Sentiment
from bowerbird.encode.product_terms import product_terms
from bowerbird.encode.terms import Terms
from bowerbird.index.build import build_index
from bowerbird.index.embedded import EmbeddedIndex
from bowerbird.testing.tiny_shop import tiny_records
from bowerbird.understand.knowledge import Minds, lexicon_table, load_readers, make_knowledge
from bowerbird.understand.shop_words import read_shop_words
from bowerbird.understand.spelling import Spelling
from bowerbird.understand.vocabulary import build_vocabulary

PLAIN_MINDS = Minds(lambda text, vector: Intent(), lambda text: Sentiment())


@pytest.fixture(scope="session")
def readers():
    return load_readers()


@pytest.fixture(scope="session")
def lexicon(readers):
    return readers.lexicon


@pytest.fixture(scope="session")
def terms():
    return Terms()


@pytest.fixture(scope="session")
def products():
    return [product_from_record(record) for record in tiny_records()]


@pytest.fixture(scope="session")
def view(products, terms, tmp_path_factory):
    """The tiny shop's index, without vectors: understanding looks at fields and terms only."""
    folder = tmp_path_factory.mktemp("understand") / "index"
    documents = [
        IndexDocument(seq, product, product_terms(product, terms), {}) for seq, product in enumerate(products, 1)
    ]
    build_index(folder, documents, applied=len(documents))
    index = EmbeddedIndex(folder)
    yield index.view()
    index.close()


@pytest.fixture(scope="session")
def holds(view):
    return lambda term: view.document_frequency(term) > 0


@pytest.fixture(scope="session")
def shop(view, lexicon, products):
    return read_shop_words(view, lexicon, lexicon_table(), products)


@pytest.fixture(scope="session")
def knowledge(products, shop, terms):
    return make_knowledge(Spelling(build_vocabulary(products, terms.cut)), shop, terms.cut, PLAIN_MINDS)
