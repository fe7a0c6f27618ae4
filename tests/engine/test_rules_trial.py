"""Dry runs over a search whose products are letters; and the rules in force, as they change."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from bowerbird.domain.errors import ArtefactError, InputError
from bowerbird.domain.product import Product
from bowerbird.domain.query import Query, Wish
from bowerbird.domain.record_checks import moment_at
from bowerbird.domain.results import Hit, Results
from bowerbird.domain.rule_records import read_rules
from bowerbird.engine import rule_books
from bowerbird.engine.rule_books import RuleBooks
from bowerbird.engine.rules_trial import try_rules
from bowerbird.index.product_rows import id_hash
from bowerbird.rank.faults import Faults
from bowerbird.rank.merchandising import applied_rules, apply
from bowerbird.rank.rules import Moment, RuleBook
from bowerbird.storage.database import Database
from bowerbird.storage.rules import RuleStore

SHOP = "abcdefgh"


class View:
    size = len(SHOP)

    def documents_of(self, keys):
        known = [id_hash(name) for name in SHOP]
        return np.array([known.index(key) if key in known else -1 for key in keys.tolist()], np.int32)


def search(query: Query, book: RuleBook) -> Results:
    """Finds a to f, in this order."""
    view = View()
    resolved = book.resolve(view, book.match(Moment(query.wish.text)), Faults())
    found = apply(resolved, np.arange(6, dtype=np.int32), np.arange(6, 0, -1).astype(np.float32))
    shown = found.documents[: query.per_page].tolist()
    names = {document: SHOP[document] for document in [*shown, *found.effects.hidden(query.per_page)]}
    return Results(
        tuple(Hit(Product(SHOP[document], SHOP[document].upper()), 1.0) for document in shown),
        len(found.documents),
        banners=found.banners,
        redirect=found.redirect,
        applied_rules=applied_rules(resolved, found.effects, names),
    )


def rules(*then, **conditions):
    return read_rules([{"id": "r", "then": list(then), "if": conditions}])


HIDE_B = {"hide": {"products": ["b"]}}
PIN_H = {"pin": [{"id": "h", "position": 1}]}


def moves(trial):
    return {hit.product: (hit.before, hit.after, hit.causes) for hit in trial.hits}


def test_without_a_draft_the_rules_in_force_are_compared_with_none():
    trial = try_rules(search, Query(), RuleBook(rules(HIDE_B, {"redirect": "/x"})), first=3)
    assert moves(trial) == {
        "a": (1, 1, ()),
        "c": (3, 2, ()),
        "d": (None, 3, ()),
        "b": (2, None, (("r", "hide"),)),
    }
    assert (trial.before.total, trial.before.redirect, trial.after.total, trial.after.redirect) == (6, None, 5, "/x")
    assert [hit.title for hit in trial.hits] == ["A", "C", "D", "B"]


def test_a_draft_is_compared_with_what_is_in_force_and_changes_nothing():
    book = RuleBook(rules(HIDE_B))
    trial = try_rules(search, Query(), book, rules(PIN_H), first=3)
    assert moves(trial) == {
        "h": (None, 1, (("r", "pin"),)),
        "a": (1, 2, ()),
        "b": (None, 3, ()),
        "c": (2, None, ()),
        "d": (3, None, ()),
    }
    assert trial.before.applied_rules[0].actions == ("hide",)
    assert book.rules == rules(HIDE_B)
    assert moves(try_rules(search, Query(), book, (), first=2))["b"] == (None, 2, ())


def test_rules_of_another_time_are_tried_at_that_time():
    book = RuleBook(rules(PIN_H, **{"from": "2030-01-01T00:00:00Z"}))
    assert moves(try_rules(search, Query(), book, first=1)) == {"a": (1, 1, ())}
    late = moment_at("2030-01-02T00:00:00Z", "at")
    assert moves(try_rules(search, Query(), book, first=1, at=late))["h"] == (None, 1, (("r", "pin"),))


@pytest.mark.parametrize("first", [0, 101])
def test_the_number_of_hits_is_bounded(first):
    with pytest.raises(InputError, match="1 to 100"):
        try_rules(search, Query(Wish("x")), RuleBook(), first=first)


def test_rules_are_compiled_once_a_version_and_what_others_write_is_found(tmp_path, monkeypatch):
    database, other = Database.open(tmp_path), Database.open(tmp_path)
    books = RuleBooks(RuleStore(database), Faults())
    assert books.current().rules == ()
    RuleStore(other).replace(rules(HIDE_B), "Ada")
    monkeypatch.setattr(rule_books, "LOOK_SECONDS", -1.0)
    found = books.current()
    assert (found.version, found.rules) == (1, rules(HIDE_B))
    assert books.current() is found
    database.close()
    other.close()


def test_searches_go_on_with_the_rules_before_while_new_ones_are_read(tmp_path, monkeypatch):
    database = Database.open(tmp_path)
    store = RuleStore(database)
    store.replace(rules(HIDE_B), "Ada")
    books = RuleBooks(store, Faults())
    books.renew()
    store.replace(rules(PIN_H), "Ada")
    books._looked_at -= 2 * rule_books.LOOK_SECONDS
    reading, go, read = threading.Event(), threading.Event(), store.current
    monkeypatch.setattr(store, "current", lambda: (reading.set(), go.wait(10), read())[2])
    first = threading.Thread(target=books.current)
    first.start()
    assert reading.wait(10)
    other = threading.Thread(target=books.current)
    other.start()
    other.join(5)
    waited = other.is_alive()
    go.set()
    first.join()
    other.join()
    assert not waited and books.current().rules == rules(PIN_H)
    database.close()


def test_rules_that_cannot_be_read_are_noted_and_the_last_ones_stay(tmp_path, monkeypatch):
    database, faults = Database.open(tmp_path), Faults()
    store = RuleStore(database)
    store.replace(rules(HIDE_B), "Ada")
    books = RuleBooks(store, faults)
    books.renew()
    store.replace(rules(PIN_H), "Ada")

    def torn():
        raise ArtefactError("torn")

    monkeypatch.setattr(store, "current", torn)
    books.renew()
    assert books.current().rules == rules(HIDE_B) and faults.counts == {"rules": 1}
    database.close()


def test_an_engine_keeps_changes_undoes_and_tries_rules(own):
    assert own.rules.rules == ()
    own.set_rules(rules(HIDE_B), "Ada", "why", 0)
    own.set_rules(rules(PIN_H), "Ben")
    assert [one.author for one in own.rules_history()] == ["Ben", "Ada"]
    assert own.undo_rules("Ada").rules == own.rules.rules == rules(HIDE_B)
    trial = own.try_rules(Query(Wish("shoes")), rules(PIN_H), first=5)
    assert len(trial.hits) >= 5 and trial.after.total > 0
