"""Words for the errors of HTTP itself, and for what nobody foresaw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from layers.schema import Title


@dataclass(frozen=True)
class ErrorRule:
    """How one kind of error is answered: HTTP status, code, what happened and what to do."""

    status: int
    code: str
    message: Title
    remedy: Title


INTERNAL_ERROR = ErrorRule(
    500,
    "internal_error",
    Title("程序内部错误，已记入日志", "Internal error; it was logged"),
    Title("请重试；若再次出现，请把时间告诉管理员", "Try again; if it comes back, tell the administrator the time"),
)

#: Errors of HTTP itself, by status.
HTTP_ERRORS: Mapping[int, ErrorRule] = {
    400: ErrorRule(
        400,
        "bad_request",
        Title("请求有误", "The request is not valid"),
        Title("检查请求", "Check the request"),
    ),
    401: ErrorRule(
        401,
        "not_signed_in",
        Title("请先登录", "Sign in first"),
        Title("在 /sign-in 登录，或带上有效的 API 令牌", "Sign in at /sign-in, or send a valid API token"),
    ),
    403: ErrorRule(
        403,
        "forbidden",
        Title("无权访问", "Not allowed"),
        Title("请用有权限的账户", "Use an account that has the right"),
    ),
    404: ErrorRule(
        404,
        "unknown_route",
        Title("没有这个地址", "There is no such address"),
        Title("检查网址", "Check the address"),
    ),
    405: ErrorRule(
        405,
        "method_not_allowed",
        Title("此地址不接受这种请求方法", "This address does not take that method"),
        Title("见响应头 Allow", "See the Allow header"),
    ),
    413: ErrorRule(
        413,
        "body_too_large",
        Title("内容超过 4 MB", "The body is over 4 MB"),
        Title("减少内容后重试", "Send less and try again"),
    ),
    415: ErrorRule(
        415,
        "unsupported_media_type",
        Title("内容类型应为 application/json", "The content type must be application/json"),
        Title("设置请求头 Content-Type: application/json", "Send the header Content-Type: application/json"),
    ),
    416: ErrorRule(
        416,
        "range_not_satisfiable",
        Title("所请求的字节范围不存在", "The file has no such range of bytes"),
        Title("检查请求头 Range", "Check the Range header"),
    ),
    429: ErrorRule(
        429,
        "too_many_requests",
        Title("请求过于频繁", "Too many requests"),
        Title("稍候再试；多久之后见响应头 Retry-After", "Try again in a moment; the Retry-After header says when"),
    ),
}
