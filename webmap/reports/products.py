"""A product of an incident, as it is asked for and as it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from webmap.errors import InvalidQuery
from webmap.reports.file import ReportFile, file_of
from webmap.reports.kinds import FORMATS, NAMES, Group, Measure, NetworkKey, Paper, Scheme, endings_of

if TYPE_CHECKING:
    from webmap.reports.maps.page import Kind
    from webmap.reports.maps.typesetting import PaperFormat
    from webmap.reports.source import ReportSource


@dataclass(frozen=True)
class Drawing:
    """How a map is drawn: which measure, of which network (None: all), in which classes, on which paper."""

    measure: Measure = "people_hours"
    network: NetworkKey | None = None
    scheme: Scheme = "natural_breaks"
    count: int = 5
    paper: Paper = "a4"


@dataclass(frozen=True)
class Product:
    """A product of an incident: a name of `NAMES` in a format of `FORMATS`."""

    group: Group
    name: str
    format: str
    drawing: Drawing = Drawing()


def product_of(group: Group, name: str, format_: str, drawing: Drawing | None = None) -> Product:
    """Return the product of these names; raises `InvalidQuery` with those that there are."""
    if name not in NAMES[group] or format_ not in endings_of(group, name):
        known = tuple(f"{one}.{ending}" for one in NAMES[group] for ending in endings_of(group, one))
        raise InvalidQuery(group, f"{name}.{format_}", known)
    return Product(group, name, format_, drawing or Drawing())


def make(product: Product, source: ReportSource) -> ReportFile:
    """Return a product as a file. Raises what the source's parts raise, and `Cancelled`."""
    title = NAMES[product.group][product.name]
    if product.group == "files":
        from webmap.reports.files import make as make_file  # noqa: PLC0415

        return make_file(source, product.format)
    content = _document(product, source) if product.group == "reports" else _map(product, source)
    plain = f"{product.name.replace('_', '-')}.{product.format}"
    source.progress("done", 1, 1)
    return file_of(source, title, plain, FORMATS[product.group][product.format], content)


def _document(product: Product, source: ReportSource) -> bytes:
    from webmap.reports.documents import build, render  # noqa: PLC0415

    return render(build(source, product.name), product.format)


def _map(product: Product, source: ReportSource) -> bytes:
    from webmap.reports.maps import animation, sheet  # noqa: PLC0415  they load slowly

    drawing = product.drawing
    if product.name == "animation":
        return animation(source, drawing.measure, drawing.network, drawing.scheme, count=drawing.count)
    return sheet(
        source,
        cast("Kind", product.name),
        drawing.measure,
        drawing.network,
        drawing.scheme,
        drawing.paper,
        cast("PaperFormat", product.format),
        count=drawing.count,
    )
