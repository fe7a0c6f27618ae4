# ruff: noqa: E501
from decimal import Decimal

import pytest

from bowerbird.catalog.sources.magento import parse_pairs
from bowerbird.domain.product import Availability, Translation

HEAD = "sku,store_view_code,product_type,categories,name,description,product_online,visibility,price,special_price,base_image,additional_images,additional_attributes,qty,is_in_stock,allow_backorders,configurable_variations,related_skus"
RED = 'T-R,,simple,Default Category/Men,Tee Red,,1,Not Visible Individually,12,,/t/r.jpg,,"size=M,color=Red,material=Wool",5,1,0,,'
BLUE = 'T-B,,simple,Default Category/Men,Tee Blue,,1,Not Visible Individually,12,9,/t/b.jpg,/t/b2.jpg,"size=L,color=Blue,material=Wool",0,0,0,,'
TEE = 'T,,configurable,"Default Category/Men/Tees,Default Category/Sale, now,Default Category",Tee,<p>Soft</p>,1,"Catalog, Search",,,/t/t.jpg,,"eco=Yes,care=Wash, then dry,climate=Cool|Indoor,has_options=1",0,1,0,"sku=T-R,size=M,color=Red|sku=T-B,size=L,color=Blue",M'
MUG = 'M,,simple,Default Category/Home,Mug,,1,"Catalog, Search",5,4,,,,0,1,1,,'
OFF = 'X,,simple,,Off,,2,"Catalog, Search",5,,,,,1,1,0,,'
GERMAN = "M,de,simple,,Becher,,,,,,,,,,,,,"
LONE = "L,,simple,,Lone,,1,Not Visible Individually,5,,,,,1,1,0,,"


@pytest.mark.parametrize("order", [[RED, BLUE, TEE, MUG], [TEE, MUG, BLUE, RED]])
def test_simple_rows_become_variants_of_their_configurable(order, write, shop):
    report = shop.take(write("export.csv", "\n".join([HEAD, *order, OFF, GERMAN, LONE])))
    assert (report.format, report.read, report.new, report.variants, report.rejected) == ("magento", 2, 2, 2, 0)
    assert report.skipped == {
        "not online": 1,
        "a store view's translation": 1,
        "not visible individually and in no configurable": 1,
    }
    tee = shop.all()["T"]
    assert tee.categories == ("Men/Tees", "Sale, now")
    assert tee.attributes == {"eco": True, "care": "Wash, then dry", "climate": ("Cool", "Indoor"), "material": "Wool"}
    assert (tee.price, tee.availability) == (Decimal(9), Availability.IN_STOCK)
    assert tee.links == {"related": ("M",)}
    red, blue = tee.variants
    assert (red.id, red.attributes, red.availability) == ("T-R", {"size": "M", "color": "Red"}, Availability.IN_STOCK)
    assert (blue.price, blue.attributes["list_price"], blue.images) == (9, 12.0, ("/t/b.jpg", "/t/b2.jpg"))


def store_view(sku: str, code: str, title: str, description: str = "") -> str:
    return f"{sku},{code},simple,,{title},{description},,,,,,,,,,,,"


def test_a_store_view_s_row_after_its_product_is_its_translation(write, shop):
    rows = [
        RED,
        store_view("T-R", "zh_cn", "红色"),
        BLUE,
        TEE,
        store_view("T", "zh_cn", "T恤", "<p>柔软</p>"),
        store_view("T", "de-DE", "", "<p>Weich</p>"),
        store_view("T", "zh_tw", "T恤衫"),
        MUG,
        store_view("M", "en_us", "Mug"),
        store_view("M", "wholesale", "Mug for shops"),
        store_view("M", "uk", "Mug, old"),
        store_view("T", "fr", "Tee"),
    ]
    report = shop.take(write("export.csv", "\n".join([HEAD, *rows])))
    found = shop.all()
    assert found["T"].translations == {"zh": Translation("T恤", "柔软"), "de": Translation("", "Weich")}
    # What says nothing else is no translation; what follows another product, or names no language, is left out.
    assert found["M"].translations == {}
    assert report.skipped == {"a store view's translation": 4}
    assert (report.read, report.rejected) == (2, 0)


def test_quoted_pairs_keep_their_commas():
    assert parse_pairs("a=1,b=x, y,c=z") == {"a": "1", "b": "x, y", "c": "z"}
    assert parse_pairs('"a=x, y=z",b=2') == {"a": "x, y=z", "b": "2"}
    assert parse_pairs("") == {}


def test_a_sample_folder_is_one_catalogue(write, shop, tmp_path):
    write("m/Config/products.csv", "\n".join([HEAD, RED, BLUE, TEE]))
    write(
        "m/Gear/products_gear.csv",
        'category,name,sku,price,qty,description,activity,visibility\n"Gear\nBags",Duffle,G1,34,100,<p>Big</p>,"Gym\nTravel\n",1\n',
    )
    write("m/Gear/images_gear.csv", "sku,image\nG1,/g/1.jpg\nG1,/g/2.jpg\n")
    write("m/Gear/categories.csv", "name,url_key,path\nGear,gear,\nBags,bags,Gear\n")
    write(
        "m/Reviews/reviews.csv",
        "sku,rating_code,rating_value,title,review,reviewer,email\nG1,Rating,4,Good,Holds all,Ann,a@x\nG1,Rating,100,Best,Yes,Bob,\nT,Rating,2,,No,,\nZ,Rating,1,,?,,\n",
    )
    for folder in ("Gear/Links", "ProductLinks"):
        write(f"m/{folder}/related.csv", 'sku,linked_sku\nG1,"T\nM"\n')
    report = shop.take(tmp_path / "in" / "m")
    assert (report.format, report.read, report.new, report.rejected) == ("magento", 2, 2, 0)
    assert report.skipped == {"a review of a product that is not here": 1}
    duffle = shop.all()["G1"]
    assert duffle.categories == ("Gear/Bags",)
    assert duffle.attributes == {"activity": ("Gym", "Travel")}
    assert duffle.images == ("/g/1.jpg", "/g/2.jpg")
    assert [(review.text, review.rating, review.author) for review in duffle.reviews] == [
        ("Holds all", 4.0, "Ann"),
        ("Yes", 5.0, "Bob"),
    ]
    assert duffle.rating == 4.5
    assert duffle.links == {"related": ("T", "M")}
    assert shop.all()["T"].rating == 2.0
