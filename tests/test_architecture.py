"""The house rules that a machine can check, over the whole tree. Each rule is also fed a text that breaks it."""

from pathlib import Path

import pytest

from tests import house_rules as rules

ROOT = Path(__file__).parents[1]
PYTHON = ("app.py", "dashboard/**/*.py", "layouts/**/*.py", "callbacks/**/*.py", "data/**/*.py")
SHOWN = ("assets/**/*.css", "assets/**/*.js", "assets/**/*.svg", "assets/**/*.json", "assets/**/*.html")
TESTS = ("tests/**/*.py", "dev/**/*.sh", "dev/**/*.py")
RULES = (  # rule, the files it is for
    (rules.imports, PYTHON),
    (rules.local_imports, PYTHON),
    (rules.sql, PYTHON),
    (rules.commits, PYTHON),
    (rules.clocks, PYTHON),
    (rules.literal_ids, ("callbacks/**/*.py",)),
    (rules.module_callbacks, PYTHON),
    (rules.silent_excepts, PYTHON),
    (rules.colours, (*PYTHON, "assets/**/*.css", "assets/**/*.js")),
    (rules.important, ("assets/**/*.css",)),
    (rules.hosts, (*SHOWN, "layouts/**/*.py", "callbacks/**/*.py", "dashboard/**/*.py")),
    (rules.unfinished, (*PYTHON, *SHOWN, *TESTS)),
    (rules.unmarked, ("layouts/**/*.py", "callbacks/**/*.py", "dashboard/services/**/*.py", "dashboard/api/**/*.py")),
    (rules.size, (*PYTHON, "assets/**/*.css", "assets/**/*.js", *TESTS)),
)
BROKEN = (  # rule, path, a text that breaks it
    (rules.imports, "dashboard/domain/x.py", "import sqlalchemy"),
    (rules.imports, "dashboard/domain/x.py", "from data.session import Database"),
    (rules.imports, "data/queries/x.py", "from dashboard.services import words"),
    (rules.imports, "data/queries/x.py", "from dashboard.catalog import Catalog"),
    (rules.imports, "data/writes/x.py", "import flask"),
    (rules.imports, "dashboard/services/x.py", "from layouts.shared import frame"),
    (rules.imports, "dashboard/services/x.py", "from sqlalchemy import select"),
    (rules.imports, "dashboard/services/x.py", "import dash"),
    (rules.imports, "dashboard/api/x.py", "from data.queries import cases"),
    (rules.imports, "dashboard/api/x.py", "import layouts.wall.layout"),
    (rules.imports, "dashboard/views/x.py", "from dashboard.services import words"),
    (rules.imports, "dashboard/new_module.py", "from data.session import Database"),
    (rules.imports, "layouts/wall/x.py", "from dashboard.services import overview"),
    (rules.imports, "layouts/wall/x.py", "from layouts.desk import ids"),
    (rules.imports, "layouts/shared/x.py", "from layouts.wall import ids"),
    (rules.imports, "layouts/wall/x.py", "import callbacks.wall"),
    (rules.imports, "callbacks/wall/x.py", "from data.session import Database"),
    (rules.imports, "callbacks/wall/x.py", "from callbacks.desk import inbox"),
    (rules.imports, "callbacks/wall/x.py", "from layouts.field import ids"),
    (rules.imports, "callbacks/wall/x.py", "from . import connect"),
    (rules.imports, "app.py", "from data.session import Database"),
    (rules.imports, "stray.py", ""),
    (rules.local_imports, "data/x.py", "def f():\n    import json"),
    (rules.local_imports, "data/x.py", "try:\n    import numpy\nexcept ImportError:\n    raise"),
    (rules.sql, "dashboard/services/x.py", "def f(session):\n    return session.execute('SELECT 1')"),
    (rules.commits, "data/writes/x.py", "def f(session):\n    session.commit()"),
    (rules.clocks, "dashboard/domain/x.py", "from datetime import date\nTODAY = date.today()"),
    (rules.clocks, "data/seed/x.py", "def f(datetime, zone):\n    return datetime.now(zone)"),
    (rules.literal_ids, "callbacks/wall/x.py", "INPUT = Input('wall-map', 'n_clicks')"),
    (rules.literal_ids, "callbacks/wall/x.py", "STATE = State({'type': 'row', 'index': 1}, 'id')"),
    (
        rules.literal_ids,
        "callbacks/wall/x.py",
        "OUT = dash.Output(component_id=f'{1}-map', component_property='children')",
    ),
    (rules.module_callbacks, "callbacks/wall/x.py", "@callback(OUT, IN)\ndef f(x):\n    return x"),
    (rules.module_callbacks, "callbacks/wall/x.py", "@dash.callback(OUT, IN)\ndef f(x):\n    return x"),
    (rules.silent_excepts, "data/x.py", "try:\n    f()\nexcept ValueError:\n    pass"),
    (
        rules.silent_excepts,
        "data/x.py",
        "for x in y:\n    try:\n        f(x)\n    except ValueError:\n        continue",
    ),
    (rules.colours, "assets/wall/x.css", ".panel { color: #fff; }"),
    (rules.colours, "layouts/wall/x.py", "RED = '#C0392BFF'"),
    (rules.important, "assets/wall/x.css", ".panel { color: var(--ink) ! important; }"),
    (rules.hosts, "assets/wall/x.css", "@import url(https://fonts.example.com/a.css);"),
    (rules.hosts, "assets/wall/x.css", ".a { background: url(//cdn.example.com/a.png); }"),
    (rules.hosts, "layouts/wall/x.py", "SOURCE = 'http://10.0.0.1:8080/tiles'"),
    (rules.unfinished, "data/x.py", "# TODO: later"),
    (rules.unfinished, "assets/wall/x.js", "// FIXME"),
    (rules.unmarked, "layouts/wall/x.py", "TITLE = '地图'"),
    (rules.unmarked, "layouts/wall/x.py", "TITLE = f'{1} 件'"),
    (rules.size, "data/x.py", "x = 1\n" * 301),
    (rules.size, "app.py", "x = 1\n" * 31),
)
FINE = (  # rule, path, a text near the line that keeps to it
    (rules.imports, "dashboard/domain/x.py", "import numpy as np\nfrom dashboard.domain.errors import UserError"),
    (rules.imports, "data/seed/x.py", "from dashboard.catalog import Catalog\nimport pandas as pd"),
    (rules.imports, "callbacks/wall/x.py", "from layouts.wall import ids\nfrom dashboard.services import wall"),
    (rules.imports, "layouts/desk/x.py", "from layouts.desk import ids\nfrom layouts.shared import frame"),
    (rules.local_imports, "app.py", "if __name__ == '__main__':\n    from dashboard.serve import serve"),
    (rules.sql, "data/queries/x.py", "def f(session):\n    return session.execute(QUESTION)"),
    (rules.literal_ids, "callbacks/wall/x.py", "INPUT = Input(ids.MAP, 'n_clicks')"),
    (rules.module_callbacks, "callbacks/wall/x.py", "def register(app):\n    @app.callback(OUT, IN)\n    def f(x): ..."),
    (rules.silent_excepts, "data/x.py", "try:\n    f()\nexcept ValueError:\n    return None"),
    (rules.colours, "assets/wall/x.css", "#wall-map { color: var(--ink); }\na::before { content: '&#10003;'; }"),
    (rules.hosts, "assets/wall/x.js", "const NS = 'http://www.w3.org/2000/svg'; // a comment"),
    (rules.hosts, "dashboard/x.py", "print(f'http://{host}:{port}/wall/')"),
    (rules.unfinished, "data/x.py", "METHOD = 'todo'"),
    (rules.unmarked, "layouts/wall/x.py", "'地图'\nTITLE = _('地图')\nOTHER = _('%(n)s 件', n=1)"),
    (rules.size, "data/migrations/versions/0001_x.py", "x = 1\n" * 301),
)  # fmt: skip


def files(patterns: tuple[str, ...]) -> dict[str, str]:
    found = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sorted(found)}


@pytest.mark.parametrize("rule, patterns", RULES, ids=lambda value: getattr(value, "__name__", ""))
def test_the_tree_keeps_the_rule(rule, patterns):
    complaints = [line for path, text in files(patterns).items() for line in rule(path, text)]
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize("rule, path, text", BROKEN)
def test_a_text_that_breaks_the_rule_is_found_with_its_line(rule, path, text):
    complaints = rule(path, text)
    assert len(complaints) == 1, complaints
    assert complaints[0].startswith(f"{path}:")


@pytest.mark.parametrize("rule, path, text", FINE)
def test_a_text_near_the_line_is_left_alone(rule, path, text):
    assert rule(path, text) == []


def test_every_rule_has_a_text_that_breaks_it():
    assert {rule for rule, _path, _text in BROKEN} == {rule for rule, _patterns in RULES}


def test_every_rule_has_files_to_look_at():
    for rule, patterns in RULES:
        assert files(patterns), rule.__name__


def test_every_layer_is_a_module_of_the_tree_or_planned():
    planned = {"dashboard.live"}
    for layer in rules.LAYERS:
        path = ROOT / layer.name.replace(".", "/")
        assert layer.name in planned or path.is_dir() or path.with_suffix(".py").is_file(), layer.name


def test_every_local_import_that_is_allowed_is_still_there():
    for path, name in rules.LOCAL_IMPORTS:
        module, _dot, what = name.rpartition(".")
        assert f"from {module} import {what}" in (ROOT / path).read_text(encoding="utf-8")
