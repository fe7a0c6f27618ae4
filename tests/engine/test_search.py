"""The tiny shop asked in every way, without weights: the fakes know spelling and colour, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_world import ask, everything, ids, lamps

from bowerbird.domain.errors import FilterError, InputError, NotFoundError, PhotoError, SettingError
from bowerbird.domain.product import Availability, Product
from bowerbird.domain.query import FacetRequest, PhotoInput, Query, Sort, Wish
from bowerbird.engine.assemble import open_shop
from bowerbird.testing.tiny_shop import TINY_ANSWERS, tiny_records

WORDS = [question for question in TINY_ANSWERS if question.kind in ("words", "typo", "chinese", "filter")]


@pytest.mark.parametrize("question", WORDS, ids=lambda q: f"{q.kind}: {q.text or q.filters}")
def test_words_and_filters_find_the_obvious_answer(engine, question):
    results = engine.search(ask(question.text, filters=question.filters))
    assert {hit.product.id for hit in results.hits[: len(question.ids)]} == question.ids
    if question.exact:
        assert results.total == len(question.ids)


@pytest.mark.parametrize("record", tiny_records()[::7], ids=lambda record: record["id"])
def test_a_product_s_own_photo_finds_it(engine, photo_of, record):
    hits = engine.search(ask(photos=[photo_of(record["images"][0].removesuffix(".jpg"))])).hits
    best = [hit.product.id for hit in hits if hit.score >= hits[0].score - 0.01]
    assert record["id"] in best


def test_a_photo_finds_the_variant_that_it_shows(engine, photo_of):
    hit = engine.search(ask(photos=[photo_of("runner-blue")])).hits[0]
    assert hit.product.id == "runner-swift"
    assert hit.product.variants[hit.variant].attributes["color"] == "blue"
    assert "runner-blue.jpg" in hit.product.variants[hit.variant].images
    assert engine.photo(hit.image)[0].read_bytes() == photo_of("runner-blue")


def test_the_words_beside_a_photo_choose_among_what_looks_like_it(engine, photo_of):
    red = photo_of("tee-red")
    assert ids(engine, "polo shirt", photos=[red])[0] == "polo-pique"
    assert ids(engine, "classic cotton t-shirt", photos=[red])[0] == "tee-classic"


def test_the_words_beside_a_photo_choose_the_variant(engine, photo_of):
    hit = engine.search(ask("running shoes red", photos=[photo_of("runner-blue")])).hits[0]
    assert hit.product.variants[hit.variant].attributes["color"] == "red"


def test_two_photos_weigh_as_they_are_told(engine, photo_of):
    shoe, mug = photo_of("runner-blue"), photo_of("mug-blue")
    more_shoe = ids(engine, photos=[PhotoInput(shoe, weight=1.0), PhotoInput(mug, weight=0.2)])
    more_mug = ids(engine, photos=[PhotoInput(shoe, weight=0.2), PhotoInput(mug, weight=1.0)])
    assert (more_shoe[0], more_mug[0]) == ("runner-swift", "mug-stoneware")


def test_a_photo_of_nothing_known_is_refused(engine):
    with pytest.raises(PhotoError):
        engine.search(ask(photos=[b"no photo"]))


def test_what_is_unwanted_sinks(engine):
    leather = ids(engine, "leather")
    without = ids(engine, "leather", without="handbag")
    assert set(without) == set(leather)
    assert leather.index("handbag-structured") < 3
    assert without.index("handbag-structured") >= len(leather) // 2


def test_an_unwanted_photo_sinks_what_looks_like_it(engine, photo_of):
    wish = Wish(text="t-shirt")
    unwanted = Wish(photos=(PhotoInput(photo_of("tee-sailor")),))
    hits = [hit.product.id for hit in engine.search(Query(wish=wish, without=unwanted)).hits]
    assert hits.index("tee-classic") < hits.index("tee-sailor")


def test_only_one_variant_that_is_all_three_meets_a_filter(engine):
    found = ids(engine, filters="color = red AND size = M AND availability = in_stock")
    assert "tee-classic" not in found
    for hit in engine.search(ask(filters="color = red AND size = M AND availability = in_stock")).hits:
        chosen = hit.product.variants[hit.variant]
        assert (chosen.attributes["color"], chosen.attributes["size"]) == ("red", "M")
        assert chosen.availability is Availability.IN_STOCK
    # Each of the three pairs has such a T-shirt.
    assert "tee-classic" in ids(engine, filters="color = red AND size = M")
    assert "tee-classic" in ids(engine, filters="color = red AND availability = in_stock")
    assert "tee-classic" in ids(engine, filters="size = M AND availability = in_stock")


def counts(results, field):
    (facet,) = [facet for facet in results.facets if facet.field == field]
    return {value.value: value.count for value in facet.values}


def test_a_facet_on_a_filtered_field_counts_as_if_that_filter_were_not_there(engine):
    query = ask(filters="brand = Kestrel AND price < 100", facets=(FacetRequest("brand"), FacetRequest("color")))
    results = engine.search(query)
    assert set(ids(engine, filters="brand = Kestrel AND price < 100")) == {hit.product.id for hit in results.hits}
    brands = counts(results, "brand")
    assert brands["Kestrel"] == results.total
    assert brands["Meadowlark"] == engine.search(ask(filters="brand = Meadowlark AND price < 100")).total
    narrow = engine.search(ask(filters="brand = Kestrel", facets=(FacetRequest("brand", disjunctive=False),)))
    assert counts(narrow, "brand") == {"Kestrel": narrow.total}


def test_a_facet_counts_products_and_each_count_is_what_its_filter_finds(engine):
    facets = (FacetRequest("color", limit=99), FacetRequest("size", limit=99), FacetRequest("price"))
    results = engine.search(ask(filters="category UNDER Clothing", facets=facets))
    for field in ("color", "size"):
        for value, count in counts(results, field).items():
            narrowed = engine.search(ask(filters=f'category UNDER Clothing AND {field} = "{value}"'))
            assert narrowed.total == count, (field, value)
    stats = next(facet.stats for facet in results.facets if facet.field == "price")
    assert 0 < stats.minimum <= stats.mean <= stats.maximum


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        (Sort.PRICE_ASC, lambda product: product.price),
        (Sort.PRICE_DESC, lambda product: -product.price),
        (Sort.RATING, lambda product: -(product.rating or 0)),
        (Sort.NEWEST, lambda product: [-ord(letter) for letter in product.updated_at]),
    ],
)
def test_a_sort_orders_what_was_found(engine, sort, key):
    found = engine.search(ask("leather", per_page=50))
    ordered = engine.search(ask("leather", per_page=50, sort=sort))
    assert {hit.product.id for hit in ordered.hits} == {hit.product.id for hit in found.hits}
    keys = [key(hit.product) for hit in ordered.hits]
    assert keys == sorted(keys)


def test_a_price_sort_goes_by_the_variants_that_meet_the_filter(engine):
    hits = engine.search(ask(filters="color = red", sort=Sort.PRICE_ASC, per_page=50)).hits
    prices = []
    for hit in hits:
        shown = hit.product if hit.variant is None else hit.product.variants[hit.variant]
        prices.append(shown.price if shown.price is not None else hit.product.price)
    assert prices == sorted(prices) and len(prices) > 3


@pytest.mark.parametrize(
    "how", [{}, {"text": "red leather"}, {"sort": Sort.PRICE_ASC}, {"text": "a", "sort": Sort.RATING}]
)
def test_pages_fit_together(engine, how):
    whole = ids(engine, **how, per_page=20)
    assert whole == ids(engine, **how, per_page=10) + ids(engine, **how, per_page=10, page=2)
    assert ids(engine, **how, per_page=10, page=900) == []


@pytest.mark.parametrize(
    ("how", "field"), [({"page": 0}, "page"), ({"page": -3}, "page"), ({"per_page": -1}, "per_page")]
)
def test_a_page_that_cannot_be_is_refused(engine, how, field):
    with pytest.raises(InputError) as refused:
        engine.search(Query(**how))
    assert refused.value.field == field


def test_no_hits_are_wanted_where_only_facets_are(engine):
    results = engine.search(ask(per_page=0, facets=(FacetRequest("brand"),)))
    assert (results.hits, results.total) == ((), 50)
    assert counts(results, "brand")["Kestrel"] > 0


def test_similar_products_come_without_the_product_itself(engine):
    hits = [hit.product.id for hit in engine.similar("apples-red").hits]
    assert "apples-red" not in hits
    assert hits[0] == "tomatoes-vine", "red and round"


def test_similar_products_keep_to_a_filter(engine):
    from bowerbird.domain.filters import parse_filter

    hits = engine.similar("tee-classic", filters=parse_filter("brand = Kestrel")).hits
    assert hits and all(hit.product.brand == "Kestrel" for hit in hits)


def test_nothing_is_similar_to_what_is_not_there(engine):
    with pytest.raises(NotFoundError):
        engine.similar("no-such-product")
    with pytest.raises(NotFoundError):
        engine.product("no-such-product")
    with pytest.raises(NotFoundError):
        engine.photo("0" * 64)


def test_suggestions_go_on_from_what_was_typed(engine):
    assert "Swift Running Shoes" in [phrase.text for phrase in engine.suggest("runn")]
    assert engine.suggest("finch lea", limit=1)[0].text == "Finch Leather"
    assert engine.suggest("") == engine.suggest("qqqq") == []
    assert "青花瓷茶壶" in [phrase.text for phrase in engine.suggest("青花")]


def test_a_word_that_is_still_being_typed_finds_what_it_begins(engine):
    assert engine.search(Query(Wish("leath"), understand=False)).total == 0
    found = engine.search(Query(Wish("leath"), unfinished=True))
    assert found.total >= 4
    assert found.did_you_mean is None


def test_a_slip_is_put_right_and_still_finds(engine):
    results = engine.search(ask("hedphones"))
    assert results.did_you_mean == "headphones"
    assert results.hits[0].product.id == "headphones-over"
    assert "<mark>Headphones</mark>" in results.hits[0].highlights["title"]
    assert engine.search(ask("headphones")).did_you_mean is None
    assert engine.search(ask("")).did_you_mean is None


def test_highlights_mark_the_words_and_let_no_markup_through(own):
    own.put([Product("evil", "<b>Zorple</b> & <script>alert(1)</script>", description="A <i>zorple</i> to behold")])
    assert own.build().applied == own.status()["last_seq"]
    marked = own.search(ask("zorple")).hits[0].highlights
    assert marked["title"] == "&lt;b&gt;<mark>Zorple</mark>&lt;/b&gt; &amp; &lt;script&gt;alert(1)&lt;/script&gt;"
    assert marked["description"] == "A &lt;i&gt;<mark>zorple</mark>&lt;/i&gt; to behold"


def test_a_word_that_came_with_a_live_write_is_no_slip(own):
    own.put([Product("odd", "Headphonez stand")])
    own.build()
    results = own.search(ask("headphonez"))
    assert results.hits[0].product.id == "odd"
    assert results.did_you_mean is None


def test_the_chosen_variant_is_the_one_the_words_name(engine):
    for colour in ("red", "blue", "black"):
        hit = engine.search(ask(f"{colour} classic cotton t-shirt")).hits[0]
        assert hit.product.id == "tee-classic"
        assert hit.product.variants[hit.variant].attributes["color"] == colour
    assert engine.search(ask("frying pan")).hits[0].variant is None


def test_the_chosen_variant_is_the_one_that_misspelt_words_mean(engine):
    hit = engine.search(ask("yelow summer dres")).hits[0]
    assert hit.product.id == "dress-summer"
    assert hit.product.variants[hit.variant].attributes["color"] == "yellow"


def test_the_chosen_variant_meets_the_filter_even_where_the_words_name_another(engine):
    hit = engine.search(ask("red classic cotton t-shirt", filters="color = blue")).hits[0]
    assert hit.product.variants[hit.variant].attributes["color"] == "blue"


def test_explained_signals_and_timings(engine):
    hit = engine.search(ask("running shoes", explain=True)).hits[0]
    assert {"terms", "text"} <= set(hit.signals)
    results = engine.search(ask("running shoes", explain=True))
    assert set(results.timings_ms) == {
        "understand",
        "encode",
        "filter",
        "retrieve",
        "rank",
        "order",
        "facets",
        "present",
    }
    assert engine.search(ask("running shoes")).timings_ms == {}
    assert results.took_ms > 0 and results.query_id


def without_following(engine):
    """Stop the thread that follows the log, so that the index stays behind the store."""
    engine._keeper.opened.keep_up.stop()


def test_a_product_replaced_a_moment_ago_is_shown_as_it_is_now(own):
    without_following(own)
    (before,) = own.search(ask("frying pan", per_page=1)).hits
    own.put([Product("pan-iron", "A pan of another make", description="Now copper")])
    (after,) = own.search(ask("frying pan", per_page=1)).hits
    assert (before.product.title, after.product.title) == ("Cast-Iron Frying Pan 28 cm", "A pan of another make")


def test_variants_lost_a_moment_ago_are_not_shown(own):
    without_following(own)
    own.put([Product("runner-swift", "Swift Running Shoes, one size")])
    (hit,) = own.search(ask("swift running shoes", per_page=1, filters="color = blue")).hits
    assert (hit.product.title, hit.variant) == ("Swift Running Shoes, one size", None)


def test_a_product_deleted_a_moment_ago_is_not_shown(own):
    without_following(own)
    own.delete(["pan-iron"])
    assert "pan-iron" not in ids(own, "frying pan")
    assert "pan-iron" not in everything(own)
    with pytest.raises(NotFoundError):
        own.similar("pan-iron")


def test_what_is_similar_to_a_product_written_a_moment_ago_is_not_known_yet(own):
    without_following(own)
    own.put(lamps(1))
    assert own.similar("lamp-0").hits == ()


def test_an_unknown_field_or_a_bad_filter_is_refused(engine):
    with pytest.raises(InputError):
        engine.search(ask(filters="colour9 = red"))
    with pytest.raises(InputError):
        engine.search(ask(facets=(FacetRequest("colour9"),)))
    with pytest.raises(FilterError):
        ask(filters="color =")


def test_a_judgement_file_measures_the_search(engine, tmp_path):
    judgements = tmp_path / "judgements.csv"
    judgements.write_text("query,product_id,rating\nrunning shoes,runner-swift,3\nfrying pan,pan-iron,3\n")
    report = engine.evaluate(judgements, setting="terms")
    assert report.means["ndcg@10"] == 1.0
    with pytest.raises(SettingError):
        engine.evaluate(judgements, setting="guesses")


def test_an_empty_shop_answers_with_nothing(tmp_path: Path):
    from engine_world import open_fake_shop

    engine = open_fake_shop(tmp_path / "shop")
    results = engine.search(ask("shoes", facets=(FacetRequest("brand"),)))
    assert (results.hits, results.total) == ((), 0)
    assert engine.suggest("s") == []
    assert engine.search(Query()).total == 0
    engine.close()


def test_a_setting_nobody_knows_names_the_nearest(tmp_path: Path):
    with pytest.raises(SettingError) as refused:
        open_shop(tmp_path / "shop", fetch_photo=True)
    assert refused.value.expected == "fetch_photos"
    assert not (tmp_path / "shop").exists()
