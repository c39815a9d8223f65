"""Why files are refused, by code: what is wrong and what to do, Chinese and English."""

from __future__ import annotations

from layers.importing.source.errors import UnusableFile
from layers.schema import Title


def _entry(zh: str, en: str, remedy_zh: str, remedy_en: str) -> tuple[Title, Title]:
    return Title(zh, en), Title(remedy_zh, remedy_en)


_SHRINK = ("拆成几个文件分别导入", "split it into several files")
_EXPORT = ("在原软件中重新导出后再导入", "export it again from the software it comes from")
_FLAT_ZIP = (
    "只压缩要导入的数据文件，重新打包",
    "pack the data files alone into a new zip archive",
)
_SUPPORTED = (
    "支持：压缩的 Shapefile、GeoPackage、GeoJSON、KML/KMZ、CSV、XLSX、DXF、压缩的 FileGDB",
    "supported: zipped Shapefile, GeoPackage, GeoJSON, KML/KMZ, CSV, XLSX, DXF, zipped FileGDB",
)

REFUSALS: dict[str, tuple[Title, Title]] = {
    "missing": _entry("找不到文件", "there is no such file", "检查路径", "check the path"),
    "not_a_file": _entry("这不是一个文件", "this is not a file", "选择一个数据文件", "choose a file of data"),
    "unreadable": _entry(
        "文件无法读取", "the file cannot be read", "检查文件与权限", "check the file and its permissions"
    ),
    "empty": _entry("文件是空的", "the file is empty", *_EXPORT),
    "no_tables": _entry("文件中没有可导入的表", "the file holds no table to import", *_EXPORT),
    "too_large": _entry(
        "文件有 {found} MB，超过上限 {limit} MB", "the file has {found} MB, the limit is {limit} MB", *_SHRINK
    ),
    "truncated": _entry("文件不完整或已损坏：{detail}", "the file is cut off or damaged: {detail}", *_EXPORT),
    "unknown_format": _entry("不认识这种文件", "this kind of file is not known", *_SUPPORTED),
    "unsupported": _entry(
        "这是{zh}，不能直接导入", "this is {en}, which cannot be imported", "{remedy_zh}", "{remedy_en}"
    ),
    "wrong_extension": _entry(
        "文件名为 {suffix}，内容却是{zh}",
        "the name ends in {suffix}, but the content is {en}",
        "若内容正确，把扩展名改为 {right}；否则重新选择文件",
        "if the content is the right one, rename it to {right}; else choose another file",
    ),
    "missing_part": _entry(
        "Shapefile 缺少 {part} 文件",
        "the Shapefile has no {part} file",
        "把同名的 .shp、.shx、.dbf、.prj 一起压缩成 zip",
        "pack .shp, .shx, .dbf and .prj of one name into a zip archive",
    ),
    "zip_bomb": _entry(
        "压缩包解开后有 {found} MB，是原大小的 {ratio} 倍，不予解压",
        "unpacked the archive has {found} MB, {ratio} times its size; it is not unpacked",
        *_FLAT_ZIP,
    ),
    "too_many_members": _entry(
        "压缩包内的文件过多，上限 {limit} 个", "the archive holds too many files, the limit is {limit}", *_FLAT_ZIP
    ),
    "nested_archive": _entry(
        "压缩包里只有另一个压缩包：{name}", "the archive holds another archive alone: {name}", *_FLAT_ZIP
    ),
    "unsafe_path": _entry(
        "压缩包内有指向包外的路径：{name}", "the archive holds a path that leads out of it: {name}", *_FLAT_ZIP
    ),
    "symlink": _entry("压缩包内有链接：{name}", "the archive holds a link: {name}", *_FLAT_ZIP),
    "encrypted": _entry(
        "文件设有密码", "the file is protected by a password", "去掉密码后再导入", "take the password off and try again"
    ),
    "several_formats": _entry(
        "压缩包内有几种数据：{names}", "the archive holds several kinds of data: {names}", *_FLAT_ZIP
    ),
    "xml_entities": _entry(
        "文件含 DOCTYPE 或实体声明，可能被用来攻击，不予读取",
        "the file declares a DOCTYPE or entities, which can do harm; it is not read",
        *_EXPORT,
    ),
    "broken_xml": _entry("XML 有误：{detail}", "not sound XML: {detail}", *_EXPORT),
    "broken_json": _entry("JSON 有误：{detail}", "not sound JSON: {detail}", *_EXPORT),
    "not_geojson": _entry(
        "JSON 中没有 GeoJSON 要素", "the JSON holds no GeoJSON features", "导出为 GeoJSON", "export it as GeoJSON"
    ),
    "too_deep": _entry("嵌套超过 {limit} 层", "nested more than {limit} deep", *_EXPORT),
    "too_many_vertices": _entry(
        "第 {row} 条记录的图形有过多的点，上限 {limit} 个",
        "the geometry of record {row} has too many vertices, the limit is {limit}",
        "先简化该图形或检查是否有误",
        "simplify that geometry first, or see whether it is right",
    ),
    "too_many_columns": _entry(
        "表有 {found} 列，上限 {limit} 列",
        "the table has {found} columns, the limit is {limit}",
        "只保留要导入的列",
        "keep the columns to import alone",
    ),
    "too_many_rows": _entry("表的行数超过上限 {limit}", "the table has more than {limit} rows", *_SHRINK),
    "too_long_text": _entry(
        "第 {row} 行有超过 {limit} 字的内容",
        "line {row} holds a text of more than {limit} characters",
        "检查该行的引号与换行",
        "check quotes and line breaks there",
    ),
    "nul_bytes": _entry(
        "文本中有空字符（NUL）", "the text holds NUL characters", "另存为 UTF-8 的 CSV", "save it as CSV in UTF-8"
    ),
    "encoding": _entry(
        "按 {encoding} 读不出文字",
        "the texts cannot be read as {encoding}",
        "换一种编码（encoding）再试",
        "try another encoding",
    ),
    "unknown_encoding": _entry(
        "没有这种编码：{encoding}",
        "there is no such encoding: {encoding}",
        "用 UTF-8 或 GB18030",
        "use UTF-8 or GB18030",
    ),
    "unknown_table": _entry(
        "文件中没有表 {table}", "the file has no table {table}", "文件中的表：{names}", "tables of the file: {names}"
    ),
}


def refusal(code: str, **details: object) -> UnusableFile:
    """Return the error of that code with its details filled in; `KeyError` for a code that there is not."""
    message, remedy = REFUSALS[code]
    return UnusableFile(code, _filled(message, details), _filled(remedy, details))


def _filled(title: Title, details: dict[str, object]) -> Title:
    return Title(title.zh.format(**details), title.en.format(**details))


def megabytes(count: float) -> int:
    """Return bytes as whole megabytes, rounded up, for messages."""
    return -int(-count // 2**20)
