"""Why a case counts against the place it lies in: plain words for the counters that schemes are made of."""

from flask_babel import lazy_gettext as _

UNMET = {  # it should have been counted here, and was not
    "accept_on_time": _("受理超过时限"), "handle_on_time": _("处置超过时限"), "verify_on_time": _("核查超过时限"),
    "due_on_time": _("没有按期办结"), "due_closed": _("到期还没有办结"), "satisfied": _("群众评价在四分以下"),
}  # fmt: skip
MET = {  # it was counted here, and had better not been
    "dispatched_returned": _("派错单位，被退回重派"), "handled_reworked": _("核查没有通过，退回返工"),
    "requested_repeat": _("同一诉求再次提出"), "reopened": _("办结后重开"), "due_open": _("到期还没有办结"),
}  # fmt: skip
