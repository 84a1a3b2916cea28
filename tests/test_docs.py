"""The documents name what there is: folders, commands, variables, targets, words, and the tests that catch a missed step."""

import ast
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask

from dashboard import cli
from dashboard.domain.measures import MEASURES
from dashboard.domain.regions import LEVELS
from dashboard.domain.workflow import CLOCKS, STATES, TRANSITIONS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SKIPPED = {"instance", "node_modules", "__pycache__"}
KEYS = sorted({*LEVELS, *STATES, *TRANSITIONS, *CLOCKS, *MEASURES})
PARTS = ("A panel", "An indicator", "A case kind", "A workflow state", "A region pack", "An import mapping", "A string",
         "A column")  # fmt: skip
HAN = re.compile(r"[\u3400-\u9fff]")


def read(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def readme() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("README*.md")))


def pages() -> list[Path]:
    return [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]


def folders() -> list[str]:
    """Folders of the first two levels that hold files, as "layouts" or "layouts/wall"; tests/ mirrors the rest."""
    two = [path for path in (*ROOT.iterdir(), *ROOT.glob("*/*")) if path.is_dir()]
    names = [path.relative_to(ROOT).as_posix() for path in two if any(one.is_file() for one in path.rglob("*.*"))]
    return [name for name in sorted(names) if not any(part in SKIPPED or part.startswith(".") for part in name.split("/"))
            and not name.startswith("tests/")]  # fmt: skip


def commands() -> list[str]:
    server = Flask("docs")
    cli.register(server)
    return sorted(server.cli.commands)


def variables() -> list[str]:
    nodes = ast.walk(ast.parse(read("dashboard", "settings.py")))
    words = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return sorted(text for text in words if re.fullmatch("[A-Z][A-Z_]{2,}", text))


def targets() -> list[str]:
    return re.findall(r"^([a-z]+):.*##", read("Makefile"), re.MULTILINE)


def rows(page: str) -> list[list[str]]:
    """Cells of the rows of all tables of a page, without heads."""
    lines = [line.strip().strip("|").split("|") for line in page.splitlines() if line.strip().startswith("|")]
    rules = [n for n, cells in enumerate(lines) if all(re.fullmatch(r"\s*:?-+:?\s*", cell) for cell in cells)]
    heads = {*rules, *(n - 1 for n in rules)}
    return [[cell.strip() for cell in cells] for n, cells in enumerate(lines) if n not in heads]


def links(page: Path) -> list[str]:
    """Targets of links and pictures that are files of ours, without the part after "#"."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = re.findall(r"\]\(\s*<?([^)\s>]+)", text) + re.findall(r'<(?:img|a)[^>]*(?:src|href)="([^"]+)"', text)
    return [unquote(target.split("#")[0]) for target in found if not re.match(r"[a-z]+:|#", target)]


def sections(page: str) -> dict[str, str]:
    parts = re.split(r"^## (.+)$", page, flags=re.MULTILINE)
    return dict(zip((title.strip() for title in parts[1::2]), parts[2::2], strict=True))


@pytest.mark.parametrize("folder", folders())
def test_a_folder_is_named_in_the_architecture(folder: str):
    name = folder.rpartition("/")[2]
    assert re.search(rf"\b{re.escape(name)}/|{re.escape(folder)}", read("docs", "architecture.md")), folder


@pytest.mark.parametrize("page", ("README", "operations"))
@pytest.mark.parametrize("command", commands())
def test_a_command_is_explained(command: str, page: str):
    text = readme() if page == "README" else read("docs", "operations.md")
    assert re.search(rf"flask --app app {re.escape(command)}\b|`{re.escape(command)}`", text), command


@pytest.mark.parametrize("variable", variables())
def test_a_variable_of_the_environment_is_explained_in_operations(variable: str):
    assert f"`{variable}`" in read("docs", "operations.md")


@pytest.mark.parametrize("target", targets())
def test_a_make_target_is_in_the_readme(target: str):
    assert re.search(rf"make {target}\b", readme()), target


@pytest.mark.parametrize("page", pages(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_point_at_files_that_are_there(page: Path):
    assert [target for target in links(page) if not (page.parent / target).exists()] == []


def test_a_chinese_term_stands_in_the_glossary_once_with_one_english_word():
    pairs = [(cells[0], cells[1]) for cells in rows(read("docs", "glossary.md")) if HAN.search(cells[0])]
    terms, english = [term for term, _word in pairs], [word.strip("`").lower() for _term, word in pairs]
    assert len(pairs) > 30
    assert sorted({term for term in terms if terms.count(term) > 1}) == []
    assert sorted({word for word in english if english.count(word) > 1}) == []
    assert [word for word in english if not re.fullmatch(r"[a-z0-9][a-z0-9 _.'-]*", word)] == []


@pytest.mark.parametrize("key", KEYS)
def test_a_key_of_the_domain_is_a_word_of_the_glossary(key: str):
    cells = [cell for row in rows(read("docs", "glossary.md")) for cell in row]
    words = {re.sub("[-_ ]", " ", cell.strip("`").lower()) for cell in cells}
    named = {re.sub("[-_ ]", " ", word) for cell in cells for word in re.findall(r"`([^`]+)`", cell)}
    assert re.sub("[-_ ]", " ", key) in words | named


@pytest.mark.parametrize("title", PARTS)
def test_adding_says_which_test_fails_when_a_step_was_missed(title: str):
    part = sections(read("docs", "adding.md"))[title]
    assert re.findall(r"`(tests/[\w/]+\.py)`", part), f"{title}: name the test file"


def test_the_tests_that_adding_names_exist():
    for title, part in sections(read("docs", "adding.md")).items():
        files = re.findall(r"`(tests/[\w/]+\.py)`", part)
        assert [name for name in files if not (ROOT / name).is_file()] == [], title
        code = "\n".join(read(name) for name in files)
        tests = [name.rstrip("…") if name.endswith("…") else f"{name}(" for name in re.findall(r"`(test_\w+…?)`", part)]
        assert [name for name in tests if f"def {name}" not in code] == [], title


def test_the_readme_speaks_both_languages_and_shows_screens():
    text = readme()
    assert len(HAN.findall(text)) >= 200
    assert len(re.findall(r"\b[A-Za-z]{2,}\b", re.sub(r"```.*?```|\([^)]*\)", "", text, flags=re.DOTALL))) >= 200
    shown = [target for page in ROOT.glob("README*.md") for target in links(page)]
    assert any(target.endswith((".png", ".jpg", ".webp")) for target in shown), "no screenshot"
