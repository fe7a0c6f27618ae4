"""The real catalogues, as the shops and platforms wrote them."""

import pytest

from bowerbird.domain.product import Availability, Measure

pytestmark = pytest.mark.realdata


def test_the_magento_store_is_one_import_without_rejects(shared_data, shop):
    source = shared_data / "magento-store"
    report = shop.take(source)
    assert report.format == "magento"
    assert (report.read, report.new, report.rejected, report.variants) == (191, 191, 0, 1_847)
    assert (report.photos.stored, report.photos.missing, report.photos.failed) == (715, 0, 0)
    products = shop.all()
    assert sum(bool(product.variants) for product in products.values()) == 147
    assert sum(len(product.reviews) for product in products.values()) + sum(report.skipped.values()) == 500
    assert all(product.photos() for product in products.values())
    duffle = products["24-MB01"]
    assert (duffle.title, duffle.rating, duffle.categories) == ("Joust Duffle Bag", 2.5, ("Gear/Bags",))
    assert duffle.links["upsell"][0] == "24-MB02"
    hoodie = products["MH01"]
    assert len(hoodie.variants) == 15
    assert hoodie.categories[0] == "Men/Tops/Hoodies & Sweatshirts"
    assert hoodie.attributes["climate"] == ("All-weather", "Cool", "Indoor", "Spring", "Windy")
    again = shop.take(source)
    assert (again.unchanged, again.photos.stored, again.photos.unchanged, again.renewed) == (191, 0, 715, [])


@pytest.mark.parametrize("mapping", [{"brand": "supplier", "attributes": "attr_*"}, {}])
def test_chorus_is_read_in_full(mapping, shared_data, shop):
    report = shop.take(shared_data / "chorus-electronics" / "products.jsonl.gz", mapping=mapping, dry_run=True)
    assert (report.format, report.read, report.accepted, report.rejected) == ("jsonl", 19_406, 19_406, 0)


def test_chorus_gives_brands_and_typed_attributes(shared_data, shop):
    source = shared_data / "chorus-electronics" / "products.jsonl.gz"
    shop.take(source, mapping={"brand": "supplier", "attributes": "attr_*"})
    notebook = shop.products.get("2101957").product
    assert notebook.brand == "HP"
    assert notebook.attributes["touchscreen"] is False
    assert notebook.attributes["display_diagonal"] == 17.0
    assert notebook.attributes["processor_cores"] == "2"
    assert not any(isinstance(value, Measure) for value in notebook.attributes.values())


def test_the_retail_demo_is_read_without_a_mapping(shared_data, shop):
    report = shop.take(shared_data / "retail-demo" / "products.yaml")
    assert (report.format, report.read, report.new, report.rejected) == ("yaml", 2_465, 2_465, 0)
    backpack = shop.all()["6579c22f-be2b-444c-a52b-0116dd82df6c"]
    assert backpack.title == "Adventure-Ready Expedition Backpack"
    assert backpack.availability is Availability.IN_STOCK
    assert backpack.attributes["gender_affinity"] == "F"
    assert backpack.categories == ("accessories",)


def test_the_fashion_table_maps_its_photos_by_a_template(shared_data, shop):
    source = shared_data / "fashion-photos" / "products.csv"
    columns = "masterCategory,subCategory,articleType"
    report = shop.take(source, mapping={"categories": columns, "images": "images/{id}.jpg"}, dry_run=True)
    assert (report.read, report.accepted) == (6_710, 6_710)


def test_the_grocery_classes_are_products_with_their_iconic_photos(shared_data, shop):
    mapping = {
        "id": "Class ID (int)",
        "title": "Class Name (str)",
        "categories": "Coarse Class Name (str)",
        "images": "Iconic Image Path (str)",
    }
    report = shop.take(shared_data / "grocery-photos" / "classes.csv", mapping=mapping)
    assert (report.new, report.photos.stored, report.photos.missing) == (81, 81, 0)
