"""One table from the errors of the domain to HTTP statuses and to words, shared by the API and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from layers.errors import InvalidRecords, LayerError, MissingLayers, UnknownLayer
from layers.schema import Title
from priority.errors import (
    InvalidCrews,
    InvalidDocument,
    InvalidFigures,
    InvalidIncident,
    InvalidPlan,
    InvalidStop,
    InvalidSupply,
    UnknownPlan,
    UnsoundNetwork,
)
from webmap.accounts.errors import UnprovenRequest
from webmap.accounts.log_rights import MissingRight
from webmap.assets import AssetsUnavailable
from webmap.data_errors import DATA_ERRORS
from webmap.documents import DocumentTooDeep, MalformedJson, TooManyValues
from webmap.drill_errors import DRILL_ERRORS
from webmap.drills.errors import DrillRefused
from webmap.editing.errors import DraftRefused
from webmap.editing_errors import EDITING_ERRORS, problem_documents
from webmap.field.errors import FieldRefused
from webmap.field_errors import FIELD_ERRORS
from webmap.http_errors import HTTP_ERRORS, INTERNAL_ERROR, ErrorRule
from webmap.import_errors import IMPORT_ERRORS, plan_problems
from webmap.imports.errors import DiskFull, ImportRefused
from webmap.incidents.errors import InvalidEntry, Refused
from webmap.languages import Language
from webmap.live_errors import LIVE_ERRORS
from webmap.log_errors import LOG_ERRORS, extras_of, missing_right_words, refusal_status
from webmap.siting.errors import SitingRefused
from webmap.siting_errors import SITING_ERRORS
from webmap.storage.errors import NewerTables, OutdatedTables, UnknownTables, is_disk_full
from webmap.warning_errors import WARNING_ERRORS
from webmap.warnings.errors import Contradicted
from webmap.workload import TooBusy


class InvalidQuery(Exception):
    """A query parameter has a value that is not allowed; `allowed` lists those that are."""

    def __init__(self, name: str, given: str, allowed: tuple[str, ...]) -> None:
        self.name = name
        self.given = given
        self.allowed = allowed
        super().__init__(f"{name}={given!r}")


@dataclass(frozen=True)
class Fault:
    """An error as a client gets it. `extras` are what some errors tell beside."""

    status: int
    code: str
    message: str
    remedy: str
    problems: list[dict[str, str]] = field(default_factory=list)
    extras: Mapping[str, object] = field(default_factory=dict)

    def document(self) -> dict[str, dict[str, object]]:
        """Return the body of the answer."""
        return {
            "error": {
                "code": self.code,
                "message": self.message,
                "remedy": self.remedy,
                "problems": self.problems,
                **self.extras,
            }
        }


#: The first class that fits decides.
ERROR_TABLE: Mapping[type[Exception], ErrorRule] = {
    **WARNING_ERRORS,
    **SITING_ERRORS,
    **DATA_ERRORS,
    **DRILL_ERRORS,
    **EDITING_ERRORS,
    **FIELD_ERRORS,
    **LOG_ERRORS,
    **LIVE_ERRORS,
    **IMPORT_ERRORS,
    InvalidIncident: ErrorRule(
        422,
        "invalid_incident",
        Title("事件内容有误，未作研判", "The incident is not valid; nothing was assessed"),
        Title("按各条提示修改后重试", "Correct the fields named and try again"),
    ),
    InvalidCrews: ErrorRule(
        422,
        "invalid_crews",
        Title("队伍与设备内容有误，未作安排", "The crews are not valid; nothing was planned"),
        Title("按各条提示修改后重试", "Correct the fields named and try again"),
    ),
    InvalidSupply: ErrorRule(
        422,
        "invalid_supply",
        Title("库存与车辆内容有误，未作安排", "The stocks and vehicles are not valid; nothing was planned"),
        Title("按各条提示修改后重试", "Correct the fields named and try again"),
    ),
    InvalidStop: ErrorRule(
        422,
        "invalid_stopped",
        Title("停供热源的清单有误，未作测算", "The list of heat sources that stop is not valid; nothing was reckoned"),
        Title("按各条提示修改后重试", "Correct the fields named and try again"),
    ),
    InvalidFigures: ErrorRule(
        422,
        "invalid_figures",
        Title("指标有误，未作判断", "The figures are not valid; no level was recommended"),
        Title("按各条提示修改后重试", "Correct the figures named and try again"),
    ),
    DocumentTooDeep: ErrorRule(
        422,
        "document_too_deep",
        Title("内容嵌套层数过多", "The document is nested too deeply"),
        Title("按接口文档的结构重写", "Write it as the API documentation shows"),
    ),
    TooManyValues: ErrorRule(
        422,
        "too_many_values",
        Title("内容超过 250,000 项", "The document holds more than 250,000 values"),
        Title("减少故障、范围的顶点或矩阵的行列后重试", "Send fewer faults, points or distances and try again"),
    ),
    MalformedJson: ErrorRule(
        400,
        "malformed_json",
        Title("内容不是有效的 JSON", "The text is not valid JSON"),
        Title("检查所示位置的引号、逗号和括号", "Check quotes, commas and brackets at that place"),
    ),
    InvalidQuery: ErrorRule(
        400,
        "invalid_query",
        Title("网址参数有误", "A query parameter is not valid"),
        Title("改用允许的值", "Use one of the allowed values"),
    ),
    UnprovenRequest: ErrorRule(
        403,
        "unproven_request",
        Title("页面已过期，未作改动", "The page has expired; nothing was changed"),
        Title("刷新页面后重试；程序请带上 X-CSRF-Token", "Reload and try again; programs send X-CSRF-Token"),
    ),
    UnknownLayer: ErrorRule(
        404,
        "unknown_layer",
        Title("没有这个图层", "There is no such layer"),
        Title("图层清单见 /api/catalog", "See /api/catalog for the layers"),
    ),
    UnknownPlan: ErrorRule(
        404,
        "unknown_plan",
        Title("没有这个预案", "There is no such plan"),
        Title("预案清单见 /api/catalog", "See /api/catalog for the plans"),
    ),
    MissingLayers: ErrorRule(
        503,
        "not_initialised",
        Title("数据库中还没有数据", "The database holds no data yet"),
        Title("请管理员运行 webmap init", "Ask the administrator to run: webmap init"),
    ),
    OutdatedTables: ErrorRule(
        503,
        "outdated_tables",
        Title("数据库由旧版本建立，尚未升级", "The database was made by an older version and is not upgraded yet"),
        Title("请管理员备份后运行 webmap init", "Ask the administrator to make a backup and run: webmap init"),
    ),
    NewerTables: ErrorRule(
        503,
        "newer_tables",
        Title("数据库由更新的版本建立", "The database was made by a newer version"),
        Title("请管理员换用那个版本或更新的版本", "Ask the administrator to install that version or a newer one"),
    ),
    UnknownTables: ErrorRule(
        503,
        "unknown_tables",
        Title("数据库里的表不是任何版本所建", "The tables in the database are those of no version"),
        Title(
            "请管理员换用单独的数据库，或把备份装入空库",
            "Ask the administrator for a database of its own, or to load a backup into an empty one",
        ),
    ),
    IntegrityError: ErrorRule(
        409,
        "conflict",
        Title("同时有人写入，未作改动", "Somebody wrote at the same time; nothing was changed"),
        Title("请重试", "Try again"),
    ),
    SQLAlchemyError: ErrorRule(
        503,
        "database_unreachable",
        Title("数据库无法访问", "The database does not answer"),
        Title("请管理员检查数据库是否运行、DATABASE_URL 是否正确", "Ask the administrator to check DATABASE_URL"),
    ),
    TooBusy: ErrorRule(
        503,
        "too_busy",
        Title("正在进行的长时间计算已达上限", "As many long computations as possible are running already"),
        Title("稍候再试；多久之后见响应头 Retry-After", "Try again in a moment; the Retry-After header says when"),
    ),
    AssetsUnavailable: ErrorRule(
        503,
        "page_not_built",
        Title("页面脚本尚未构建", "The page's script is not built"),
        Title("请管理员运行 webmap assets build", "Ask the administrator to run: webmap assets build"),
    ),
    InvalidRecords: ErrorRule(
        500,
        "invalid_data",
        Title("数据库中的图层数据有误", "The stored layers break the catalogue's rules"),
        Title("请管理员重新导入数据", "Ask the administrator to load the data again"),
    ),
    UnsoundNetwork: ErrorRule(
        500,
        "unsound_network",
        Title("网络数据前后矛盾", "The network records contradict each other"),
        Title("请管理员检查管线与站点数据", "Ask the administrator to check lines and nodes"),
    ),
    InvalidPlan: ErrorRule(
        500,
        "invalid_plan",
        Title("预案文件有误", "A plan file is not valid"),
        Title("请管理员检查预案文件", "Ask the administrator to check the plan files"),
    ),
    LayerError: ErrorRule(
        500,
        "layer_error",
        Title("图层数据无法使用", "The layers cannot be used"),
        Title("请管理员检查数据", "Ask the administrator to check the data"),
    ),
}


def rule_of(error: BaseException) -> ErrorRule:
    """Return the row of the table for an error; `INTERNAL_ERROR` for one that nobody foresaw."""
    if isinstance(error, HTTPException):
        status = error.code or 500
        return HTTP_ERRORS.get(status) or (HTTP_ERRORS[400] if status < 500 else INTERNAL_ERROR)
    found = DiskFull if is_disk_full(error) else type(error)
    return next((rule for kind, rule in ERROR_TABLE.items() if issubclass(found, kind)), INTERNAL_ERROR)


def fault_of(error: BaseException, language: Language) -> Fault:
    """Return the error as a client gets it: nothing about files, addresses or queries inside."""
    rule = rule_of(error)
    status = error.code or rule.status if isinstance(error, HTTPException) else rule.status
    code, message, remedy = rule.code, _in(rule.message, language), _in(rule.remedy, language)
    if isinstance(error, Refused):
        status, code = refusal_status(error)
        message, remedy = error.message(language), error.remedy(language)
    if isinstance(error, SitingRefused | FieldRefused | DrillRefused | DraftRefused | ImportRefused):
        message, remedy = error.message(language), error.remedy(language)
    if isinstance(error, MissingRight):
        message, remedy = missing_right_words(error, language)
    return Fault(status, code, message, remedy, _problems(error, rule, language), extras_of(error))


def _in(title: Title, language: Language) -> str:
    return title.zh if language == "zh" else title.en


def _problems(error: BaseException, rule: ErrorRule, language: Language) -> list[dict[str, str]]:
    remedy = _in(rule.remedy, language)
    for told in (problem_documents(error, language), plan_problems(error, language)):
        if told is not None:
            return told
    if isinstance(error, InvalidDocument | InvalidEntry):
        return [
            {"field": problem.field, "message": problem.message, "remedy": problem.remedy} for problem in error.problems
        ]
    if isinstance(error, Contradicted):
        return [
            {"field": item.field, "message": item.message, "remedy": item.remedy} for item in error.problems(language)
        ]
    if isinstance(error, MalformedJson):
        return [{"field": "", "message": _place(error, language), "remedy": remedy}]
    if isinstance(error, InvalidQuery):
        allowed = "、".join(error.allowed) if language == "zh" else ", ".join(error.allowed)
        text = f"允许的值：{allowed}" if language == "zh" else f"Allowed values: {allowed}"
        return [{"field": error.name, "message": text, "remedy": remedy}]
    return []


def _place(error: MalformedJson, language: Language) -> str:
    if not error.line:
        return error.reason
    if language == "zh":
        return f"第 {error.line} 行第 {error.column} 列：{error.reason}"
    return f"line {error.line}, column {error.column}: {error.reason}"
