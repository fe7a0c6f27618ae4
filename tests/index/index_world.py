"""Small random shops, and what the index should answer, worked out the slow way over variants."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from hypothesis import strategies as st

from bowerbird.domain.filters import And, Equals, Exists, Not, OneOf, Or, Range, Under
from bowerbird.domain.ports import IndexDocument, VectorRows
from bowerbird.domain.product import Availability, Product, Variant
from bowerbird.index.columns import Columns
from bowerbird.index.product_rows import rows_of_product

COLOURS = ("red", "Red", "blue", "dark blue")
PATHS = ("a", "a/b", "a/b/c", "d", "ab")
prices = st.none() | st.integers(1, 6).map(lambda price: Decimal(price * 10))
stocks = st.sampled_from([None, Availability.IN_STOCK, Availability.OUT_OF_STOCK])
attributes = st.fixed_dictionaries(
    {},
    optional={
        "color": st.sampled_from(COLOURS) | st.lists(st.sampled_from(COLOURS), max_size=3).map(tuple),
        "size": st.sampled_from(["S", "M"]) | st.floats(1, 3).map(round).map(float),
        "new": st.booleans(),
    },
)
variants = st.builds(Variant, id=st.uuids().map(str), price=prices, availability=stocks, attributes=attributes)
products = st.builds(
    Product,
    id=st.uuids().map(str),
    title=st.just("thing"),
    brand=st.sampled_from(["", "Luma", "luma", "Fleet"]),
    categories=st.lists(st.sampled_from(PATHS), max_size=2).map(tuple),
    price=prices,
    availability=stocks,
    attributes=attributes,
    variants=st.just(()) | st.lists(variants, max_size=3).map(tuple),
)
leaves = st.one_of(
    st.builds(Equals, st.just("color"), st.sampled_from(["RED", "blue", "green"])),
    st.builds(Equals, st.just("size"), st.sampled_from(["s", 1.0, 2.0, "2"])),
    st.builds(Equals, st.just("in_stock"), st.booleans()),
    st.builds(Equals, st.just("brand"), st.sampled_from(["LUMA", "Fleet", "none"])),
    st.builds(OneOf, st.just("color"), st.lists(st.sampled_from(COLOURS), min_size=1, max_size=2).map(tuple)),
    st.builds(
        Range, st.just("price"), st.none() | st.just(20.0), st.none() | st.just(40.0), st.booleans(), st.booleans()
    ),
    st.builds(Under, st.just("category"), st.sampled_from(["a", "A / b", "x", "ab"])),
    st.builds(Exists, st.sampled_from(["color", "size", "price", "new"])),
)
conditions = st.recursive(
    leaves,
    lambda parts: (
        st.builds(Not, parts)
        | st.builds(And, st.lists(parts, min_size=1, max_size=3).map(tuple))
        | st.builds(Or, st.lists(parts, min_size=1, max_size=3).map(tuple))
    ),
    max_leaves=6,
)


def with_every_field() -> Product:
    """A product that has each field once, so that no filter of these worlds names an unknown one."""
    return Product(
        "all",
        "thing",
        brand="Luma",
        categories=("a/b",),
        price=Decimal(30),
        attributes={"color": "red", "size": "S", "new": True},
    )


def columns_of(shop: list[Product], settled: int) -> Columns:
    """The first ``settled`` products as a build leaves them, the rest as changes do."""
    columns = Columns()
    rows = [rows_of_product(seq, product) for seq, product in enumerate(shop)]
    columns.append(rows[:settled])
    columns.settle()
    for row in rows[settled:]:
        columns.append([row])
    return columns


def rows_of(product: Product) -> list[dict[str, set[object]]]:
    """One dictionary a variant, texts folded: what a filter looks at."""
    rows = []
    for variant in product.variants or (None,):
        values: dict[str, object] = dict(product.attributes)
        price, availability = product.price, product.availability
        if variant is not None:
            # An empty value says nothing, so it does not override.
            values |= {name: value for name, value in variant.attributes.items() if value != ()}
            price = variant.price if variant.price is not None else price
            availability = variant.availability or availability
        row = {name: _folded(value) for name, value in values.items()}
        row["brand"], row["category"] = _folded(product.brand), _folded(product.categories)
        row["price"] = set() if price is None else {float(price)}
        row["in_stock"] = {"true" if availability in (None, Availability.IN_STOCK) else "false"}
        rows.append(row)
    return rows


def meets(row: dict[str, set[object]], condition: object) -> bool:
    """Whether one row meets a condition."""
    match condition:
        case And(parts):
            return all(meets(row, part) for part in parts)
        case Or(parts):
            return any(meets(row, part) for part in parts)
        case Not(part):
            return not meets(row, part)
        case Equals(name, value):
            return bool(row.get(name, set()) & _sought(value))
        case OneOf(name, values):
            return any(row.get(name, set()) & _sought(value) for value in values)
        case Exists(name):
            return bool(row.get(name))
        case Under(name, path):
            folded = path.lower().replace(" ", "")
            return any(one == folded or one.startswith(folded + "/") for one in row.get(name, set()))
        case Range(name, low, high, low_inclusive, high_inclusive):
            return any(
                (low is None or number > low or (low_inclusive and number == low))
                and (high is None or number < high or (high_inclusive and number == high))
                for number in row.get(name, set())
                if isinstance(number, float)
            )
    raise AssertionError(condition)


def _folded(value: object) -> set[object]:
    if isinstance(value, bool):
        return {"true" if value else "false"}
    if isinstance(value, float):
        return {value}
    return {one.lower() for one in ((value,) if isinstance(value, str) else value) if one}


def _sought(value: object) -> set[object]:
    if isinstance(value, bool):
        return {"true" if value else "false"}
    if isinstance(value, float):
        return {value, f"{value:g}"}
    return {value.lower()} | ({float(value)} if value.isdigit() else set())


@dataclass
class VectorWorld:
    """Random unit rows, some products with several or none."""

    dim: int = 24
    seed: int = 0

    def documents(self, count: int, first_seq: int = 1, most_rows: int = 3) -> list[IndexDocument]:
        documents = []
        for seq in range(first_seq, first_seq + count):
            generator = np.random.default_rng([self.seed, seq])
            size = int(generator.integers(0 if most_rows > 1 else 1, most_rows + 1))
            rows = generator.normal(size=(size, self.dim)).astype(np.float32)
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
            product = Product(f"p{seq}", f"thing {seq}", attributes={"part": float(seq % 100)})
            documents.append(
                IndexDocument(seq, product, {"title": f"thing n{seq}"}, {"photo": VectorRows(rows, tuple(range(size)))})
            )
        return documents

    def query(self, number: int) -> np.ndarray:
        vector = np.random.default_rng([self.seed, 77, number]).normal(size=self.dim).astype(np.float32)
        return vector / np.linalg.norm(vector)


def brute_force(documents: list[IndexDocument], query: np.ndarray, limit: int) -> list[int]:
    scored = [
        (-float((one.vectors["photo"].vectors.astype(np.float16).astype(np.float32) @ query).max()), one.seq)
        for one in documents
        if len(one.vectors["photo"].vectors)
    ]
    return [seq for _, seq in sorted(scored)[:limit]]
