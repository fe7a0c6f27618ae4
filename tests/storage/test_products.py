import threading
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bowerbird.domain.errors import ArtefactError, InputError, NotFoundError
from bowerbird.domain.product import Product
from bowerbird.storage.database import Database
from bowerbird.storage.products import Change, ProductStore, Put, Stored


def lamp(number: int, title: str = "Lamp") -> Product:
    return Product(f"p{number}", title)


def results(store: ProductStore, *batch: Product) -> list[Put]:
    return [outcome.result for outcome in store.put_many(batch)]


def test_a_product_is_new_then_unchanged_then_changed(store: ProductStore):
    assert results(store, lamp(1), lamp(2)) == [Put.NEW, Put.NEW]
    assert results(store, lamp(1), lamp(2, "Desk lamp")) == [Put.UNCHANGED, Put.CHANGED]
    assert store.count() == 2


def test_what_is_unchanged_takes_no_number_and_leaves_no_trace(store: ProductStore):
    store.put_many([lamp(1)])
    store.put_many([lamp(1)])
    assert store.last_seq() == 1
    assert store.changes(0) == [Change(1, "p1", None, False)]


def test_every_write_moves_a_product_to_the_next_number(store: ProductStore):
    store.put_many([lamp(1), lamp(2)])
    [outcome] = store.put_many([lamp(1, "New lamp")])
    assert outcome.seq == 3
    assert store.get_many([1, 2, 3]) == {2: lamp(2), 3: lamp(1, "New lamp")}
    assert store.changes(2) == [Change(3, "p1", 1, False)]


def test_of_a_product_that_comes_twice_in_one_batch_the_last_stays(store: ProductStore):
    assert results(store, lamp(1, "a"), lamp(1, "b"), lamp(1, "b")) == [Put.NEW, Put.CHANGED, Put.UNCHANGED]
    assert store.get("p1") == Stored(2, lamp(1, "b"))
    assert store.changes(0) == [Change(1, "p1", None, False), Change(2, "p1", 1, False)]


def test_a_delete_has_a_number_of_its_own(store: ProductStore):
    store.put_many([lamp(1), lamp(2)])
    assert store.delete_many(["p1", "p9", "p1"]) == [True, False, False]
    assert store.get("p1") is None
    assert store.changes(2) == [Change(3, "p1", 1, True)]
    assert results(store, lamp(1)) == [Put.NEW]


def test_empty_batches_do_nothing(store: ProductStore):
    assert store.put_many([]) == []
    assert store.delete_many([]) == []
    assert store.last_seq() == 0


def test_a_version_that_was_replaced_leads_to_the_product_as_it_is_now(store: ProductStore):
    store.put_many([lamp(1), lamp(2), lamp(3)])
    store.put_many([lamp(1, "newer")])
    store.put_many([lamp(1, "newest")])
    store.delete_many(["p2"])
    now = store.current([1, 2, 3, 99])
    assert now == {1: Stored(5, lamp(1, "newest")), 3: Stored(3, lamp(3))}


def test_products_are_found_by_id_whatever_the_number_of_ids(store: ProductStore):
    store.put_many([lamp(number) for number in range(2_500)])
    found = store.get_by_ids([f"p{number}" for number in range(3_000)])
    assert len(found) == 2_500
    assert len(store.get_many(range(1, 3_001))) == 2_500


def test_iterating_gives_every_product_in_order_in_bounded_lists(store: ProductStore):
    store.put_many([lamp(number) for number in range(25)])
    batches = list(store.iterate(batch=10))
    assert [len(batch) for batch in batches] == [10, 10, 5]
    assert [stored.seq for batch in batches for stored in batch] == list(range(1, 26))
    assert [stored.seq for batch in store.iterate(after_seq=20) for stored in batch] == [21, 22, 23, 24, 25]


def test_a_product_written_while_iterating_comes_again_at_the_end(store: ProductStore):
    store.put_many([lamp(number) for number in range(4)])
    walk = store.iterate(batch=2)
    next(walk)
    store.put_many([lamp(0, "newer")])
    assert [stored.product.title for batch in walk for stored in batch] == ["Lamp", "Lamp", "newer"]


def test_a_full_import_deletes_what_it_did_not_see(store: ProductStore):
    store.put_many([lamp(number) for number in range(2_200)])
    assert store.delete_unseen({"p7", "p8", "p5000"}) == 2_198
    assert sorted(store.ids()) == ["p7", "p8"]


def test_an_update_reads_changes_and_writes(store: ProductStore):
    store.put_many([lamp(1)])
    outcome = store.update("p1", lambda product: replace(product, price=Decimal("9.90")))
    assert outcome.result is Put.CHANGED
    stored = store.get("p1")
    assert stored is not None
    assert stored.product.price == Decimal("9.90")


def test_an_update_of_nothing_or_to_another_id_is_refused(store: ProductStore):
    store.put_many([lamp(1)])
    with pytest.raises(NotFoundError):
        store.update("p2", lambda product: product)
    with pytest.raises(InputError):
        store.update("p1", lambda product: lamp(2))


def test_updates_by_many_threads_lose_none(store: ProductStore):
    store.put_many([Product("p1", "0")])

    def count_up() -> None:
        for _ in range(15):
            store.update("p1", lambda product: replace(product, title=str(int(product.title) + 1)))

    run_together([count_up] * 4)
    stored = store.get("p1")
    assert stored is not None
    assert stored.product.title == "60"


def test_writers_in_many_threads_get_distinct_numbers_in_one_log(store: ProductStore):
    seqs: list[int] = []

    def writer(first: int) -> None:
        for number in range(first, first + 25):
            seqs.extend(outcome.seq for outcome in store.put_many([lamp(number)]))

    run_together([lambda first=first: writer(first) for first in range(0, 200, 25)])
    assert sorted(seqs) == list(range(1, 201))
    assert [change.seq for change in store.changes(0)] == list(range(1, 201))


def run_together(works: list) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_product_that_cannot_be_stored_stops_its_batch_before_anything_is_written(store: ProductStore):
    with pytest.raises(InputError):
        store.put_many([lamp(1), Product("p2", "Lamp", rating=float("nan"))])
    assert store.count() == 0


def test_changes_nobody_needs_are_forgotten_and_living_ones_stay(store: ProductStore):
    store.put_many([lamp(1), lamp(2)])
    store.put_many([lamp(1, "newer")])
    store.delete_many(["p2"])
    assert store.forget_changes(4) == 3
    assert [change.seq for change in store.changes(4)] == []
    with pytest.raises(ArtefactError, match="begins after 4"):
        store.changes(3)
    assert [outcome.seq for outcome in store.put_many([lamp(3)])] == [5]


def test_what_was_written_is_there_after_opening_again(tmp_path: Path):
    first = Database.open(tmp_path)
    ProductStore(first).put_many([lamp(1)])
    first.close()
    second = Database.open(tmp_path)
    assert ProductStore(second).get("p1") == Stored(1, lamp(1))
    second.close()


operations = st.lists(
    st.tuples(
        st.sampled_from(["put", "delete"]), st.lists(st.integers(0, 5), min_size=1, max_size=4), st.integers(0, 2)
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(operations)
def test_whoever_follows_the_log_arrives_at_the_same_products(tmp_path_factory: pytest.TempPathFactory, steps: list):
    database = Database.open(tmp_path_factory.mktemp("shop"))
    store = ProductStore(database)
    followed: dict[int, Product] = {}
    applied = 0
    for position, (what, numbers, title) in enumerate(steps):
        if what == "put":
            store.put_many([lamp(number, str(title)) for number in numbers])
        else:
            store.delete_many([f"p{number}" for number in numbers])
        if position % 3 == 2 or position == len(steps) - 1:
            news = store.changes(applied)
            living = store.get_many([change.seq for change in news if not change.deleted])
            for change in news:
                followed.pop(change.replaced or 0, None)
                if change.seq in living:
                    followed[change.seq] = living[change.seq]
                applied = change.seq
    assert followed == {stored.seq: stored.product for batch in store.iterate() for stored in batch}
    database.close()


def test_a_renewed_product_stays_the_same_under_a_new_number(store: ProductStore) -> None:
    (outcome,) = store.put_many([Product("a", "A")])

    assert store.renew(["a", "missing"]) == 1

    renewed = store.get("a")
    assert renewed is not None and renewed.product == Product("a", "A") and renewed.seq > outcome.seq
    assert store.changes(outcome.seq)[0].replaced == outcome.seq
