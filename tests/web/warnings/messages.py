"""A sound CAP message by hand, and a warning of the heating plan as the product writes it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from priority.plans import load_plan
from priority.townships import Townships
from priority.warnings import Exposure, WarningArea, sending_shape
from priority.warnings.content import Facts, content_of
from priority.wording import Phrases
from tests.priority.warnings.areas import frames
from webmap.warnings.cap.from_plan import Outgoing

SOUND = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>140525-0001</identifier>
  <sender>heating@zezhou.example</sender>
  <sent>2026-01-12T08:00:00+08:00</sent>
  <status>Actual</status>
  <msgType>Update</msgType>
  <scope>Public</scope>
  <references>heating@zezhou.example,140525-0000,2026-01-12T07:00:00+08:00</references>
  <info>
    <language>zh-CN</language>
    <category>Infra</category>
    <event>供热中断</event>
    <responseType>Prepare</responseType>
    <urgency>Expected</urgency>
    <severity>Severe</severity>
    <certainty>Likely</certainty>
    <onset>2026-01-12T09:00:00+08:00</onset>
    <expires>2026-01-12T20:00:00+08:00</expires>
    <headline>较大风险预警</headline>
    <web>https://zezhou.example/warnings</web>
    <parameter><valueName>预警级别</valueName><value>较大风险预警</value></parameter>
    <resource>
      <resourceDesc>图</resourceDesc>
      <mimeType>text/plain</mimeType>
      <size>4</size>
      <derefUri>5Zu+Cg==</derefUri>
      <digest>18aa95328724ea4d71be8f2a2d548fd1ad94c82e</digest>
    </resource>
    <area>
      <areaDesc>南村镇</areaDesc>
      <polygon>35.40,112.80 35.40,112.90 35.50,112.90 35.50,112.80 35.40,112.80</polygon>
      <circle>35.45,112.85 2.5</circle>
      <geocode><valueName>CN-TOWNSHIP</valueName><value>140525100</value></geocode>
    </area>
  </info>
  <info>
    <language>en-US</language>
    <category>Infra</category>
    <event>Loss of heating</event>
    <urgency>Expected</urgency>
    <severity>Severe</severity>
    <certainty>Likely</certainty>
    <expires>2026-01-12T20:00:00+08:00</expires>
    <area>
      <areaDesc>Nancun</areaDesc>
      <geocode><valueName>CN-TOWNSHIP</valueName><value>140525100</value></geocode>
    </area>
  </info>
</alert>
"""

SENT = datetime.fromisoformat("2026-01-12T08:00:00+08:00")


@cache
def county_warning(drill: str | None = None, identifier: str = "140525-1-20260112080000-0001") -> Outgoing:
    """A warning of the second level for the whole of 泽州, which surrounds 城区."""
    plan = load_plan("heating-zezhou")
    townships = Townships.build(frames()["townships"])
    codes = [code for code in townships.codes if code.startswith("140525")]
    area = WarningArea.of_townships(townships, codes)
    names = tuple(townships.names[townships.codes.index(code)] for code in codes)
    inside = Exposure.build(frames()).inside(area.shape)
    facts = Facts(starts_at=SENT, townships=names, networks=("heat",), inside=inside, synthetic=True)
    return Outgoing(
        plan=plan,
        level="large",
        identifier=identifier,
        sender="heating@zezhou.example",
        sent=SENT,
        starts_at=SENT,
        expires=SENT + timedelta(hours=12),
        shape=sending_shape(area),
        townships=tuple((code, {"zh": name, "en": name}) for code, name in zip(codes, names, strict=True)),
        texts={
            language: {item.name: item.text or "" for item in content_of(plan, "large", facts, Phrases(language))}
            for language in ("zh", "en")
        },
        drill=drill,
        whole=tuple(codes),
    )
