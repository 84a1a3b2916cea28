"""Words for the life of an edition, in the reader's language."""

from flask_babel import gettext, lazy_gettext

_ = lazy_gettext  # resolved when shown, in the reader's language

EDITION_STAGES = {  # what happens on the way
    "collecting": _("采集"), "locked": _("锁数"), "trial": _("试算"), "preview": _("公示"), "appeal": _("申诉"),
    "review": _("复核"), "published": _("发布"), "archived": _("归档"),
}  # fmt: skip
EDITION_STATES = EDITION_STAGES | {"locked": _("已锁数"), "published": _("已发布"), "archived": _("已归档")}
EDITION_ACTIONS = {
    "open": _("开启"), "lock": _("锁数"), "try": _("试算"), "preview": _("公示"), "hear": _("受理申诉"),
    "review": _("复核"), "publish": _("发布"), "archive": _("归档"), "reissue": _("重新发布"), "supersede": _("被新版取代"),
}  # fmt: skip


def issue_words(issue: int) -> str:
    """Which issue of its month an edition is; "" for the first, which needs no telling."""
    return gettext("第 %(issue)s 版", issue=issue) if issue > 1 else ""
