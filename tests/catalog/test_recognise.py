import pytest

from bowerbird.catalog.recognise import recognise
from bowerbird.domain.errors import FormatError


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("x.txt", '<?xml version="1.0"?><!-- c --><rss version="2.0"><channel/></rss>', "google"),
        ("x.txt", '<feed xmlns="http://www.w3.org/2005/Atom"></feed>', "google"),
        ("x.csv", "id\ttitle\tlink\timage_link\n1\ta\tb\tc\n", "google"),
        ("x.csv", "g:id,g:title,g:link,g:image_link\n1,a,b,c\n", "google"),
        ("x.csv", "Handle,Title,Variant Price\n", "shopify"),
        ("x.csv", "ID,Type,SKU,Name,Regular price\n", "woocommerce"),
        ("x.csv", "sku,product_type,name\n", "magento"),
        ("x.csv", "id,title,price\n", "csv"),
        ("x.csv", '{"id": 1, "title": "a"}\n{"id": 2}\n', "jsonl"),
        ("x.csv", '{"id": 1, "title": "a"}', "jsonl"),
        ("x.csv", '{\n "id": 1,\n "title": "a"}', "json"),
        ("x.csv", '{"products": [{"id": 1}]}', "json"),
        ("x.csv", '[{"id": 1}]', "json"),
        ("x.csv", "- id: 1\n  title: a\n", "yaml"),
        ("x.csv", "# c\n---\n- id: 1\n  title: a, b\n", "yaml"),
        ("x.csv", "products:\n  - id: 1\n    title: a\n", "yaml"),
    ],
)
def test_content_tells_the_format_whatever_the_name(name, content, format, write):
    found = recognise(write(name, content))
    assert found.format == format
    assert found.why


def test_photos_are_looked_for_beside_the_source(write):
    path = write("p.csv", "id,title\n")
    assert recognise(path).media == path.parent
    write("images/a.jpg", b"x")
    assert recognise(path).media == path.parent / "images"


@pytest.mark.parametrize("format", ["shopify", "magento", "google", "woocommerce", "parquet"])
def test_a_named_format_that_does_not_fit_is_refused(format, write):
    with pytest.raises(FormatError):
        recognise(write("p.csv", "a,b\n1,2\n"), format)
