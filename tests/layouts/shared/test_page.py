"""The page around a Dash app."""

import re
from pathlib import Path

import pytest

from layouts.figures.theme import GROUND
from layouts.shared.page import THEMES, index_string

ASSETS = Path(__file__).parents[3] / "assets"
DASH_PARTS = ("metas", "css", "app_entry", "config", "scripts", "renderer")


@pytest.mark.parametrize("surface", THEMES)
def test_the_page_has_what_dash_needs_and_asks_no_other_host(surface: str):
    page = index_string(surface, "zh-CN")
    assert all(f"{{%{part}%}}" in page for part in DASH_PARTS)
    assert '<html lang="zh-CN"' in page
    assert "//" not in page.replace("<!DOCTYPE html>", "")


def test_the_first_ground_painted_is_the_one_of_the_tokens():
    tokens = (ASSETS / "shared" / "00-tokens.css").read_text(encoding="utf-8")
    grounds = dict(re.findall(r"\.(dark|light)\{.*?--ground:(#\w+)", tokens, re.DOTALL))
    assert grounds == GROUND


def test_every_font_the_tokens_name_is_shipped_with_its_licence():
    folder = ASSETS / "shared"
    tokens = (folder / "00-tokens.css").read_text(encoding="utf-8")
    fonts = re.findall(r"url\((fonts/[^)]+)\)", tokens)
    assert fonts
    assert all((folder / font).is_file() for font in fonts)
    assert "SIL Open Font License" in (folder / "fonts" / "barlow-semi-condensed-LICENSE.txt").read_text(
        encoding="utf-8"
    )


def test_colours_stand_in_the_tokens_and_nowhere_else():
    sheets = [path for path in ASSETS.rglob("*.css") if path.name != "00-tokens.css"]
    assert sheets
    for sheet in sheets:
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"#[0-9A-Fa-f]{3,8}\b|rgba?\(", text), f"{sheet.name} has a colour of its own"
        assert "!important" not in text, f"{sheet.name} shouts"


def test_the_dark_and_the_light_theme_name_the_same_tokens():
    tokens = (ASSETS / "shared" / "00-tokens.css").read_text(encoding="utf-8")
    themes = {
        name: set(re.findall(r"(--[\w-]+):", body))
        for name, body in re.findall(r"\.(dark|light)\{(.*?)\}", tokens, re.DOTALL)
    }
    letters = {"--ta", "--tb", "--tc", "--td", "--te"}  # letters on white need their own inks
    assert themes["dark"] == themes["light"] - letters
