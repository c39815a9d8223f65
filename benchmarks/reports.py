"""How long the products of a 72-hour incident with 500 entries take over the sample: `python -m benchmarks.reports`.

Each is made from a source of its own, as a request makes it, in a process that has made one before.
"""

from __future__ import annotations

import sys
import time

from benchmarks.long_incident import ENTRIES, HOURS, facts
from tests.web.reports.sources import source_of
from webmap.reports.kinds import FORMATS, NAMES, endings_of
from webmap.reports.products import Product, make


def products(wanted: list[str]) -> list[Product]:
    """Return the products that are named like `reports/evaluation.docx`, all of them without names."""
    every = [
        Product(group, name, ending) for group in FORMATS for name in NAMES[group] for ending in endings_of(group, name)
    ]
    return [one for one in every if not wanted or f"{one.group}/{one.name}.{one.format}" in wanted]


def main(wanted: list[str]) -> None:
    told = facts()
    print(f"{ENTRIES} entries in {HOURS} hours")
    make(Product("reports", "evaluation", "pdf"), source_of(told[:40], sample=True))
    for product in products(wanted):
        source = source_of(told, sample=True)
        begin = time.perf_counter()
        file = make(product, source)
        seconds = time.perf_counter() - begin
        print(f"{product.group}/{product.name}.{product.format:8} {seconds:6.2f} s  {len(file.content) / 1e6:6.2f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
