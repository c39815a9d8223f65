"""What a warning goes out as beside the CAP message: text message, broadcast script, lists, notice. Pure functions."""

from webmap.warnings.products.broadcast import Script, broadcast_script
from webmap.warnings.products.lists import door_list, phone_list
from webmap.warnings.products.notice import NOTICE_POLICY, notice_html
from webmap.warnings.products.sms import Sms, sms_text

__all__ = [
    "NOTICE_POLICY",
    "Script",
    "Sms",
    "broadcast_script",
    "door_list",
    "notice_html",
    "phone_list",
    "sms_text",
]
