"""Codes of files as wholes: encodings, missing parts, names cut, formulas without values."""

from __future__ import annotations

from layers.importing.codes.model import code

CODES = (
    code(
        "encoding_said_wrong",
        "warning",
        ("编码标错", "The encoding is labelled wrongly"),
        (
            "{table}：{where} 标明编码为 {said}，内容却是 {used}；已按 {used} 读取。",
            "{table}: {where} says the encoding is {said}, but the texts are {used}; they were read as {used}.",
        ),
        (
            "查看预览中的中文是否正确，不对就换一种编码。",
            "If the Chinese looks wrong, choose another encoding.",
        ),
    ),
    code(
        "encoding_unclear",
        "warning",
        ("编码不清", "The encoding is not clear"),
        (
            "{table}：文字按任何已知编码都不能全部读出，读不出的字显示为“\ufffd”。",
            "{table}: no known encoding reads all texts; what cannot be read shows as “\ufffd”.",
        ),
        ("在原软件中以 UTF-8 重新导出。", "Export it again as UTF-8."),
    ),
    code(
        "text_ruined",
        "warning",
        ("文字在导出前已损坏", "Texts were ruined before the export"),
        (
            "{table}：有“锟斤拷”或“\ufffd”这样的字，原来的文字已无法恢复。",
            "{table}: there are signs such as “锟斤拷” or “\ufffd”; the texts they stood for are lost.",
        ),
        ("从编码正确的原始数据重新导出。", "Export again from the original data."),
    ),
    code(
        "names_cut",
        "note",
        ("字段名可能被截短", "Names of columns may be cut"),
        (
            "{table}：Shapefile 的字段名最长 10 个字节，这些可能不全：{names}。",
            "{table}: names in a Shapefile have 10 bytes at most; these may be cut: {names}.",
        ),
        (
            "核对每一列的对应关系；最好改用 GeoPackage。",
            "Check what each column is; GeoPackage keeps whole names.",
        ),
    ),
    code(
        "memo_not_read",
        "warning",
        ("备注列没有读取", "Memo columns are not read"),
        ("{table}：备注（memo）列没有读取：{names}。", "{table}: memo columns were not read: {names}."),
        ("在原软件中改为普通文本列再导出。", "Make them plain text columns and export again."),
    ),
    code(
        "shapefile_without_shp",
        "note",
        ("没有 .shp 文件", "There is no .shp file"),
        ("{table}：只有属性表，没有图形。", "{table}: there are attributes alone, and no geometry."),
        ("若应有图形，把同名的 .shp 一起压缩。", "If there should be geometry, pack the .shp too."),
    ),
    code(
        "shapefile_without_dbf",
        "warning",
        ("没有 .dbf 文件", "There is no .dbf file"),
        ("{table}：只有图形，没有名称等属性。", "{table}: there is geometry alone, without names or other attributes."),
        ("把同名的 .dbf 一起压缩。", "Pack the .dbf of the same name too."),
    ),
    code(
        "shapefile_without_prj",
        "note",
        ("没有 .prj 文件", "There is no .prj file"),
        ("{table}：文件没有说明坐标系。", "{table}: the file does not say which reference system it is in."),
        ("在“识别”一步核对坐标系。", "Check the reference system that was guessed."),
    ),
    code(
        "dbf_claims_more",
        "warning",
        (".dbf 的记录数不符", "The .dbf miscounts its records"),
        (
            "{table}：文件头写有 {claimed} 条记录，实际只有 {found} 条。",
            "{table}: the head says {claimed} records, there are {found}.",
        ),
        ("文件可能不完整，请核对条数或重新导出。", "The file may be cut off: compare the number, or export again."),
    ),
    code(
        "crs_of_its_own",
        "note",
        ("GeoJSON 另写了坐标系", "The GeoJSON names a reference system"),
        (
            "{table}：文件写明坐标系 {crs}，按它读取（标准的 GeoJSON 为 WGS 84 经纬度）。",
            "{table}: the file names {crs} and is read so (GeoJSON by the standard is WGS 84 longitude, latitude).",
        ),
        ("在地图预览中核对位置。", "See in the preview whether the place is right."),
    ),
    code(
        "merged_filled",
        "note",
        ("合并单元格已展开", "Merged cells were filled"),
        (
            "{table}：{count} 处跨行合并的单元格，其值已填入每一行。",
            "{table}: the value of {count} cells merged over several lines was put into each of them.",
        ),
        ("若合并的是合计数，请拆分后再导入。", "If it is a sum of these lines, split it before the import."),
    ),
    code(
        "formula_without_value",
        "warning",
        ("公式没有计算结果", "Formulas without a value"),
        (
            "{table}：{count} 个公式单元格没有保存的结果，按空值处理。",
            "{table}: {count} cells hold a formula without a stored value; they are taken as empty.",
        ),
        ("用 Excel 或 WPS 打开并保存，再导入。", "Open and save it in Excel or WPS, then import it."),
    ),
    code(
        "error_value",
        "warning",
        ("单元格是错误值", "Cells hold an error value"),
        (
            "{table}：{count} 个单元格是错误值：{values}，按空值处理。",
            "{table}: {count} cells hold an error: {values}; they are taken as empty.",
        ),
        ("在表格中改正后再导入。", "Correct them in the sheet, then import it."),
    ),
    code(
        "header_guessed",
        "note",
        ("表头不在第一行", "The heading is not in the first line"),
        (
            "{table}：以第 {lines} 行为表头，其上的行不导入。",
            "{table}: line {lines} is read as the heading; what stands above is not imported.",
        ),
        ("若不对，删去表头以上的行再导入。", "If that is wrong, delete the lines above the heading."),
    ),
    code(
        "uneven_rows",
        "warning",
        ("列数不齐", "Lines of unequal length"),
        (
            "{table}：{count} 行的列数多于表头，多出的内容没有读取。",
            "{table}: {count} lines have more cells than the heading; what is beyond it was not read.",
        ),
        ("检查这些行的引号与分隔符。", "Check quotes and separators in these lines."),
    ),
    code(
        "table_left_out",
        "note",
        ("有表没有读取", "A table was left out"),
        ("没有读取 {table}：它是视图或特殊的表。", "{table} was not read: it is a view or a special table."),
        ("需要的话，在原软件中导出为普通的表。", "If it is needed, export it as a plain table."),
    ),
)
