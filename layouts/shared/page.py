"""The HTML page around a Dash app: language, title, style sheets in order, a dark or light ground from the start."""

from html import escape

from flask_babel import gettext as _

from layouts.figures.theme import GROUND

SHARED_SHEETS = ("00-tokens.css",)
SHARED_SCRIPTS = {"wall": ("quick.js", "live.js"), "desk": ("quick.js", "live.js")}  # before the surface's own
THEMES = {"wall": "dark", "desk": "light", "field": "light"}

_PAGE = """<!DOCTYPE html>
<html lang="{lang}" class="{theme}" data-surface="{surface}">
<head>
{{%metas%}}
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="theme-color" content="{ground}">
<meta name="color-scheme" content="{theme}">
<title>{title}</title>
{fonts}
{sheets}
{{%css%}}
{{%favicon%}}
</head>
<body>
<noscript>{noscript}</noscript>
{{%app_entry%}}
{{%config%}}
{scripts}
{{%scripts%}}
{{%renderer%}}
</body>
</html>
"""


def index_string(surface: str, lang: str) -> str:
    """Dash's index template for a surface ("wall", "desk", "field"); call it inside a request, for the language."""
    theme = THEMES[surface]
    sheets = "\n".join(f'<link rel="stylesheet" href="/assets/shared/{name}">' for name in SHARED_SHEETS)
    scripts = "\n".join(f'<script src="/assets/shared/{name}"></script>' for name in SHARED_SCRIPTS.get(surface, ()))
    fonts = "\n".join(_font(weight) for weight in (400, 600))
    return _PAGE.format(
        lang=escape(lang),
        theme=theme,
        surface=escape(surface),
        ground=GROUND[theme],
        title=escape(_("一屏两端 · 除险保安")),
        fonts=fonts,
        sheets=sheets,
        scripts=scripts,
        noscript=escape(_("这个页面需要 JavaScript。")),
    )


def _font(weight: int) -> str:
    href = f"/assets/shared/fonts/barlow-semi-condensed-latin-{weight}-normal.woff2"
    return f'<link rel="preload" as="font" type="font/woff2" crossorigin href="{href}">'
