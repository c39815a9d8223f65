"""Codes of geometry: empty, broken, out of the county, repeated, too fine."""

from __future__ import annotations

from layers.importing.codes.model import code

CODES = (
    code(
        "no_geometry",
        "error",
        ("没有位置", "No place"),
        ("{count} 行没有图形或坐标。", "{count} rows have no geometry."),
        ("在原文件中补上坐标，或选对坐标列。", "Add coordinates to the file, or choose the right columns."),
    ),
    code(
        "wrong_geometry",
        "error",
        ("图形种类不符", "The wrong kind of geometry"),
        (
            "{count} 行的图形是{values}，本图层要{wanted_zh}。",
            "{count} rows are {values}; this layer holds {wanted_en}.",
        ),
        ("选另一个图层，或在原软件中转换图形种类。", "Choose another layer, or convert the geometry first."),
    ),
    code(
        "outside_earth",
        "error",
        ("坐标不是经纬度", "Coordinates are no longitude and latitude"),
        ("{count} 行的坐标超出经纬度范围。", "The coordinates of {count} rows are out of range."),
        ("检查坐标系，以及经度、纬度两列是否颠倒。", "Check the reference system, and whether the axes are swapped."),
    ),
    code(
        "axes_swapped",
        "error",
        ("经纬度可能颠倒", "Longitude and latitude may be swapped"),
        (
            "{count} 行的经度、纬度对调后才落在本地区。",
            "{count} rows lie in this district only with longitude and latitude exchanged.",
        ),
        ("对调 X、Y 两列。", "Exchange the x and y columns."),
    ),
    code(
        "crosses_itself",
        "error",
        ("图形自相交或破损", "The outline crosses itself or is broken"),
        (
            "{count} 个面自相交或破损，修复会使面积变化超过 {limit_share:.0%}，因此没有修复。",
            "{count} areas cross themselves or are broken; a repair would change them by more than {limit_share:.0%}.",
        ),
        ("在原软件中改正后重新导入。", "Correct them where they were drawn, and import again."),
    ),
    code(
        "repaired",
        "warning",
        ("图形已修复", "A geometry was repaired"),
        (
            "{count} 个面自相交或破损，已修复：面积变化最多 {largest_share:.1%}。",
            "{count} areas crossed themselves or were broken; the repair changed them by {largest_share:.1%} at most.",
        ),
        ("在预览中看修复后的图形是否合意。", "See in the preview whether the repaired outline is meant."),
        largest_share=max,
    ),
    code(
        "line_crosses_itself",
        "note",
        ("线自相交", "A line crosses itself"),
        ("{count} 条线与自己相交。", "{count} lines cross themselves."),
        ("一般无碍；若是画错，请在原文件中改正。", "This may be meant; correct it if it was drawn by mistake."),
    ),
    code(
        "zero_length",
        "error",
        ("线没有长度", "A line without length"),
        ("{count} 条线短于 {limit_m:g} 米。", "{count} lines are shorter than {limit_m:g} m."),
        ("删去，或检查坐标是否被截断小数。", "Take them out, or check whether decimals were cut."),
    ),
    code(
        "spike",
        "warning",
        ("图形有尖刺", "A spike in the geometry"),
        (
            "{count} 个图形有去而复返的尖刺，最长 {largest_m:.0f} 米。",
            "{count} geometries go out and straight back, {largest_m:.0f} m at most.",
        ),
        ("多半是误点的一个点；在预览中查看。", "Most are one stray point; look at them in the preview."),
        largest_m=max,
    ),
    code(
        "long_leap",
        "warning",
        ("相邻点相距过远", "A leap between two vertices"),
        (
            "{count} 个图形的相邻两点相距超过 {limit_m:g} 米，最远 {largest_m:.0f} 米。",
            "{count} geometries leap more than {limit_m:g} m between two vertices, {largest_m:.0f} m at most.",
        ),
        ("检查是否有坐标写错的点。", "Check for a vertex with wrong coordinates."),
        largest_m=max,
    ),
    code(
        "too_many_vertices",
        "error",
        ("顶点过多", "Too many vertices"),
        (
            "{count} 个图形的顶点超过 {limit} 个，最多 {most}。",
            "{count} geometries have more than {limit} vertices, {most} at most.",
        ),
        ("在原软件中抽稀（容差 1 米通常看不出差别）。", "Simplify them first (by 1 m the difference is hardly seen)."),
        most=max,
    ),
    code(
        "out_of_county",
        "warning",
        ("在县（区）界之外", "Outside the county's outline"),
        (
            "{count} 个图形在县（区）界之外，最远 {largest_m:.0f} 米。",
            "{count} geometries lie outside the county's outline, {largest_m:.0f} m at most.",
        ),
        (
            "界外的记录照样入库；若是坐标偏移，请检查坐标系。",
            "They are kept; check the reference system if all are shifted.",
        ),
        largest_m=max,
    ),
    code(
        "far_away",
        "warning",
        ("离本地区很远", "Far from the district"),
        (
            "{count} 个图形离已有数据超过 {limit_km:g} 千米，最远 {largest_km:.0f} 千米。",
            "{count} geometries lie more than {limit_km:g} km from all that is loaded, {largest_km:.0f} km at most.",
        ),
        ("检查坐标系、带号和经纬度的次序。", "Check the reference system, its zone, and the order of the axes."),
        largest_km=max,
    ),
    code(
        "same_geometry",
        "warning",
        ("图形重复", "The same geometry twice"),
        (
            "{count} 个图形与本文件前面的完全相同。",
            "{count} geometries are the same as an earlier one of this file.",
        ),
        ("若是重复登记，请在原文件中删去。", "If they were entered twice, take them out of the file."),
    ),
    code(
        "already_there",
        "warning",
        ("已有相同图形", "The geometry is there already"),
        (
            "{count} 个图形与已有的另一编号的记录完全相同：{values}。",
            "{count} geometries are those of existing records with other identifiers: {values}.",
        ),
        ("若是同一事物，请用已有的编号。", "If they are the same things, use the identifiers that exist."),
    ),
    code(
        "overlapping_areas",
        "warning",
        ("面相互重叠", "Areas overlap"),
        (
            "{count} 个面与别的面重叠，最多重叠 {largest_share:.1%}。",
            "{count} areas overlap others, by {largest_share:.1%} at most.",
        ),
        ("乡镇界不应重叠；在预览中查看。", "Townships should not overlap; look at them in the preview."),
        largest_share=max,
    ),
)
