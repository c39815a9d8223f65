"""`webmap sites`: where new supply sites stand best, from files, without a database."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from webmap.cli.failures import WrongInput

if TYPE_CHECKING:
    from priority.siting.curve import CurvePoint
    from priority.siting.problem import SitingProblem
    from webmap.cli.sites_files import SitingFiles

_FILE = click.Path(path_type=Path)
_AT_ONCE_S = 3.0


@click.command("sites")
@click.option("--demand", type=_FILE, required=True, help="需求点文件 (file of demands)")
@click.option("--candidates", type=_FILE, required=True, help="候选点文件 (file of candidates)")
@click.option("--existing", type=_FILE, help="保留的现有供应点 (existing sites that stay)")
@click.option(
    "--model",
    type=click.Choice(["lscp", "mclp", "pmedian", "pcenter"]),
    required=True,
    help="最少站点 | 最大覆盖 | 总路程最短 | 最远者最近",
)
@click.option("--sites", type=click.IntRange(min=0), metavar="N", help="新增站点数，现有的另计 (new sites)")
@click.option("--budget", type=click.FloatRange(min=0), metavar="B", help="预算，与 --cost 列同单位 (budget)")
@click.option("--radius", type=click.FloatRange(min=0), metavar="M", help="服务标准，恰好等于也算覆盖 (the standard)")
@click.option("--weight", metavar="COLUMN", help="需求点的权重列，默认每个为 1 (default: 1 each)")
@click.option("--tier", metavar="COLUMN", help="需求点的级别列，数小者优先 (tier, lower first)")
@click.option("--cost", metavar="COLUMN", help="候选点的费用列，默认每个为 1 (default: 1 each)")
@click.option("--capacity", metavar="COLUMN", help="站点的容量列，默认不限 (default: unlimited)")
@click.option("--share", is_flag=True, help="容量有限时一处需求可由几个站点分担 (sites may share a demand)")
@click.option(
    "--backup", type=click.IntRange(min=0), default=0, metavar="K", help="还要 K 个备用站点 (backup coverage)"
)
@click.option("--distances", type=_FILE, metavar="MATRIX.csv", help="距离矩阵：行为需求点，列为候选点 (米或分钟)")
@click.option("--roads", type=_FILE, help="道路文件，按行车分钟计 (travel minutes by road)")
@click.option("--closed", multiple=True, metavar="ID", help="不通的道路 (a closed road); 可重复 (repeatable)")
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="计算时限 (time limit)"
)
@click.option("--curve/--no-curve", default=None, help="再算多一个、少一个站点；默认答得快时才算 (one more, one less)")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON (print JSON)")
def command(demand: Path, candidates: Path, existing: Path | None, as_json: bool, **options: Any) -> None:
    """为应急供应选址 (site emergency supply): files in, sites out.

    需求点、候选点为 GeoJSON、CSV、Shapefile 等，列 id 为编号。

    距离取自 --distances；没有时按 --roads 的行车分钟；两者都没有时取直线米数，并注明。
    """
    from layers.errors import InvalidFile  # noqa: PLC0415
    from priority.siting.matrix import InvalidMatrix  # noqa: PLC0415
    from priority.siting.problem import InvalidSiting  # noqa: PLC0415
    from webmap.cli.sites_files import SitingFiles  # noqa: PLC0415

    try:
        files = SitingFiles.read(demand, candidates, existing, options)
        document = _document(files.problem(), files, options)
    except InvalidFile as error:
        raise WrongInput(str(error), error.remedy) from None
    except InvalidMatrix as error:
        raise WrongInput(f"{options['distances']}: {error}", error.remedy) from None
    except InvalidSiting as error:
        first = error.problems[0]
        raise WrongInput(f"{first.field}: {first.message}", first.remedy) from None
    for note in document["notes"]:
        click.echo(f"注意 (note): {note}", err=True)
    if as_json:
        from webmap.documents import write_document  # noqa: PLC0415

        sys.stdout.buffer.write(write_document(document) + b"\n")
        return
    from webmap.cli.sites_text import sites_text  # noqa: PLC0415

    click.echo(sites_text(document))


def _wants_curve(asked: bool | None, seconds: float, files: SitingFiles) -> bool:
    """Whether to answer for one site more and one less too: if asked to, else only where the answer came at once."""
    if asked is None and seconds > _AT_ONCE_S:
        files.notes.append("没有算多一个、少一个站点；要算请加 --curve (add --curve for one site more and one less)")
        return False
    return asked is not False


def _document(problem: SitingProblem, files: SitingFiles, options: dict[str, Any]) -> dict[str, Any]:
    from priority.siting.curve import curve  # noqa: PLC0415
    from priority.siting.effort import Effort  # noqa: PLC0415
    from priority.siting.problem import Question  # noqa: PLC0415
    from priority.siting.solve import solve_siting  # noqa: PLC0415

    question = Question(
        options["model"], options["sites"], options["budget"], options["radius"], options["backup"], options["share"]
    )
    answer = solve_siting(problem, question, Effort(options["seconds"]))
    points: tuple[CurvePoint, ...] = ()
    if answer.status in ("optimal", "gap") and _wants_curve(options["curve"], answer.seconds, files):
        # What is near the answer may take as long as the answer itself, and no less than it takes to begin.
        points = curve(problem, question, answer, Effort(max(2.0, 2 * answer.seconds)))
    facts = asdict(answer)
    facts.pop("services")
    return {
        "model": answer.model,
        "status": answer.status,
        "objective": answer.objective,
        "selected": answer.selected,
        "assignment": answer.assignment,
        "covered_share": answer.covered_share,
        "uncovered": answer.uncovered,
        "gap": answer.gap,
        **facts,
        "sites": question.sites,
        "radius": question.radius,
        "existing": [identifier for identifier, stays in zip(problem.site_ids, problem.stays, strict=True) if stays],
        "services": [asdict(service) for service in answer.services],
        "curve": [asdict(point) for point in points],
        "notes": files.notes,
    }
