# ruff: noqa: E501
from decimal import Decimal

import pytest

from bowerbird.domain.product import Availability

CLASSIC = """Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Image Src,Image Position,Variant Image,Status
tee,Tee,<p>Soft</p>,Luma,Apparel > Tops,Tees,"summer, cotton",true,Color,Red,Size,M,T-R-M,shopify,5,deny,10.00,15.00,https://s.example/2.jpg,2,https://s.example/red.jpg,active
tee,,,,,,,,,Red,,L,T-R-L,shopify,0,deny,10.00,,https://s.example/1.jpg,1,,
tee,,,,,,,,,Blue,,M,,shopify,0,continue,12.00,,,,,
tee,,,,,,,,,,,,,,,,,,https://s.example/3.jpg,3,,
mug,Mug,,Luma,,Mugs,,true,Title,Default Title,,,MUG-1,,,deny,4.00,,https://s.example/m.jpg,1,,active
old,Old,,Luma,,,,true,Title,Default Title,,,O,,,deny,4.00,,,,,archived
hid,Hidden,,Luma,,,,false,Title,Default Title,,,H,,,deny,4.00,,,,,active
"""
RENAMED = """URL handle,Title,Description,Vendor,Type,Published on online store,Option1 name,Option1 value,SKU,Inventory quantity,Continue selling when out of stock,Price,Compare-at price,Product image URL,Image position,Status
tee,Tee,<p>Soft</p>,Luma,Tees,TRUE,Size,M,T-M,3,DENY,10.00,,https://s.example/1.jpg,1,Active
tee,,,,,,,L,T-L,0,DENY,11.00,,,,
"""


def test_rows_of_a_handle_become_one_product(write, shop):
    report = shop.take(write("export.csv", CLASSIC), currency="EUR")
    assert (report.format, report.read, report.new) == ("shopify", 2, 2)
    assert report.skipped == {"status is archived": 1, "not published": 1}
    tee = shop.all()["tee"]
    assert (tee.brand, tee.description, tee.price, tee.currency) == ("Luma", "Soft", Decimal(10), "EUR")
    assert tee.images == ("https://s.example/1.jpg", "https://s.example/2.jpg", "https://s.example/3.jpg")
    assert tee.categories == ("Apparel/Tops", "Tees")
    assert tee.attributes["tags"] == ("summer", "cotton")
    red, large, blue = tee.variants
    assert (red.id, large.id, blue.id) == ("T-R-M", "T-R-L", "tee/Blue-M")
    assert red.attributes == {"color": "Red", "size": "M", "list_price": 15.0}
    assert red.images == ("https://s.example/red.jpg",)
    assert [v.availability for v in tee.variants] == [
        Availability.IN_STOCK,
        Availability.OUT_OF_STOCK,
        Availability.BACKORDER,
    ]


def test_a_product_of_one_choice_has_no_variants(write, shop):
    shop.take(write("export.csv", CLASSIC))
    mug = shop.all()["mug"]
    assert mug.variants == ()
    assert (mug.price, mug.availability, mug.attributes["sku"]) == (Decimal(4), Availability.IN_STOCK, "MUG-1")


def test_the_newer_headers_mean_the_same(write, shop):
    report = shop.take(write("export.csv", RENAMED))
    assert report.format == "shopify"
    tee = shop.all()["tee"]
    assert tee.images == ("https://s.example/1.jpg",)
    assert [(v.id, v.price, v.attributes["size"]) for v in tee.variants] == [("T-M", 10, "M"), ("T-L", 11, "L")]


def test_rows_of_a_handle_may_stand_apart(write, shop):
    lines = CLASSIC.splitlines()
    apart = [lines[0], lines[1], lines[5], *lines[2:5], *lines[6:]]
    shop.take(write("a.csv", CLASSIC))
    assert shop.take(write("b.csv", "\n".join(apart))).unchanged == 2


@pytest.mark.parametrize("price", ["free", "-1"])
def test_the_only_variants_bad_price_rejects_the_product(price, write, shop):
    report = shop.take(write("a.csv", f"Handle,Title,Variant Price\nmug,Mug,{price}\n"))
    assert (report.new, report.rejected) == (0, 1)
    assert shop.rejects()[0]["field"] == "price"
