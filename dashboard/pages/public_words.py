"""What is said to residents when something cannot be done: what is wrong, and what to do."""

from flask_babel import lazy_gettext as _

FAULTS = {
    "place": _("请选择是在哪个县（市、区）。"),
    "kind": _("请先选一选是什么事。"),
    "text": _("请用 4 到 1000 个字说说出了什么事。"),
    "address": _("具体位置写得太长了，请不超过 200 个字。"),
    "name": _("称呼写得太长了，请不超过 40 个字。"),
    "phone": _("电话号码看起来不对，请只填数字；不想留可以空着。"),
    "position": _("位置读不出来，请重新点一次“用我的位置”，或者不附位置。"),
    "picture": _("这个文件不是能看的照片（可以用 JPG、PNG、WebP）。请换一张，或者不附照片。"),
    "large": _("照片太大了，最多 12 MB。请返回上一页换一张小一点的，您写的内容还在。"),
    "size": _("照片太大了，最多 12 MB。请换一张小一点的。"),
    "often": _("短时间内提交太多次了，请过一个小时再来。紧急的事请打 110、119 或 120。"),
    "ticket": _("这一页不是从这里打开的。内容还在下面，请看一遍再提交。"),
    "stale": _("这一页打开太久了。内容还在下面，请看一遍再提交。"),
    "id": _("这一页已经提交过一次了，后来改的内容没有再提交。要补充，请回到首页重新反映。"),
    "trap": _("有一栏本该空着却填了内容，没有提交。请关掉自动填写后再试。"),
    "follow": _("编号和密码对不上。请照着提交后给您的那一页，再看一看。"),
    "rating": _("请先选一选满意不满意。"),
    "transition": _("这件事刚刚有了新变化，现在不能这样做。下面是最新的情况。"),
}  # fmt: skip


def fault_words(code: str) -> str:
    """For the code of a UserError."""
    return str(FAULTS.get(code) or _("没有成功，什么也没有留下。请过一会儿再试，急事请打 12345。"))
