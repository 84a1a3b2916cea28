"""The field end as the server gives it: a shell without data in both languages, assets under a name made of their content, a
worker that keeps all of them; and words that scripts ask for and the table has."""

import json
import re
from pathlib import Path

import pytest
from flask import Flask

from dashboard.domain.workflow import EXTENSIONS, INPUTS, SUPERVISION, TRANSITIONS
from dashboard.factory import create_app
from dashboard.settings import Settings
from layouts.field.table import WORKERS, table
from layouts.field.words import WORDS

ROOT = Path(__file__).parents[3]
SCRIPTS = sorted((ROOT / "assets" / "field").glob("*/*.js"))
ALL = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
KEY = re.compile(r'"([a-z_]+\.[a-z_0-9]+)"')
MADE = re.compile(r"`([a-z_]+)\.([a-z_]*)\$\{")  # `card.${…}`: keys of a family
PLAIN = {"list", "yes", "no", "back", "close", "rating"}
HAN = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def app(tmp_path_factory) -> Flask:
    folder = tmp_path_factory.mktemp("field")
    return create_app(Settings.from_env({"DATA_DIR": str(folder), "LIVE": "0"}))


@pytest.fixture
def client(app):
    return app.test_client()


def facts_of(html: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="facts">(.*?)</script>', html, re.DOTALL)[1])


def test_the_shell_needs_no_sign_in_and_allows_no_script_but_its_own(client):
    answer = client.get("/field/")
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    inline = re.findall(r"<script(?![^>]*(?:src=|application/json))", answer.text)
    assert inline == []
    assert not re.search(r"\son\w+=|\sstyle=|<style", answer.text)


@pytest.mark.parametrize("asked, lang", [("zh", "zh-CN"), ("en", "en")])
def test_the_phone_can_keep_a_shell_of_each_language(client, asked: str, lang: str):
    html = client.get(f"/field/?lang={asked}").text
    assert f'<html lang="{lang}"' in html
    assert facts_of(html)["lang"] == asked
    assert facts_of(html)["words"].keys() == WORDS.keys()


def test_asking_again_costs_an_answer_without_a_body(client):
    for path in ("/field/", "/field/sw.js", "/field/manifest.webmanifest"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (first.status_code, again.status_code, again.data) == (200, 304, b""), path


def test_the_worker_keeps_every_file_the_shell_names(client):
    worker = client.get("/field/sw.js").text
    kept = json.loads(re.search(r"self\.shell = (\{.*?\});\n", worker)[1])
    named = set(re.findall(r'(?:href|src)="(/field/a/[^"]+\.(?:js|css))"', client.get("/field/").text))
    assert named <= set(kept["files"])
    for path in (*kept["files"], *kept["shells"].values()):
        answer = client.get(path)
        assert answer.status_code == 200, path
        if path in kept["files"]:
            assert "immutable" in answer.headers["Cache-Control"], path
    assert worker.startswith("import { drain }")
    assert "import" not in client.get("/field/sw.js?plain").text.split("self.shell")[0]


@pytest.mark.parametrize("name", ["../../app.py", "sw.js", "js/nothing.js", "css/../../shared/00-tokens.css"])
def test_nothing_else_is_served(client, name: str):
    assert client.get(f"/field/a/any/{name}").status_code == 404


def test_an_asset_of_another_version_is_not_kept_for_ever(client):
    assert client.get("/field/a/older/js/app.js").headers["Cache-Control"] == "no-cache"


def test_the_manifest_is_json_in_words_and_colours_of_the_tokens(client):
    manifest = client.get("/field/manifest.webmanifest").json
    tokens = (ROOT / "assets" / "shared" / "00-tokens.css").read_text(encoding="utf-8")
    assert manifest["theme_color"] in tokens
    assert manifest["background_color"] in tokens
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).status_code == 200


def test_every_word_the_scripts_ask_for_is_in_the_table():
    families = {key.split(".")[0] for key in WORDS}
    asked = {key for key in KEY.findall(ALL) if key.split(".")[0] in families}
    capabilities = {"patrol.record", "wall.drive"}  # not words: what a person may do
    assert asked - capabilities <= WORDS.keys()
    assert {f"{family}." for family, _ in MADE.findall(ALL) if family in families} <= {
        f"{key.split('.')[0]}." for key in WORDS
    }


def test_every_word_of_the_table_is_asked_for():
    shell = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "layouts" / "templates").glob("field*"))
    made = tuple(f"{family}.{start}" for family, start in MADE.findall(ALL))
    asked = {*KEY.findall(ALL), *KEY.findall(shell), *PLAIN}
    assert not [key for key in WORDS if key not in asked and not key.startswith(made)]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_shows_no_words_of_its_own(path: Path):
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert set(HAN.findall(code)) <= set("中文")  # the switch names a language in itself


def test_the_phone_knows_the_steps_of_those_who_work_offline():
    told = table()
    assert told["steps"].keys() == {t.action for t in TRANSITIONS.values() if set(t.roles) <= set(WORKERS)}
    assert {"take", "object", "handle", "stage", "progress", "ask_extension"} <= told["steps"].keys()
    assert tuple(told["inputs"]["limit"]) == EXTENSIONS
    assert set(told["inputs"]["level"]) == set(SUPERVISION) - {"none"}
    assert {f"input.{key}" for key in INPUTS} <= WORDS.keys()
