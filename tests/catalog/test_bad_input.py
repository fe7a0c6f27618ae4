"""Every format with everything that goes wrong in files: one clear error, or rejects beside what is sound."""

import gzip
import io
import json
import os

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bowerbird.catalog.flow import ImportOptions, ImportTarget, import_catalogue
from bowerbird.catalog.limits import ImportLimits
from bowerbird.domain.errors import BowerbirdError, FormatError, InputError
from bowerbird.storage.products import Put, PutOutcome


class Keeper:
    """Keeps products in memory: these tests are about what is read, and there are many."""

    def __init__(self):
        self.held = {}

    def put_many(self, batch):
        outcomes = [PutOutcome(product.id, 0, Put.CHANGED if product.id in self.held else Put.NEW) for product in batch]
        self.held.update({product.id: product for product in batch})
        return outcomes

    def delete_unseen(self, seen):
        return 0


class Shop:
    def __init__(self, folder):
        self.keeper = Keeper()
        self.rejects_folder = folder

    def take(self, source, **options):
        return import_catalogue(source, ImportTarget(self.keeper, None, self.rejects_folder), ImportOptions(**options))

    def all(self):
        return self.keeper.held

    def rejects(self):
        lines = [line for path in self.rejects_folder.glob("*.jsonl") for line in path.read_text().splitlines()]
        return [json.loads(line) for line in lines]


@pytest.fixture
def shop(tmp_path):
    return Shop(tmp_path / "rejects")


GOOGLE_HEAD = "id\ttitle\tlink\timage_link\tprice"
SHOPIFY_HEAD = "Handle,Title,Variant Price,Vendor"
WOO_HEAD = "ID,Type,SKU,Name,Regular price,Published"
MAGENTO_HEAD = "sku,product_type,name,price,visibility"


def _parquet(rows):
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


def _xml(items):
    return f'<rss xmlns:g="http://base.google.com/ns/1.0"><channel>{items}</channel></rss>'


SOUND = {
    "google": f"{GOOGLE_HEAD}\n1\tCup\thttps://s.example\thttps://s.example/1.jpg\t5 EUR\n",
    "google xml": _xml("<item><g:id>1</g:id><title>Cup</title><g:price>5 EUR</g:price></item>"),
    "shopify": f"{SHOPIFY_HEAD}\ncup,Cup,5,Ann\n",
    "woocommerce": f"{WOO_HEAD}\n1,simple,CUP,Cup,5,1\n",
    "magento": f'{MAGENTO_HEAD}\nCUP,simple,Cup,5,"Catalog, Search"\n',
    "jsonl": '{"id": "1", "title": "Cup", "price": 5}\n',
    "json": '[{"id": "1", "title": "Cup", "price": 5}]',
    "csv": "id,title,price\n1,Cup,5\n",
    "yaml": "- id: 1\n  title: Cup\n  price: 5\n",
    "parquet": _parquet([{"id": "1", "title": "Cup", "price": 5}]),
}
FORMATS = sorted(SOUND)


def sound(kind):
    data = SOUND[kind]
    return data.encode() if isinstance(data, str) else data


def named(kind):
    return kind.split()[0]


@pytest.mark.parametrize("kind", FORMATS)
def test_the_sound_file_is_imported_and_recognised(kind, write, shop):
    report = shop.take(write("f", sound(kind)))
    assert (report.format, report.new, report.rejected) == (named(kind), 1, 0)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("content", [b"", b"   \n\n", b"\xef\xbb\xbf"], ids=["empty", "blank", "only a mark"])
def test_an_empty_file_is_one_clear_error(kind, content, write, shop):
    with pytest.raises(FormatError):
        shop.take(write("f", content), format=named(kind))


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    "content",
    [os.urandom(5_000), b"\x00" * 5_000, b"%PDF-1.7 x", b"PK\x03\x04rest", b"\x89PNG\r\n\x1a\n", b"\x1f\x8b\x08torn"],
    ids=["noise", "nul", "pdf", "zip", "png", "torn gz"],
)
def test_what_is_no_catalogue_is_refused(kind, content, write, shop):
    for format in ("auto", named(kind)):
        with pytest.raises(FormatError):
            shop.take(write("f", content), format=format)
    assert shop.all() == {}


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "parquet"])
def test_another_encoding_is_refused_with_the_byte(kind, write, shop):
    data = sound(kind).replace(b"Cup", "Tasse für Öl".encode("cp1252"))
    with pytest.raises(FormatError, match=r"byte \d+"):
        shop.take(write("f", data))
    assert shop.take(write("f", data), encoding="cp1252").new == 1 or kind == "google xml"


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "parquet"])
def test_utf16_without_its_mark_is_told_as_that(kind, write, shop):
    with pytest.raises(FormatError, match="UTF-16"):
        shop.take(write("f", sound(kind).decode().encode("utf-16-le")))


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "parquet"])
def test_a_torn_gzip_is_refused_before_anything_is_written(kind, write, shop):
    packed = gzip.compress(sound(kind) * (1 if kind in ("json", "google xml") else 50))
    with pytest.raises(FormatError, match="torn"):
        shop.take(write("f", packed[:-6]))
    assert shop.all() == {}


@pytest.mark.parametrize("kind", ["jsonl", "csv", "yaml", "json", "google xml", "google"])
def test_a_gzip_is_read_whatever_is_in_it(kind, write, shop):
    assert shop.take(write("f", gzip.compress(sound(kind)))).new == 1


@pytest.mark.parametrize("kind", ["jsonl", "csv", "google xml"])
def test_a_zip_bomb_is_refused(kind, write, shop):
    limits = ImportLimits(ratio_from_bytes=1_000_000)
    bomb = gzip.compress(sound(kind) + b" " * 30_000_000)
    with pytest.raises(FormatError, match="grows too much"):
        shop.take(write("f", bomb), limits=limits)


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "parquet"])
def test_a_field_of_ten_megabytes_is_refused_or_its_row_rejected(kind, write, shop):
    report = shop.take(write("f", sound(kind).replace(b"Cup", b"x" * 10_000_000)))
    assert (report.new, report.rejected) == (0, 1)
    assert report.rejects is not None


def test_a_parquet_field_of_ten_megabytes_rejects_its_row(write, shop):
    rows = [{"id": "1", "title": "x" * 10_000_000}, {"id": "2", "title": "Cup"}]
    report = shop.take(write("f", _parquet(rows)))
    assert (report.new, report.rejected) == (1, 1)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("csv", "id,title," + ",".join(f"c{n}" for n in range(100_000)) + "\n1,a\n"),
        ("google", GOOGLE_HEAD + "".join(f"\tc{n}" for n in range(100_000)) + "\n1\ta\n"),
        ("shopify", SHOPIFY_HEAD + "".join(f",c{n}" for n in range(100_000)) + "\n"),
        ("woocommerce", WOO_HEAD + "".join(f",c{n}" for n in range(100_000)) + "\n"),
        ("magento", MAGENTO_HEAD + "".join(f",c{n}" for n in range(100_000)) + "\n"),
    ],
)
def test_a_hundred_thousand_columns_are_refused(kind, content, write, shop):
    with pytest.raises(FormatError, match="too many columns"):
        shop.take(write("f", content))


@pytest.mark.parametrize("kind", ["jsonl", "json"])
def test_a_record_of_a_hundred_thousand_keys_is_rejected(kind, write, shop):
    wide = json.dumps({"id": "1", "title": "a", **{f"c{n}": n for n in range(100_000)}})
    report = shop.take(write("f", wide if kind == "jsonl" else f"[{wide}]"))
    assert (report.new, report.rejected) == (0, 1)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("jsonl", '{"id": "1", "title": "a", "x": ' + "[" * 100_000 + "]" * 100_000 + "}\n"),
        ("jsonl", '{"id": "1", "title": "a", "x": ' + "[" * 200 + "]" * 200 + "}\n"),
        ("json", '[{"id": "1", "title": "a", "x": ' + '{"a":' * 200 + "1" + "}" * 200 + "}]"),
        ("json", "[" * 100_000),
        ("yaml", "- id: 1\n  title: a\n  x: " + "[" * 5_000 + "]" * 5_000 + "\n"),
        ("yaml", "- id: 1\n  title: a\n  x: " + "[" * 100 + "]" * 100 + "\n"),
        ("google", _xml("<item>" + "<a>" * 10_000 + "</a>" * 10_000 + "</item>")),
    ],
)
def test_deep_nesting_is_refused_or_rejected(kind, content, write, shop):
    try:
        report = shop.take(write("f", content), format=kind)
    except FormatError:
        assert shop.all() == {}
    else:
        assert (report.new, report.rejected) == (0, 1)


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "head",
    [LAUGHS, '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE l SYSTEM "http://x.example/l.dtd">'],
)
def test_xml_entities_and_outside_references_are_refused_or_ignored(head, write, shop):
    text = '<?xml version="1.0"?>' + head + _xml("<item><id>1</id><title>Cup &amp; &a;</title></item>")
    with pytest.raises(FormatError):
        shop.take(write("f", text))


def test_yaml_laughs_are_counted_out(write, shop):
    text = "- id: 1\n  title: a\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    text += "".join(f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
    with pytest.raises(FormatError, match="too many values"):
        shop.take(write("f", text))


@pytest.mark.parametrize(
    ("kind", "row", "field"),
    [
        ("csv", "2,Dish\x00,5", "title"),
        ("csv", "2,Dish", None),
        ("csv", "2,Dish,5,6", None),
        ("csv", ",Dish,5", "id"),
        ("csv", "2,,5", "title"),
        ("csv", "2,Dish,-5", "price"),
        ("csv", "2,Dish,five", "price"),
        ("csv", '2,"Dish,5', None),
        ("jsonl", '{"id": "2", "title": "Dish", "price": [5]}', "price"),
        ("jsonl", '{"id": {"a": 1}, "title": "Dish"}', "id"),
        ("jsonl", '{"id": "2", "title": "Dish", "price": NaN}', None),
        ("jsonl", '{"id": "2", "title": "Dish", "price": 1e999}', None),
        ("jsonl", '{"id": "2", "title": "Dish"', None),
        ("jsonl", '[1, 2]', None),
        ("jsonl", '"text"', None),
        ("jsonl", '{"id": "2\\u0000", "title": "Dish"}', "id"),
        ("jsonl", '{"id": "2", "title": "\\ud800"}', None),
        ("jsonl", '{"id": "2", "title": "Dish", "variants": [{"id": "v", "price": "?"}]}', "variants[0].price"),
        ("jsonl", '{"id": "2", "title": "Dish", "images": ["javascript:x"]}', "images"),
        ("google", "2\tDish\thttps://s.example\tx.jpg\tfive", "price"),
        ("google", "2\tDish\tjavascript:alert(1)\tx.jpg\t5 EUR", "url"),
        ("google", "2\tDish", None),
        ("shopify", "dish,,5,Ann", "title"),
        ("shopify", ",Dish,5,Ann", "id"),
        ("woocommerce", "2,simple,DISH,Dish,five,1", "price"),
        ("woocommerce", "2,variation,DISH,Dish,5,1", "parent"),
        ("magento", 'DISH,simple,Dish,five,"Catalog, Search"', "price"),
        ("magento", ',simple,Dish,5,"Catalog, Search"', "id"),
        ("yaml", "- 5", None),
        ("yaml", "- {id: 2, title: Dish, price: five}", "price"),
    ],
)  # fmt: skip
def test_a_bad_row_is_rejected_whole_and_the_rest_imported(kind, row, field, write, shop):
    report = shop.take(write("f", sound(kind) + row.encode() + b"\n"))
    assert (report.new, report.rejected) == (1, 1)
    (reject,) = shop.rejects()
    assert reject["field"] == field
    assert reject["line"] > 0
    assert reject["message"]
    assert reject["row"] is not None


def test_bytes_in_another_encoding_after_the_sample_reject_their_row(write, shop):
    rows = "".join(f"{n},Cup number {n} {'x' * 80},5\n" for n in range(15_000)).encode()
    report = shop.take(write("f.csv", b"id,title,price\n" + rows + b"bad,T\xe4sse,5\n"), dry_run=True)
    assert (report.accepted, report.rejected) == (15_000, 1)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_file_cut_anywhere_never_ends_in_a_stray_exception(kind, part, write, shop):
    data = sound(kind) * 3 if kind in ("jsonl", "yaml") else sound(kind)
    path = write("f", data[: int(len(data) * part)])
    for format in ("auto", named(kind)):
        try:
            report = shop.take(path, format=format, dry_run=True)
        except BowerbirdError as error:
            assert isinstance(error, InputError)
            assert len(str(error)) < 2_000
        else:
            assert report.read == report.accepted + report.rejected or report.rejected


def test_an_xml_that_is_no_feed_and_words_without_a_table_are_refused(write, shop):
    for text in (
        "<html><body>x</body></html>",
        "<sitemap/>",
        "hello",
        "just\nsome\nlines\n",
        "{}",
        "[]",
        "[1]",
        "null",
    ):
        try:
            report = shop.take(write("f", text))
        except FormatError as error:
            assert error.expected
        else:
            assert report.new == 0
