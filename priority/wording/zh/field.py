"""Sentences about reports from the place, in Chinese."""

SENTENCES: dict[str, str] = {
    "field.told": "{who}从现场报告：{what}",
    "field.with": "{said}；{text}",
    "field.at": "{said}（{place}）",
    "field.position": "{lon}, {lat}",
    "field.position_about": "{lon}, {lat}，误差约 {accuracy} 米",
    "field.incident_name": "{where}{what}",
    "field.place_unknown": "地点不明处",
    "problem.field_place_missing": "没有说地点，也没有文字说明",
    "remedy.field_place_missing": "定位、选设备、选乡镇（街道），或写几句话",
    "problem.photo_text": "照片不是 base64 文本",
    "remedy.photo_text": "把照片文件编成 base64 再发",
    "problem.field_answer": "没有说记入哪个事件",
    "remedy.field_answer": "填 incident，或用 open 新立事件",
    "problem.field_facts_or_entries": "facts 与 entries 只能填一个",
    "remedy.field_facts_or_entries": "要写入新的记录填 facts，已有记录的填 entries",
}
