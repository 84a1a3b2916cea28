"""The front doors of surfaces that are not open yet: a plain page that says so."""

from html import escape

from flask_babel import gettext as _

_PAGE = """<!doctype html><html lang="{lang}" class="light"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/assets/shared/00-tokens.css">
<link rel="stylesheet" href="/assets/shared/door.css"></head>
<body class="door"><main class="door__card"><h1 class="door__title">{title}</h1><p>{words}</p>
<p class="door__mark">{mark}</p><a class="door__link" href="/wall/">{link}</a></main></body></html>"""


def door(surface: str, lang: str) -> str:
    """The page of "desk" or "field"; `lang`: zh or en."""
    titles = {"desk": _("治理端"), "field": _("移动端")}
    parts = {
        "lang": "en" if lang == "en" else "zh-CN", "title": f"{_('一屏两端 · 除险保安')} · {titles[surface]}",
        "words": _("这一端尚未开放，请先使用大屏。"), "mark": _("演示数据 · 全部虚构"), "link": _("打开大屏"),
    }  # fmt: skip
    return _PAGE.format(**{name: escape(str(text)) for name, text in parts.items()})
