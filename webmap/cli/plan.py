"""`webmap plan`: a plan for reading, and the check of a new plan file."""

from __future__ import annotations

import click

from webmap.cli.failures import WrongInput, explains_failures, settings_from_environment
from webmap.languages import Language


class PlanGroup(click.Group):
    """`plan check FILE` checks a file; `plan KEY` prints the plan of that key."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the check, or a command that prints the plan named."""
        return super().get_command(ctx, cmd_name) or _printing(cmd_name)


@click.group("plan", cls=PlanGroup, subcommand_metavar="PLAN | check FILE", no_args_is_help=True)
def command() -> None:
    """阅读预案，或检查新的预案文件 (print a plan, or check the file of a new one).

    自带预案 (plans): energy-chengqu, heating-zezhou；本地预案放在 <WEBMAP_HOME>/plans/*.yaml
    """


@command.command("check")
@click.argument("file", type=click.Path())
@explains_failures
def check(file: str) -> None:
    """检查预案文件 (check a plan file): 有误时列出文件、行和位置 (names file, line and place)."""
    from pathlib import Path  # noqa: PLC0415

    from priority.errors import InvalidPlan  # noqa: PLC0415
    from priority.plans import read_plan  # noqa: PLC0415

    try:
        plan = read_plan(Path(file))
    except OSError as error:
        raise WrongInput(
            f"文件无法读取 (cannot be read): {file}: {error.strerror}", "检查路径 (check the path)"
        ) from None
    except InvalidPlan as error:
        raise WrongInput(str(error), "按所示行改正 (correct the lines named)") from None
    conditions = sum(len(level.conditions) for level in plan.levels)
    measures = sum(len(level.measures) for level in plan.levels)
    click.echo(f"✓ {plan.key}：{plan.title.zh}，{len(plan.levels)} 级响应，{conditions} 条条件，{measures} 条措施")


def _printing(key: str) -> click.Command:
    @click.command(key)
    @click.option("--json", "as_json", is_flag=True, help="输出完整的预案文档 (print the whole document)")
    @click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 (language)")
    @explains_failures
    def show(as_json: bool, lang: Language) -> None:
        from webmap.cli.plan_choice import chosen_plan  # noqa: PLC0415
        from webmap.cli.plan_text import plan_text  # noqa: PLC0415
        from webmap.documents import write_document  # noqa: PLC0415
        from webmap.plans.document import plan_document  # noqa: PLC0415
        from webmap.plans.views import today_in_china  # noqa: PLC0415

        plan = chosen_plan(settings_from_environment(), key)
        document = plan_document(plan, today_in_china())
        click.echo(write_document(document).decode() if as_json else plan_text(plan, document, lang))

    return show
