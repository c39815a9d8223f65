"""`webmap level`: which response level reported figures ask for."""

from __future__ import annotations

import sys
from typing import Any

import click

from webmap.cli.failures import explains_failures, settings_from_environment
from webmap.cli.input import read_json
from webmap.languages import Language

_OUTCOMES: dict[str, dict[Language, str]] = {
    "met": {"zh": "成立", "en": "met"},
    "not_met": {"zh": "不成立", "en": "not met"},
    "unknown": {"zh": "未知", "en": "unknown"},
}


@click.command("level")
@click.argument("plan")
@click.argument("figures")
@click.option("--json", "as_json", is_flag=True, help="输出完整的文档 (print the whole document)")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 (language)")
@explains_failures
def command(plan: str, figures: str, as_json: bool, lang: Language) -> None:
    """按指标推荐响应级别 (recommend a level): FIGURES 是 JSON 文件，- 表示标准输入 (a file, or - for stdin)."""
    from webmap.cli.plan_choice import chosen_plan  # noqa: PLC0415
    from webmap.documents import write_document  # noqa: PLC0415
    from webmap.plans.document import level_document  # noqa: PLC0415

    settings = settings_from_environment()
    found = chosen_plan(settings, plan)
    result = level_document(found, read_json(figures, settings.limits), lang)
    if as_json:
        sys.stdout.buffer.write(write_document(result) + b"\n")
    else:
        click.echo("\n".join(_lines(result, lang)))


def _lines(result: dict[str, Any], language: Language) -> list[str]:
    chinese = language == "zh"
    colon, comma, gap = ("：", "、", "　") if chinese else (": ", ", ", "  ")
    level = result["level"] or ("无" if chinese else "none")
    lines = [f"{'建议响应级别' if chinese else 'Recommended level'}{colon}{level}{gap}{result['why']}"]
    if result["grade_name"]:
        lines.append(f"{'事件等级' if chinese else 'Event grade'}{colon}{result['grade_name']}")
    if result["decided_by"]:
        lines.append(f"{'由谁启动' if chinese else 'Started by'}{colon}{comma.join(result['decided_by'])}")
    if result["could_rise_to"]:
        figures = comma.join(result["could_rise_by"])
        lines.append(f"{'可能升至' if chinese else 'Could rise to'} {result['could_rise_to']}{colon}{figures}")
    lines += [
        f"  {row['level']:>3}  {row['clause']:<12} {_OUTCOMES[row['outcome']][language]}{gap}{row['text']}"
        for row in result["clauses"]
    ]
    before, after = ("（", "）") if chinese else (" (", ")")
    lines += [f"  ※ {ruling['text']}{before}{ruling['reason']}{after}" for ruling in result["rulings"]]
    return lines
