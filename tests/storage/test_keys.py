import pytest

from bowerbird.domain.errors import InputError, NotFoundError
from bowerbird.storage.database import Database
from bowerbird.storage.keys import KeyStore


@pytest.fixture
def keys(database: Database) -> KeyStore:
    return KeyStore(database)


@pytest.mark.parametrize("kind", ["search", "write"])
def test_a_key_says_what_it_allows(keys: KeyStore, kind):
    key = keys.create(kind, "web shop")
    assert key.startswith(f"bb_{kind}_")
    assert keys.check(key) == kind


def test_a_key_is_not_kept(keys: KeyStore, database: Database):
    key = keys.create("write", "importer")
    database.close()
    files = b"".join(path.read_bytes() for path in database.path.parent.glob("shop.db*"))
    assert key[-30:].encode() not in files
    assert b"importer" in files


def test_a_key_changed_in_one_place_is_worthless(keys: KeyStore):
    key = keys.create("search", "web shop")
    for position in range(len(key)):
        changed = key[:position] + ("a" if key[position] != "a" else "b") + key[position + 1 :]
        assert keys.check(changed) is None
    assert keys.check(key.replace("bb_search_", "bb_write_")) is None


@pytest.mark.parametrize(
    "key", ["", "bb_search_", "bb_admin_0123456789", "x" * 10_000, "bb_write_\ud800", "bb_search_é"]
)
def test_what_is_no_key_allows_nothing(keys: KeyStore, key: str):
    assert keys.check(key) is None


def test_keys_are_listed_without_their_secret_and_revoked_by_their_id(keys: KeyStore):
    first, second = keys.create("search", "a"), keys.create("write", "b")
    listed = {info.label: info for info in keys.list()}
    assert {label: info.kind for label, info in listed.items()} == {"a": "search", "b": "write"}
    assert first not in repr(listed)
    keys.revoke(listed["a"].id)
    assert keys.check(first) is None
    assert keys.check(second) == "write"
    with pytest.raises(NotFoundError):
        keys.revoke(listed["a"].id)


def test_an_unknown_kind_is_refused(keys: KeyStore):
    with pytest.raises(InputError):
        keys.create("admin", "x")


def test_a_key_made_by_another_process_works_at_once(keys: KeyStore, database: Database):
    other = Database.open(database.path.parent)
    key = KeyStore(other).create("search", "made beside")
    assert keys.check(key) == "search"
    other.close()
