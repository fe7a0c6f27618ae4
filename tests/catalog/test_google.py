# ruff: noqa: E501
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bowerbird.catalog.flow import clean_record
from bowerbird.catalog.sources.google import read_google
from bowerbird.catalog.sources.rows import RawRow, Reading
from bowerbird.domain.product import Availability, Measure

HEAD = ["id", "title", "description", "link", "image link", "availability", "price"]
RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>
<item><title>RSS title</title><g:title>Cup</g:title><g:id>1</g:id><link>https://s.example/1</link>
<description>&lt;p&gt;Blue &amp;amp; small&lt;/p&gt;</description><g:image_link>https://s.example/1.jpg</g:image_link>
<g:additional_image_link>https://s.example/1b.jpg</g:additional_image_link>
<g:additional_image_link>https://s.example/1c.jpg</g:additional_image_link>
<g:availability>in stock</g:availability><g:price>19.99 USD</g:price><g:sale_price>9.99 USD</g:sale_price>
<g:brand>Ann</g:brand><g:product_type>Home &gt; Cups/Mugs</g:product_type><g:google_product_category>674</g:google_product_category>
<g:product_detail><g:section_name>Size</g:section_name><g:attribute_name>Volume</g:attribute_name>
<g:attribute_value>300 ml</g:attribute_value></g:product_detail><g:color>Blue/White</g:color></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">
<entry><g:id>1</g:id><title>Cup</title><link href="https://s.example/1"/><summary>s</summary><g:price>5 EUR</g:price>
<g:availability>preorder</g:availability></entry></feed>"""


def test_rss_items_are_read(write, shop):
    report = shop.take(write("feed", RSS))
    assert report.format == "google"
    assert "RSS" in report.why
    product = shop.all()["1"]
    assert (product.title, product.description) == ("Cup", "Blue & small")
    assert (product.price, product.currency, product.attributes["list_price"]) == (Decimal("9.99"), "USD", 19.99)
    assert product.images == ("https://s.example/1.jpg", "https://s.example/1b.jpg", "https://s.example/1c.jpg")
    assert product.categories == ("Home/Cups∕Mugs",)
    assert product.attributes["volume"] == Measure(300, "ml")
    assert product.attributes["color"] == ("Blue", "White")
    assert product.url == "https://s.example/1"


def test_atom_entries_are_read(write, shop):
    report = shop.take(write("feed.txt", ATOM))
    assert "Atom" in report.why
    product = shop.all()["1"]
    assert (product.url, product.availability) == ("https://s.example/1", Availability.PREORDER)


@pytest.mark.parametrize("mark", ["\t", ","])
def test_tables_are_read_and_item_groups_become_variants(mark, write, shop):
    head = [*HEAD, "item group id", "color", "size", "product detail"]
    base = ["https://s.example", "https://s.example/t.jpg", "in_stock"]
    rows = [
        ["t-r-m", "Tee - Red - M", "Soft", *base, "10 EUR", "t", "Red", "M", "General:Fabric:Cotton"],
        ["c", "Cup", "Round", *base, "3 EUR", "", "", "", ""],
        [
            "t-b-l",
            "Tee - Blue - L",
            "Soft",
            *base[:2],
            "out_of_stock",
            "12 EUR",
            "t",
            "Blue",
            "L",
            "General:Fabric:Cotton",
        ],
    ]
    shop.take(write("feed", "\n".join(mark.join(row) for row in [head, *rows])))
    tee = shop.all()["t"]
    assert tee.title == "Tee"
    assert (tee.price, tee.availability) == (Decimal(10), Availability.IN_STOCK)
    assert tee.attributes == {"fabric": "Cotton"}
    assert {v.id: (v.attributes["color"], v.attributes["size"], v.price) for v in tee.variants} == {
        "t-r-m": ("Red", "M", Decimal(10)),
        "t-b-l": ("Blue", "L", Decimal(12)),
    }
    assert shop.all()["c"].variants == ()


def test_a_sale_price_holds_only_within_its_dates(write, shop):
    head = [*HEAD, "sale_price", "sale_price_effective_date"]
    row = ["c", "Cup", "d", "https://s.example", "https://s.example/a.jpg", "in_stock", "10 EUR", "5 EUR"]
    for n, (dates, price) in enumerate(
        [("2001-01-01T00:00+0100/2001-02-01T00:00+0100", 10), ("2001-01-01T00:00Z/2999-01-01T00:00Z", 5), ("", 5)]
    ):
        shop.take(write(f"{n}.tsv", "\n".join("\t".join(r) for r in [head, [*row, dates]])))
        assert shop.all()["c"].price == price


ITEMS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["Red", "Blue"]), st.integers(1, 9)),
    min_size=1,
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ITEMS, st.randoms())
def test_the_order_of_rows_does_not_matter(items, chance):
    rows = [
        RawRow(
            "f",
            n,
            {"id": f"{n}", "title": f"Tee {color}", "item_group_id": group, "color": color, "price": f"{price} EUR"},
        )
        for n, (group, color, price) in enumerate(items)
    ]
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert _products(rows) == _products(shuffled)


def _products(rows):
    products = {}
    for record in read_google(lambda: iter(rows), Reading()):
        product, bad = clean_record(record, None)
        assert not bad
        products[product.id] = (
            product.title,
            product.price,
            dict(product.attributes),
            {variant.id: (variant.price, dict(variant.attributes)) for variant in product.variants},
        )
    return products


def test_a_bad_variant_is_rejected_and_its_product_imported(write, shop):
    head = [*HEAD, "item_group_id"]
    base = ["d", "https://s.example", "https://s.example/a.jpg", "in_stock"]
    rows = [["1", "Tee", *base, "10 EUR", "t"], ["2", "Tee", *base, "ten", "t"]]
    report = shop.take(write("f.tsv", "\n".join("\t".join(row) for row in [head, *rows])))
    assert (report.read, report.new, report.rejected) == (1, 1, 1)
    assert [variant.id for variant in shop.all()["t"].variants] == ["1"]
    (reject,) = shop.rejects()
    assert (reject["line"], reject["field"], reject["found"]) == (3, "variants[1].price", "'ten'")
    assert reject["row"]["title"] == "Tee"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "gb18030", "utf-16", "windows-1252"])
def test_the_prolog_of_a_feed_names_its_encoding(encoding, write, shop):
    title = "杯子" if encoding in ("gb18030", "utf-16") else "Tasse für Öl"
    text = f'<?xml version="1.0" encoding="{encoding}"?><rss><channel><item><id>1</id><title>{title}</title></item></channel></rss>'
    shop.take(write("feed.xml", text.encode(encoding)))
    assert shop.all()["1"].title == title


def test_an_encoding_named_by_hand_wins_over_the_prolog(write, shop):
    text = (
        '<?xml version="1.0" encoding="utf-8"?><rss><channel><item><id>1</id><title>杯子</title></item></channel></rss>'
    )
    shop.take(write("feed.xml", text.encode("gb18030")), encoding="gb18030")
    assert shop.all()["1"].title == "杯子"
