"""A process that writes until it is killed, and says so after each write returned."""

import sys
import threading
from pathlib import Path

from bowerbird.domain.product import Product
from bowerbird.storage.database import Database
from bowerbird.storage.products import ProductStore

LANES = 3


def step(life: int, lane: int, number: int) -> tuple[str, str | None]:
    """The write that a lane does as its ``number``-th: a product's id, and its new title or None to delete it."""
    return f"p{lane}-{number % 7}", None if number % 5 == 0 else f"{life}.{number}"


def write(store: ProductStore, life: int, lane: int) -> None:
    number = 0
    while True:
        number += 1
        product_id, title = step(life, lane, number)
        if title is None:
            store.delete_many([product_id])
        else:
            store.put_many([Product(product_id, title)])
        # One call for the whole line: a kill leaves all of it or nothing.
        sys.stdout.write(f"{lane}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    opened = ProductStore(Database.open(Path(sys.argv[1])))
    for number in range(LANES):
        threading.Thread(target=write, args=(opened, int(sys.argv[2]), number), daemon=True).start()
    threading.Event().wait()
