"""Profiles follow the log, searches lean to them within a bound, and the shopper's own words win."""

from __future__ import annotations

import shutil
import threading

import pytest
from engine_world import ask, becomes_true, open_fake_shop
from ranking_world import cheap_first, put_in_use
from taste_world import ANN, brands, catalogue, event, found, open_taste_shop, recorded, view

from bowerbird.domain.errors import InputError, StorageError
from bowerbird.domain.event import EventName, Who
from bowerbird.domain.explanation import ReasonKind
from bowerbird.domain.query import Sort
from bowerbird.engine.profiles import Profiles, ProfileSettings
from bowerbird.events.log import EventLog
from bowerbird.events.taste_edits import TasteEditStore

RED_KESTREL = ("shoe-2", "shoe-5", "shoe-8")
BOB, NOBODY = Who("bob"), Who()


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tastes") / "shop"
    open_taste_shop(folder).close()
    return folder


@pytest.fixture
def shop(built, tmp_path):
    engine = open_fake_shop(shutil.copytree(built, tmp_path / "shop"))
    yield engine
    engine.close()


def bags(ids: list[str]) -> list[str]:
    return [one for one in ids if one.startswith("bag")]


def test_what_was_looked_at_comes_first_and_another_kind_of_thing_is_unmoved(shop):
    neutral = {text: bags(found(shop, text, NOBODY)) for text in ("blue bag", "bag")}
    shoes = found(shop, "shoe", NOBODY)
    assert brands(shop, "shoe", NOBODY)[:3] != ["Kestrel"] * 3
    recorded(shop, view(*RED_KESTREL))
    assert brands(shop, "shoe")[:3] == ["Kestrel"] * 3
    for text, before in neutral.items():
        assert bags(found(shop, text)) == before
    assert found(shop, "blue bag")[:3] == neutral["blue bag"][:3]
    for who in (BOB, NOBODY, Who(session="another")):
        assert found(shop, "shoe", who) == shoes


def test_a_colour_that_is_asked_for_stays_first_whatever_is_liked(shop):
    recorded(shop, view(*["shoe-2"] * 20))
    colours = [hit.product.attributes["color"] for hit in shop.search(ask("blue shoe", who=ANN)).hits]
    assert colours[:3] == ["blue"] * 3


def test_what_the_shopper_hides_goes_last_and_clearing_restores_the_order(shop):
    neutral = found(shop, "shoe", NOBODY)
    recorded(shop, view(*RED_KESTREL))
    shop.profiles.change(ANN, {"hidden": {"brand": ["KESTREL"]}})
    assert brands(shop, "shoe")[-3:] == ["Kestrel"] * 3
    shop.profiles.change(ANN, {"hidden": {"brand": []}})
    assert brands(shop, "shoe")[:3] == ["Kestrel"] * 3
    shop.profiles.clear(ANN)
    assert found(shop, "shoe") == neutral and shop.profiles.of(ANN).history == ()
    recorded(shop, view(*RED_KESTREL))
    assert brands(shop, "shoe")[:3] == ["Kestrel"] * 3


def test_clearing_keeps_what_was_hidden(shop):
    shop.profiles.change(ANN, {"hidden": {"brand": ["Luma"]}, "liked": {"brand": ["Fleet"]}, "price_most": 50})
    shop.profiles.clear(ANN)
    edits = shop.profiles.of(ANN).edits
    assert edits.hidden == {"brand": ("Luma",)} and not edits.liked and edits.price_most is None


def test_who_wants_nothing_arranged_and_a_forgotten_product_are_heeded(shop):
    neutral = found(shop, "shoe", NOBODY)
    recorded(shop, view(*RED_KESTREL))
    shop.profiles.change(ANN, {"personal": False})
    assert found(shop, "shoe") == neutral
    shop.profiles.change(ANN, {"personal": True, "forget": list(RED_KESTREL)})
    assert found(shop, "shoe") == neutral and shop.profiles.of(ANN).history == ()


def test_a_session_s_tastes_become_those_of_the_user_it_turns_out_to_be(shop):
    visit = Who(session="visit-7")
    recorded(shop, view(*RED_KESTREL, who=visit))
    shop.profiles.change(visit, {"liked": {"color": ["red"]}})
    assert shop.profiles.of(visit).key == "s:visit-7" and shop.profiles.of(Who("cat")).history == ()
    recorded(shop, [event(EventName.LOGIN, "", Who("cat", "visit-7"))])
    for who in (Who("cat"), visit, Who("cat", "visit-9")):
        profile = shop.profiles.of(who)
        assert profile.key == "u:cat" and [one.product for one in profile.history] == list(RED_KESTREL)
        assert profile.edits.liked == {"color": ("red",)}
    recorded(shop, view("bag-0", who=visit))
    assert shop.profiles.of(Who("cat")).history[-1].product == "bag-0"
    assert found(shop, "shoe", Who("cat"))[0] == "shoe-2"


def test_a_session_stays_with_the_first_user_it_was(shop):
    recorded(shop, view("shoe-0", who=Who("cat", "shared")))
    recorded(shop, view("shoe-1", who=Who("dan", "shared")))
    assert [one.product for one in shop.profiles.of(Who("cat")).history] == ["shoe-0"]
    assert [one.product for one in shop.profiles.of(Who("dan")).history] == ["shoe-1"]
    assert shop.profiles.of(Who(session="shared")).key == "u:cat"


def test_the_variant_that_was_bought_tells_the_size(shop):
    recorded(shop, view("shoe-2"))
    assert len(shop.profiles.of(ANN).long.values["size"]) == 3
    recorded(shop, [event(EventName.PURCHASE, "shoe-2", variant="shoe-2-42")])
    profile = shop.profiles.of(ANN)
    assert max(profile.long.values["size"], key=profile.long.values["size"].get) == "42"
    assert list(profile.bought) == ["shoe-2"]


def test_who_asks_has_every_event_that_was_acknowledged(shop):
    shop.profiles.of(ANN)
    for number in range(9):
        recorded(shop, view(f"shoe-{number}"))
        assert shop.profiles.of(ANN).history[-1].product == f"shoe-{number}"


def test_a_profile_that_was_kept_up_is_the_one_that_is_made_anew(shop):
    shop.profiles.of(ANN)
    for number in (2, 5, 0):
        recorded(shop, view(f"shoe-{number}", f"bag-{number}"))
    kept = shop.profiles.of(ANN)
    shop.profiles._drop_all()
    made = shop.profiles.of(ANN)
    assert made is not kept and made.history == kept.history and made.seq == kept.seq
    at = kept.long.at
    for before, after in ((kept.long, made.long), (kept.session, made.session)):
        for name, values in before.as_of(at).values.items():
            assert after.as_of(at).values[name] == pytest.approx(values, rel=1e-4)


def test_profiles_are_kept_up_while_nobody_asks(shop):
    shop.start()
    recorded(shop, view("shoe-3"))
    shop.profiles.of(ANN)
    recorded(shop, view("shoe-4"))
    assert becomes_true(lambda: [one.product for one in shop.profiles._kept["u:ann"].history] == ["shoe-3", "shoe-4"])


def test_only_so_many_are_kept_and_a_gap_makes_them_anew(shop):
    few = Profiles(
        shop._stores.events,
        TasteEditStore(shop._stores.events.database),
        shop.profiles.facts,
        ProfileSettings(room=2, gap=3),
    )
    for name in ("a", "b", "c"):
        few.of(Who(name))
    assert len(few) == 2
    recorded(shop, view(*["shoe-1"] * 5, who=Who("c")))
    assert len(few.of(Who("c")).history) == 5 and len(few) == 1


def test_another_process_s_words_are_heeded_within_a_second(shop):
    shop.profiles.of(ANN)
    TasteEditStore(shop._stores.events.database).change("u:ann", lambda before: before.changed({"personal": False}))
    assert becomes_true(lambda: not shop.profiles.of(ANN).personal, 2.0)


def test_a_session_of_who_was_erased_by_another_process_speaks_for_nobody_but_itself(shop):
    recorded(shop, view("shoe-1"))
    session = Who(session="visit-1")
    assert shop.profiles.key_of(session) == "u:ann"
    log = EventLog.open(shop._stores.events.database.path.parent)
    log.erase(log.keys(ANN), [TasteEditStore(log.database)])
    log.close()
    shop.profiles.change(session, {"liked": {"brand": ["Luma"]}})
    assert shop.profiles.export(["u:ann", "s:visit-1"]).keys() == {"s:visit-1"}


def test_what_was_only_shown_pushes_no_purchase_out_of_a_profile(shop):
    shown = [event(EventName.VIEW_ITEM_LIST, "shoe-2") for _ in range(600)]
    recorded(shop, [event(EventName.PURCHASE, "shoe-1"), *shown])
    made = Profiles(shop._stores.events, TasteEditStore(shop._stores.events.database), shop.profiles.facts)
    assert list(made.of(ANN).bought) == ["shoe-1"]


def test_an_erased_shopper_leaves_nothing_in_memory_or_on_disk(shop):
    recorded(shop, view(*RED_KESTREL))
    shop.profiles.change(ANN, {"liked": {"brand": ["Luma"]}})
    assert shop.profiles.export(["u:ann"]) == {"u:ann": {"liked": {"brand": ["Luma"]}, "personal": True}}
    shop.erase_shopper(ANN)
    assert shop.profiles.export(["u:ann"]) == {} and "u:ann" not in shop.profiles._kept
    assert shop.profiles._keys.get("visit-1") is None
    files = shop._stores.events.database.path.parent.glob("events.db*")
    assert not any(name in path.read_bytes() for path in files for name in (b"u:ann", b"visit-1", b"liked"))
    assert shop.profiles.of(ANN).history == () and shop.profiles.of(ANN).edits.empty


def test_a_profile_dropped_while_it_is_made_is_not_kept(shop, monkeypatch):
    recorded(shop, view("shoe-1"))
    log = shop._stores.events
    reading, going_on = threading.Event(), threading.Event()
    of_shopper = log.of_shopper

    def slowly(*asked):
        found = of_shopper(*asked)
        reading.set()
        going_on.wait(5)
        return found

    monkeypatch.setattr(log, "of_shopper", slowly)
    asking = threading.Thread(target=shop.profiles.of, args=(ANN,))
    asking.start()
    assert reading.wait(5)
    shop.profiles.erase(["u:ann"])
    going_on.set()
    asking.join()
    assert "u:ann" not in shop.profiles._kept


def test_events_that_come_while_a_profile_is_made_are_in_it(shop, monkeypatch):
    recorded(shop, view("shoe-1"))
    log = shop._stores.events
    of_shopper = log.of_shopper

    def with_one_more(*asked):
        found = of_shopper(*asked)
        recorded(shop, view("shoe-2"))
        shop.profiles.catch_up()
        return found

    monkeypatch.setattr(log, "of_shopper", with_one_more)
    shop.profiles.catch_up()
    assert [one.product for one in shop.profiles.of(ANN).history] == ["shoe-1", "shoe-2"]


def test_a_search_without_its_shopper_s_tastes_is_an_answer(shop, monkeypatch):
    neutral = found(shop, "shoe", NOBODY)

    def fail(who):
        raise StorageError("the log is away")

    monkeypatch.setattr(shop.profiles, "of", fail)
    assert found(shop, "shoe") == neutral
    assert shop.status()["ranking"]["faults"] == {"tastes": 1}


def test_a_product_of_the_shopper_s_taste_says_so_and_shows_its_signals(shop):
    recorded(shop, view(*RED_KESTREL))
    results = shop.search(ask("shoe", who=ANN, explain=True))
    first = results.hits[0]
    (reason,) = [one for one in first.reasons if one.kind is ReasonKind.TASTE]
    assert (reason.field, reason.value) == ("brand", "Kestrel")
    assert first.ranking.factors["personal"] > 1
    assert {"taste", "taste_fit"} <= {one.name for one in first.ranking.signals}
    plain = shop.search(ask("shoe", explain=True)).hits[0]
    assert "personal" not in plain.ranking.factors
    assert shop.explain(ask("shoe", who=ANN), first.product.id).place == 1


def test_tastes_leave_an_order_alone_that_the_shopper_chose(shop):
    recorded(shop, view(*RED_KESTREL))
    by_price = found(shop, "shoe", NOBODY, sort=Sort.PRICE_ASC)
    assert found(shop, "shoe", sort=Sort.PRICE_ASC) == by_price


def test_with_the_exponent_at_0_nothing_is_personal(shop):
    neutral = found(shop, "shoe", NOBODY)
    recorded(shop, view(*RED_KESTREL))
    shop.ranker.set({"score.personal": 0.0})
    assert found(shop, "shoe") == neutral


def test_a_model_that_knows_no_tastes_goes_on_serving_and_leans_to_them_through_the_default_score(shop):
    put_in_use(shop._stores.folder.root, cheap_first(("title_length", "price_level")))
    shop.ranker.renew()
    neutral = found(shop, "shoe", NOBODY)
    recorded(shop, view(*RED_KESTREL))
    hits = shop.search(ask("shoe", who=ANN, explain=True)).hits
    assert hits[0].ranking.by == "learned" and sorted(hit.product.id for hit in hits) == sorted(neutral)
    assert shop.status()["ranking"]["faults"] == {}
    starts = {hit.product.id: hit.ranking.start for hit in hits}
    plain = {hit.product.id: hit.ranking.start for hit in shop.search(ask("shoe", explain=True)).hits}
    assert starts["shoe-2"] > plain["shoe-2"] and starts["shoe-0"] < plain["shoe-0"]


def test_facts_of_products_that_are_not_there_are_left_out(shop):
    facts = shop.profiles.facts.of([("shoe-2", ""), ("nonsense", ""), ("shoe-2", "shoe-2-40"), ("shoe-2", "other")])
    assert set(facts) == {("shoe-2", ""), ("shoe-2", "shoe-2-40")}
    assert facts["shoe-2", ""].values["size"] == ("38", "40", "42") and facts["shoe-2", "shoe-2-40"].values["size"] == (
        "40",
    )
    shoe = facts["shoe-2", ""]
    assert shoe.kind == "Shoes/Trainers" and shoe.price == 46 and shoe.level < 0 and shoe.look is None
    assert shoe.text is not None and len(catalogue()) == 18


def test_a_wrong_edit_is_refused(shop):
    with pytest.raises(InputError, match="there is no such taste"):
        shop.profiles.change(ANN, {"liked": {"material": ["wool"]}})
