from bowerbird.index.build import build_index
from bowerbird.index.embedded import EmbeddedIndex
from bowerbird.testing.index_contract import SearchIndexContract


class TestEmbeddedIndex(SearchIndexContract):
    def make(self, folder, documents):
        build_index(folder, documents, applied=9)
        return EmbeddedIndex(folder)
