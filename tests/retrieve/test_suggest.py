import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.domain.product import Product
from bowerbird.encode.terms import Terms
from bowerbird.retrieve.suggest import Suggester
from bowerbird.understand.vocabulary import PhraseKind, build_vocabulary

PRODUCTS = [
    *(Product(f"j{n}", f"Rain jacket {n}", brand="Luma", categories=("Women/Tops/Jackets",)) for n in range(5)),
    *(Product(f"g{n}", f"Samsung Galaxy Watch {n}", brand="Samsung", categories=("Watches",)) for n in range(3)),
    Product("z1", "女士防水夹克 红色", brand="鹿马", categories=("女装/外套",)),
    Product("z2", "女士防水夹克 蓝色", brand="鹿马", categories=("女装/外套",)),
    Product("t1", "Tea kettle", attributes={"product_type": "Kettle"}),
]


@pytest.fixture(scope="module")
def suggester():
    cut = Terms().cut
    return Suggester(build_vocabulary(PRODUCTS, cut), cut)


def texts(suggester, typed):
    return [phrase.text for phrase in suggester.suggest(typed)]


def test_a_category_comes_before_phrases_from_titles(suggester):
    assert texts(suggester, "jack")[0] == "Jackets"
    assert "jacket" in texts(suggester, "jack")


def test_any_word_of_a_phrase_may_be_typed_first(suggester):
    assert "Samsung Galaxy" in texts(suggester, "gal")
    assert texts(suggester, "rain j")[0] == "Rain jacket"


def test_brands_and_kinds_are_suggested_with_their_counts(suggester):
    found = suggester.suggest("lum")[0]
    assert (found.text, found.kind, found.count) == ("Luma", PhraseKind.BRAND, 5)
    assert suggester.suggest("kett")[0].kind is PhraseKind.KIND


def test_case_accents_and_blanks_do_not_matter(suggester):
    assert texts(suggester, "  SAMSUNG   gál") == texts(suggester, "samsung gal") != []


def test_chinese_is_suggested_from_any_word(suggester):
    assert "鹿马" in texts(suggester, "鹿")
    assert "外套" in texts(suggester, "外")
    assert any("夹克" in text for text in texts(suggester, "防水"))


def test_a_slip_still_finds_something(suggester):
    assert "Samsung" in texts(suggester, "samsumg")
    assert texts(suggester, "qqqqqq") == []


@pytest.mark.parametrize("typed", ["", "  ", "\n"])
def test_nothing_typed_is_nothing_suggested(suggester, typed):
    assert suggester.suggest(typed) == []


@given(st.text(max_size=20), st.integers(-1, 5))
def test_no_more_than_asked_and_no_phrase_twice(suggester, typed, limit):
    found = suggester.suggest(typed, limit)
    assert len(found) <= max(limit, 0)
    assert len(set(found)) == len(found)


@given(st.sampled_from(["Rain jacket", "Samsung Galaxy", "Jackets", "女装"]), st.integers(1, 6))
def test_every_beginning_of_a_phrase_finds_it(suggester, phrase, length):
    assert phrase in [found.text for found in suggester.suggest(phrase[:length], 50)]


def test_a_shop_without_products_suggests_nothing():
    cut = Terms().cut
    assert Suggester(build_vocabulary([], cut), cut).suggest("a") == []
