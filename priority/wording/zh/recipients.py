"""Why somebody is told of a warning, in Chinese."""

SENTENCES: dict[str, str] = {
    "recipient.why_plan": "{clause}：{text}",
    "recipient.why_listed": "列在{clause} 应急通讯录",
    "recipient.why_headquarters": "指挥部及其办公室",
    "recipient.why_township_offices": "所辖地区在预警区域内",
    "recipient.why_member_units": "指挥部成员单位",
    "recipient.why_neighbours": "停供波及该县（市、区）",
    "recipient.why_facilities": "在预警区域内",
    "recipient.why_schools": "在预警区域内的学校，另行告知",
    "recipient.why_vulnerable": "在预警区域内的老弱病残孕幼人员，另行告知",
    "recipient.township_unit": "政府（办事处）值班室",
    "recipient.homes": "{township}的老弱病残孕幼住户",
    "recipient.no_township": "镇（街道）不详处",
    "recipient.audience_headquarters": "指挥部及上级机关",
    "recipient.audience_township_offices": "镇（街道）",
    "recipient.audience_member_units": "成员单位",
    "recipient.audience_neighbours": "相邻县（市、区）",
    "recipient.audience_facilities": "区域内的单位",
    "recipient.audience_schools": "区域内的学校",
    "recipient.audience_vulnerable": "老弱病残孕幼住户",
    "recipient.no_mobile": "{count} 个对象只有座机，收不到短信：座机改用电话通知",
}
