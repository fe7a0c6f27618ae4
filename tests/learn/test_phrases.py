from bowerbird.domain.product import Product, Variant
from bowerbird.learn.phrases import kind_of, phrases_of

DRESS = Product(
    id="1",
    title="Summer Breeze",
    description="A light dress. Machine wash.",
    categories=("Sale", "Women/Dresses"),
    attributes={"gender": "Women"},
    variants=(Variant("1-r", attributes={"color": "Red"}), Variant("1-b", attributes={"color": "Blue"})),
)


def test_a_photo_is_called_by_title_kind_colour_audience_and_first_sentence():
    assert phrases_of(DRESS, 0) == ("Summer Breeze", "dresses", "red dresses", "women dresses", "A light dress")


def test_the_colour_is_that_of_the_variant_it_shows():
    assert phrases_of(DRESS, 1)[2] == "blue dresses"
    assert phrases_of(DRESS)[2] == "dresses"


def test_a_bare_product_is_called_by_its_title():
    assert set(phrases_of(Product(id="1", title="Lamp"))) == {"Lamp", "lamp"}


def test_the_kind_is_the_end_of_the_deepest_path():
    assert kind_of(DRESS) == "Dresses"
