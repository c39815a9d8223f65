"""What can be made of an incident: one table of products, which the routes, the command line and the page read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from layers.schema import Title
from webmap.errors import InvalidQuery
from webmap.reports.file import ReportFile, file_of

if TYPE_CHECKING:
    from webmap.reports.maps.page import Kind
    from webmap.reports.maps.typesetting import PaperFormat
    from webmap.reports.source import ReportSource

Group = Literal["reports", "maps", "files"]
Measure = Literal[
    "customer_hours", "people_hours", "hours_per_customer", "hours_to_restore", "peak_customers", "people_hit"
]
Scheme = Literal["quantiles", "natural_breaks", "fixed"]
Paper = Literal["a4", "a3"]
NetworkKey = Literal["electricity", "gas", "heat", "water"]

REPORTS: Mapping[str, Title] = {
    "first": Title("首报", "First report"),
    "follow_up": Title("续报", "Follow-up report"),
    "final": Title("终报", "Final report"),
    "evaluation": Title("总结评估报告", "Evaluation report"),
    "briefing": Title("指挥长简报", "Commander's briefing"),
}
MAPS: Mapping[str, Title] = {
    "choropleth": Title("影响分级图", "Impact map"),
    "bivariate": Title("损失与恢复时间双变量图", "Loss and restoration time"),
    "multiples": Title("前、中、后对照图", "Before, during, after"),
    "animation": Title("过程动画", "Animation"),
}
FILES: Mapping[str, Title] = {"incident": Title("事件资料", "Incident file")}

#: Formats of each group with their media types, the one to begin with first.
FORMATS: Mapping[Group, Mapping[str, str]] = {
    "reports": {
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pdf": "application/pdf",
        "html": "text/html",
    },
    "maps": {"pdf": "application/pdf", "png": "image/png", "gif": "image/gif"},
    "files": {
        "html": "text/html",
        "gpkg": "application/geopackage+sqlite3",
        "geojson": "application/geo+json",
        "csv": "application/zip",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "json": "application/json",
    },
}
NAMES: Mapping[Group, Mapping[str, Title]] = {"reports": REPORTS, "maps": MAPS, "files": FILES}


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


def endings_of(group: Group, name: str) -> tuple[str, ...]:
    """Return the formats of a product: an animation is a GIF, everything else is none."""
    if group != "maps":
        return tuple(FORMATS[group])
    return ("gif",) if name == "animation" else ("pdf", "png")


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
