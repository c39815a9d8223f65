"""What every file says while the data is made up."""

from __future__ import annotations

from layers.schema import Title

SAMPLE_MARK = Title("示例数据", "SAMPLE DATA")
