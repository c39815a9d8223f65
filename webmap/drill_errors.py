"""How the errors of drills that play themselves are answered: their rows of the table."""

from __future__ import annotations

from collections.abc import Mapping

from layers.schema import Title
from webmap.drills.errors import DrillRefused, InvalidScript, ScriptUnfit, UnknownDrill, UnknownScript
from webmap.http_errors import ErrorRule

DRILL_ERRORS: Mapping[type[Exception], ErrorRule] = {
    ScriptUnfit: ErrorRule(
        422,
        "script_unfit",
        Title(
            "脚本不适合这里的数据或预案，演练没有开始",
            "The script does not fit the data or the plan here; no drill was begun",
        ),
        Title("按各条提示修改脚本，或换一个脚本", "Change the script as named, or take another one"),
    ),
    InvalidScript: ErrorRule(
        422,
        "invalid_script",
        Title("脚本文件有误", "The script file is not valid"),
        Title("按所示的行修改，写法见 docs/drills.md", "Correct the lines named; docs/drills.md says how to write one"),
    ),
    UnknownScript: ErrorRule(
        404,
        "unknown_script",
        Title("没有这个演练脚本", "There is no such drill script"),
        Title("脚本清单见 /api/drill-scripts", "See /api/drill-scripts for the scripts"),
    ),
    UnknownDrill: ErrorRule(
        404,
        "unknown_drill",
        Title("这个事件里没有脚本在演", "No script plays in this incident"),
        Title("演练清单见 /api/incidents?which=drills", "See /api/incidents?which=drills for the drills"),
    ),
    DrillRefused: ErrorRule(
        409,
        "drill_refused",
        Title("演练的现状不允许这样做，未作改动", "As the drill stands this cannot be done; nothing was changed"),
        Title("刷新后查看", "Reload to see how it stands"),
    ),
}
