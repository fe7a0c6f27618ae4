from bowerbird.domain.product import Measure, Product, Review, Translation, Variant
from bowerbird.present.product_page import MOST_REVIEWS, PagePhoto, make_page, options_of, page_photos, value_text

SHIRT = Product(
    "shirt",
    "Shirt",
    "Of cotton.",
    images=("front.jpg", "back.jpg", "lost.jpg"),
    attributes={"material": "cotton"},
    variants=(
        Variant("s-red", attributes={"color": "red", "size": "S", "fit": "slim"}, images=("front.jpg",)),
        Variant("m-blue", attributes={"color": "blue", "size": "M", "fit": "slim"}, images=("blue.jpg",)),
        Variant("m-red", attributes={"color": "red", "size": "M", "fit": "slim", "weight": Measure(200, "g")}),
    ),
    translations={"zh": Translation("衬衫"), "de": Translation("", "Aus Baumwolle.")},
)
ADDRESSES = {"front.jpg": "a", "back.jpg": "b", "blue.jpg": "c"}


def test_photos_that_can_be_had_come_in_order_with_the_variant_they_show():
    assert set(page_photos(SHIRT)) == {"front.jpg", "back.jpg", "lost.jpg", "blue.jpg"}
    page = make_page(SHIRT, "", ADDRESSES)
    assert page.photos == (PagePhoto("a", 0), PagePhoto("b", -1), PagePhoto("c", 1))
    assert page.images == ("a", "c", None)
    assert [swatch.image for swatch in page.swatches] == ["a", "c"]


def test_one_photo_under_two_names_is_shown_once():
    assert make_page(SHIRT, "", {**ADDRESSES, "lost.jpg": "a"}).photos == make_page(SHIRT, "", ADDRESSES).photos


def test_what_tells_variants_apart_can_be_chosen():
    page = make_page(SHIRT, "", {})
    assert page.options == {"color": ("red", "blue"), "size": ("S", "M")}
    assert page.choices[2] == {"color": "red", "size": "M"}
    assert options_of(Product("a", "A")) == {}


def test_a_language_shows_what_it_has_and_the_product_s_own_for_the_rest():
    chinese, german = make_page(SHIRT, "zh-CN", {}), make_page(SHIRT, "de", {})
    assert (chinese.title, chinese.description) == ("衬衫", "Of cotton.")
    assert (german.title, german.description) == ("Shirt", "Aus Baumwolle.")


def test_stars_are_counted_and_the_newest_reviews_come_first():
    reviews = (Review("a", 4.5), Review("b", 0.0), Review("c"), Review("d", 1.4, created_at="2026-02-01"))
    page = make_page(Product("a", "A", reviews=reviews), "", {})
    assert page.rating_counts == {1: 2, 2: 0, 3: 0, 4: 0, 5: 1}
    assert [review.text for review in page.reviews] == ["d", "a", "b", "c"]
    many = Product("a", "A", reviews=tuple(Review(str(n), 5.0) for n in range(5_000)))
    assert len(make_page(many, "", {}).reviews) == MOST_REVIEWS
    assert make_page(many, "", {}).rating_counts[5] == 5_000


def test_values_are_written_as_a_shopper_reads_them():
    shown = [value_text(value) for value in ("red", ("a", "b"), Measure(65.0, "W"), True, False, 2.50, 42.0)]
    assert shown == ["red", "a, b", "65 W", "true", "false", "2.5", "42"]
