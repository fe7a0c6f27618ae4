# ruff: noqa: E501
"""JSONL, JSON, CSV, YAML and Parquet with and without a mapping."""

import gzip
import json
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bowerbird.domain.errors import FormatError, SettingError
from bowerbird.domain.product import Availability, Measure, Translation

CHORUS = {
    "id": "1",
    "name": "X-100",
    "title": "Acme X-100 adapter",
    "ean": ["0123"],
    "short_description": "65 W adapter",
    "img_high": "http://img.example/h.jpg",
    "img_500x500": "http://img.example/m.jpg",
    "date_released": "2009-12-10T00:00:00Z",
    "supplier": "Acme",
    "price": 4995,
    "attr_t_product_colour": "Black",
    "attr_t_dc_power": "5 V",
    "attr_n_package_weight": 50.0,
    "attr_n_cable_length_cm": 30,
    "attr_b_rohs": True,
    "internal": "note",
}


@pytest.fixture(params=["jsonl", "jsonl.gz", "json", "products.json", "parquet", "yaml", "csv", "tsv"])
def rows_file(request, write, tmp_path):
    """The same two rows in every generic format."""
    rows = [
        {"sku": "1", "name": "Cup", "offer_price": "5.50 EUR", "maker": "Ann", "stock": "3", "department": "Home"},
        {"sku": "2", "name": "Dish", "offer_price": "7 EUR", "maker": "Bob", "stock": "0", "department": "Home"},
    ]
    kind = request.param
    if kind.startswith("jsonl"):
        data = "\n".join(json.dumps(row) for row in rows).encode()
        return write(f"a.{kind}", gzip.compress(data) if kind.endswith("gz") else data)
    if kind == "json":
        return write("a.json", json.dumps(rows, indent=1))
    if kind == "products.json":
        return write("a.json", json.dumps({"version": 1, "products": rows}))
    if kind == "parquet":
        path = write("a.parquet", b"")
        pq.write_table(pa.Table.from_pylist(rows), path)
        return path
    if kind == "yaml":
        return write(
            "a.yaml", "".join("- " + "\n  ".join(f'{k}: "{v}"' for k, v in row.items()) + "\n" for row in rows)
        )
    mark = "," if kind == "csv" else "\t"
    return write(f"a.{kind}", "\n".join([mark.join(rows[0])] + [mark.join(row.values()) for row in rows]))


def test_every_format_gives_the_same_products(rows_file, shop):
    report = shop.take(rows_file, mapping={"price": "offer_price", "brand": "maker"})
    assert (report.read, report.new, report.rejected) == (2, 2, 0)
    cup, dish = shop.all()["1"], shop.all()["2"]
    assert (cup.title, cup.brand, cup.price, cup.currency) == ("Cup", "Ann", Decimal("5.5"), "EUR")
    assert (cup.availability, dish.availability) == (Availability.IN_STOCK, Availability.OUT_OF_STOCK)
    assert cup.categories == ("Home",)


@pytest.mark.parametrize("mapping", [{"brand": "supplier", "attributes": "attr_*"}, {}])
def test_typed_attribute_prefixes_declare_what_a_column_holds(mapping, write, shop):
    shop.take(write("p.jsonl", json.dumps(CHORUS)), mapping=mapping)
    product = shop.all()["1"]
    assert (product.title, product.brand) == ("Acme X-100 adapter", "Acme")
    assert product.description == "65 W adapter"
    assert product.price == Decimal(4995)
    assert product.images == ("http://img.example/m.jpg",)
    assert product.updated_at == "2009-12-10T00:00:00Z"
    assert product.attributes["product_colour"] == "Black"
    assert product.attributes["dc_power"] == "5 V"
    assert product.attributes["package_weight"] == 50.0
    assert product.attributes["cable_length_cm"] == Measure(30.0, "cm")
    assert product.attributes["rohs"] is True
    assert product.attributes["ean"] == ("0123",)
    assert product.attributes["name"] == "X-100"
    assert ("internal" in product.attributes) == (not mapping)


def test_a_mapping_reaches_nested_columns_lists_and_templates(write, shop):
    row = {
        "key": "1",
        "names": {"en": "Cup"},
        "offer": {"price": 5},
        "media": [{"src": "a.jpg"}, {"src": "b.jpg"}],
        "d": "A/B",
    }
    shop.take(
        write("p.jsonl", json.dumps(row)),
        mapping={
            "id": "key",
            "title": "names.en",
            "price": "offer.price",
            "images": "media.src",
            "url": "https://s.example/{key}",
        },
    )
    product = shop.all()["1"]
    assert (product.title, product.price, product.images) == ("Cup", Decimal(5), ("a.jpg", "b.jpg"))
    assert product.url == "https://s.example/1"


def test_several_columns_make_one_category_path(write, shop):
    path = write("p.csv", "id,title,master,sub\n1,Cup,Home,Cups/Mugs\n")
    shop.take(path, mapping={"categories": "master,sub"})
    assert shop.all()["1"].categories == ("Home/Cups∕Mugs",)


def test_canonical_jsonl_keeps_its_fields_and_unknown_ones_become_attributes(write, shop):
    record = {
        "id": "1",
        "title": "Tee",
        "categories": ["Men/Tees"],
        "attributes": {"Material": "cotton"},
        "variants": [{"id": "1-m", "attributes": {"size": "M"}}],
        "reviews": [{"text": "good", "rating": 5}],
        "season": "summer",
    }
    shop.take(write("p.jsonl", json.dumps(record)))
    product = shop.all()["1"]
    assert product.attributes == {"Material": "cotton", "season": "summer"}
    assert product.variants[0].attributes == {"size": "M"}
    assert product.rating == 5.0


def test_a_guessed_link_that_is_a_remark_is_an_attribute(write, shop):
    shop.take(write("p.jsonl", '{"id": "1", "title": "a", "link": "Supplied by Ann"}'))
    assert shop.all()["1"].url == ""
    assert shop.all()["1"].attributes == {"link": "Supplied by Ann"}


def test_yaml_makes_plain_values_only(write, shop):
    text = "# goods\n- id: 1\n  title: &t Cup\n  year: 2011\n  on_sale: yes\n  note: ~\n  when: 2026-01-01\n- {id: '2', title: *t}\n"
    shop.take(write("p.yaml", text))
    assert shop.all()["1"].attributes == {"year": 2011.0, "on_sale": True, "when": "2026-01-01"}
    assert shop.all()["2"].title == "Cup"


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system ['true']", "!!python/name:os.system"])
def test_yaml_tags_make_no_objects(tag, write, shop):
    report = shop.take(write("p.yaml", f"- id: 1\n  title: a\n  x: {tag}\n"))
    assert report.accepted + report.rejected == 1


def test_csv_with_semicolons_quotes_newlines_and_repeated_columns(write, shop):
    text = 'id;title;description;tag;tag\r\n1;"Cup; blue";"line one\n\nline ""two""";x;y\r\n\r\n2;Dish;;;\r\n'
    shop.take(write("p.csv", text))
    assert shop.all()["1"].title == "Cup; blue"
    assert shop.all()["1"].description == 'line one\n\nline "two"'
    assert shop.all()["1"].attributes == {"tag": "x", "tag_2": "y"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_tell_the_encoding(encoding, write, shop):
    shop.take(write("p.csv", "id,title\n1,杯子\n".encode(encoding)))
    assert shop.all()["1"].title == "杯子"


def test_another_encoding_is_read_when_it_is_named(write, shop):
    path = write("p.csv", "id,title\n1,杯子\n".encode("gb18030"))
    with pytest.raises(FormatError, match="byte 11 is not UTF-8"):
        shop.take(path)
    shop.take(path, encoding="gb18030")
    assert shop.all()["1"].title == "杯子"


def test_a_table_without_id_or_title_says_how_to_name_them(write, shop):
    with pytest.raises(FormatError, match="--map id=column"):
        shop.take(write("p.csv", "code,words\n1,a\n"))
    with pytest.raises(SettingError, match="words"):
        shop.take(write("p.csv", "code,words\n1,a\n"), mapping={"id": "code", "title": "word"})
    assert shop.take(write("p.csv", "code,words\n1,a\n"), mapping={"id": "code", "title": "words"}).new == 1


def test_translations_come_with_a_record_and_what_is_none_stays_an_attribute(write, shop):
    rows = [
        {"id": "1", "title": "Cup", "translations": {"zh": {"title": "杯子"}}},
        {"id": "2", "title": "Bowl", "translations": "zh, de"},
    ]
    report = shop.take(write("shop.jsonl", "\n".join(json.dumps(row) for row in rows)))
    assert (report.new, report.rejected) == (2, 0)
    assert shop.all()["1"].translations == {"zh": Translation("杯子")}
    assert (shop.all()["2"].translations, list(shop.all()["2"].attributes)) == ({}, ["translations"])
