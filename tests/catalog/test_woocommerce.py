# ruff: noqa: E501
from decimal import Decimal

from bowerbird.domain.product import Availability, Measure

HEAD = (
    "ID,Type,SKU,Name,Published,Visibility in catalog,Short description,Description,In stock?,Stock,Backorders allowed?,"
    "Weight (kg),Sale price,Regular price,Categories,Tags,Images,Parent,Upsells,Cross-sells,Grouped products,"
    "Attribute 1 name,Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s)"
)
TEE = '10,variable,TEE,Tee,1,visible,Short,"<p>Long</p>\\n\\nMore",1,,0,0.2,,,"Men > Tees, Sale","cotton, summer","https://s.example/a.jpg, https://s.example/b.jpg",,id:20,,,Color,"Red, Blue",Brand,Luma'
RED = "11,variation,TEE-R,Tee - Red,1,visible,,,1,4,0,,,12,,,https://s.example/r.jpg,TEE,,,,Color,Red,,"
BLUE = "12,variation,,Tee - Blue,1,visible,,,0,0,0,,8,12,,,,id:10,,,,Color,Blue,,"
MUG = '20,simple,,Mug,1,visible,,,1,0,1,0.5,,5,"Home > Cups\\, mugs",,,,,TEE,,Material,Clay,,'
HIDDEN = "30,simple,H,Hidden,-1,visible,,,1,,,,,5,,,,,,,,,,,"
ORPHAN = "40,variation,O,Orphan,1,visible,,,1,,,,,5,,,,id:99,,,,Color,Red,,"


def test_variations_join_their_parent_by_sku_or_number(write, shop):
    report = shop.take(write("woo.csv", "\n".join([HEAD, BLUE, TEE, RED, MUG, HIDDEN])))
    assert (report.format, report.read, report.new) == ("woocommerce", 2, 2)
    assert report.skipped == {"not published": 1}
    tee = shop.all()["TEE"]
    assert (tee.title, tee.brand, tee.description) == ("Tee", "Luma", "Short\n\nLong\n\nMore")
    assert (tee.price, tee.availability) == (Decimal(8), Availability.IN_STOCK)
    assert tee.categories == ("Men/Tees", "Sale")
    assert tee.images == ("https://s.example/a.jpg", "https://s.example/b.jpg")
    assert tee.links == {"upsell": ("20",)}
    variants = {variant.id: variant for variant in tee.variants}
    assert set(variants) == {"TEE-R", "12"}
    assert variants["12"].attributes == {"color": "Blue", "list_price": 12.0}
    assert variants["12"].availability is Availability.OUT_OF_STOCK
    assert variants["TEE-R"].images == ("https://s.example/r.jpg",)
    assert "color" not in tee.attributes


def test_a_simple_product_goes_by_its_number_without_a_sku(write, shop):
    shop.take(write("woo.csv", "\n".join([HEAD, MUG])))
    mug = shop.all()["20"]
    assert mug.availability is Availability.BACKORDER
    assert mug.categories == ("Home/Cups, mugs",)
    assert mug.attributes == {"material": "Clay", "weight": 0.5}
    assert mug.links == {"crosssell": ("TEE",)}
    assert not isinstance(mug.attributes["weight"], Measure)


def test_a_variation_without_parent_is_rejected_with_the_reason(write, shop):
    report = shop.take(write("woo.csv", "\n".join([HEAD, MUG, ORPHAN])))
    assert (report.new, report.rejected) == (1, 1)
    (reject,) = shop.rejects()
    assert (reject["line"], reject["field"], reject["found"]) == (3, "parent", "'id:99'")


def test_the_order_of_rows_does_not_matter(write, shop):
    shop.take(write("a.csv", "\n".join([HEAD, TEE, RED, BLUE, MUG])))
    report = shop.take(write("b.csv", "\n".join([HEAD, MUG, RED, TEE, BLUE])))
    assert (report.changed, report.unchanged) == (0, 2)
