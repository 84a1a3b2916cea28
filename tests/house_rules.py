"""The rules of the house as functions (path, text) -> complaints; test_architecture.py feeds them the tree and samples.

Answers for finding what breaks a rule in one file. `path` is relative to the root, with "/". A complaint is
"path:line: what". Leaves out which files exist and what is allowed to fail.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

INSIDE = ("app", "callbacks", "dashboard", "data", "layouts")


@dataclass(frozen=True, slots=True)
class Layer:
    """Who `name` (a package or module) may import: of ours in `inside`, of others' in `outside`, and the standard
    library. "{surface}" stands for the surface the importing file belongs to."""

    name: str
    inside: tuple[str, ...]
    outside: tuple[str, ...] = ()


_DATA = ("sqlalchemy", "alembic", "numpy", "pandas", "scipy", "shapely", "holidays", "openpyxl")
_SEEN = ("layouts.shared", "layouts.figures")
# The most specific row holds. data.seed makes cases of the catalogue's kinds, so it alone of data may name the catalogue.
LAYERS = (
    Layer("dashboard.domain", ("dashboard.domain",), ("numpy", "scipy", "shapely", "SALib")),
    Layer("dashboard.views", ("dashboard.views", "dashboard.domain")),
    Layer("dashboard.tomlfile", ("dashboard.domain",)),
    Layer("dashboard.settings", ("dashboard.domain",)),
    Layer("dashboard.catalog", ("dashboard.domain", "dashboard.tomlfile")),
    Layer("dashboard.detectors", ("dashboard.domain", "dashboard.tomlfile")),
    Layer("dashboard.schemes", ("dashboard.schemes", "dashboard.domain", "dashboard.tomlfile")),
    Layer("dashboard.cache", (), ("flask", "flask_caching")),
    Layer("dashboard.live", ("dashboard.bell", "dashboard.domain", "data.session", "data.queries.feed")),
    Layer("dashboard.bell", (), ("redis",)),
    Layer("dashboard.deps", ("dashboard.cache", "dashboard.live", "dashboard.catalog", "dashboard.evidence",
                             "data.session")),
    Layer("dashboard.surface", (), ("dash",)),
    Layer("dashboard.imports", ("dashboard.imports", "dashboard.domain", "dashboard.catalog", "dashboard.tomlfile"),
          ("numpy", "pandas", "openpyxl", "charset_normalizer")),
    Layer("dashboard.services", ("dashboard.services", "dashboard.domain", "dashboard.cache", "dashboard.live",
                                 "dashboard.catalog", "dashboard.deps", "dashboard.views", "dashboard.imports",
                                 "dashboard.evidence", "dashboard.schemes", "dashboard.detectors", "data"),
          ("flask_babel", "numpy", "pandas", "openpyxl", "argon2", "rapidfuzz", "segno")),
    Layer("dashboard.limits", (), ("flask", "flask_limiter")),
    Layer("dashboard.gate", ("dashboard.services", "dashboard.domain"), ("flask",)),
    Layer("dashboard.headers", ("dashboard.gate", "dashboard.services", "dashboard.domain"), ("flask",)),
    Layer("dashboard.faults", ("dashboard.gate",), ("flask", "flask_babel", "werkzeug")),
    Layer("dashboard.evidence", ("dashboard.domain",), ("PIL",)),
    Layer("dashboard.api", ("dashboard.api", "dashboard.gate", "dashboard.limits", "dashboard.deps",
                            "dashboard.services", "dashboard.views",
                            "dashboard.domain", "dashboard.live", "dashboard.evidence"),
          ("flask", "pydantic", "pydantic_core", "werkzeug", "flask_limiter", "flask_babel")),
    Layer("dashboard.pages", ("dashboard.pages", "dashboard.api", "dashboard.gate", "dashboard.limits", "dashboard.deps",
                              "dashboard.services", "dashboard.views", "dashboard.domain", "dashboard.evidence",
                              "layouts.field.table"),
          ("flask", "werkzeug", "flask_babel", "flask_limiter")),
    Layer("dashboard.factory", INSIDE, ("flask", "flask_babel", "flask_compress", "flask_limiter", "werkzeug", "dash")),
    Layer("dashboard.serve", INSIDE, ("flask", "gunicorn", "gevent")),
    Layer("dashboard.cli", INSIDE, ("flask", "click", "tqdm")),
    Layer("dashboard.cli_import", INSIDE, ("flask", "click", "tqdm")),
    Layer("dashboard.cli_people", INSIDE, ("flask", "click")),
    Layer("dashboard.cli_editions", INSIDE, ("flask", "click")),
    Layer("dashboard.cli_evaluation", INSIDE, ("flask", "click")),
    # sqlalchemy.exc: the job tells a busy database, which passes, from a fault, whose traceback it logs
    Layer("dashboard.worker", INSIDE, ("flask", "sqlalchemy.exc")),
    Layer("dashboard", ()),
    Layer("data", ("data", "dashboard.domain"), _DATA),
    Layer("data.regions", ("data", "dashboard.domain"), (*_DATA, "coordTransform", "cnmaps")),
    Layer("data.seed", ("data", "dashboard.domain", "dashboard.catalog", "dashboard.tomlfile"), _DATA),
    Layer("layouts", ("dashboard.domain", "dashboard.views", *_SEEN, "layouts.{surface}"),
          ("dash", "dash_svg", "flask_babel", "dash_ag_grid", "dash_bootstrap_components")),
    Layer("callbacks", ("dashboard.gate", "dashboard.views", "dashboard.domain", "dashboard.services", *_SEEN,
                        "layouts.{surface}", "callbacks.{surface}"),
          ("dash", "flask", "flask_babel", "plotly.io.json")),
    Layer("app", ("dashboard.factory", "dashboard.settings", "dashboard.serve", "dashboard.domain.errors"), ("gevent",)),
)  # fmt: skip
LOCAL_IMPORTS = {
    ("app.py", "dashboard.serve.serve"): "gunicorn is needed to serve, not to run a command",
    ("app.py", "gevent.monkey"): "a command has no need of it; whoever serves patches before anything is imported",
}

_SWITCH = "the language switch names a language in itself"
UNMARKED = {("layouts/wall/layout.py", "中"): _SWITCH, ("layouts/desk/panels/header.py", "中文"): _SWITCH}
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MARKS = ("_", "gettext", "lazy_gettext", "ngettext")


def module_of(path: str) -> str:
    parts = PurePosixPath(path).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer_of(module: str) -> Layer | None:
    fitting = [layer for layer in LAYERS if _within(module, layer.name)]
    return max(fitting, key=lambda layer: len(layer.name), default=None)


def imports_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of all that is imported: `from a import b` is a.b; a relative import starts with a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{'.' * node.level}{node.module or ''}.{alias.name}") for alias in node.names)


def imports(path: str, text: str) -> list[str]:
    """Who may import whom."""
    module = module_of(path)
    layer, parts = layer_of(module), module.split(".")
    if layer is None:
        return [f"{path}:1: no layer answers for this module; add one to LAYERS"]
    surface = parts[1] if len(parts) > 1 else "-"
    allowed = [name.format(surface=surface) for name in (*layer.inside, *layer.outside)]
    return [f"{path}:{line}: {layer.name} may not import {name}" for line, name in imports_of(ast.parse(text))
            if not _standard(name) and not any(_within(name, one) for one in allowed)]  # fmt: skip


def _within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def _standard(name: str) -> bool:
    return name.split(".")[0] in sys.stdlib_module_names | {"__future__"}


def local_imports(path: str, text: str) -> list[str]:
    """Imports stand at the top of the module."""
    tree = ast.parse(text)
    top = {id(node) for node in tree.body}
    below = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom)) and id(node) not in top]
    return [f"{path}:{line}: {name} is imported below the top of the module" for node in below
            for line, name in imports_of(node) if (path, name) not in LOCAL_IMPORTS]  # fmt: skip


def sql(path: str, text: str) -> list[str]:
    """Statements are run in data/ only."""
    if path.startswith("data/"):
        return []
    return _calls(path, text, {"execute", "scalar", "scalars", "exec_driver_sql"}, "runs a statement outside data/")


def commits(path: str, text: str) -> list[str]:
    """Database.write() commits, once, at its end."""
    return [] if path == "data/session.py" else _calls(path, text, {"commit"}, "commits; Database.write() does")


def clocks(path: str, text: str) -> list[str]:
    """Rules and data are given the time."""
    if not path.startswith(("dashboard/domain/", "data/")):
        return []
    return _calls(path, text, {"now", "utcnow", "today"}, "reads the clock; take the time as an argument")


def _calls(path: str, text: str, names: set[str], what: str) -> list[str]:
    return [f"{path}:{node.lineno}: .{node.func.attr}() {what}" for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names]  # fmt: skip


def literal_ids(path: str, text: str) -> list[str]:
    """Input, Output and State name ids of layouts/<surface>/ids.py."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call) and _called(node) in
             ("Input", "Output", "State")]  # fmt: skip
    given = [(node, [*node.args[:1], *(k.value for k in node.keywords if k.arg == "component_id")]) for node in calls]
    return [f"{path}:{node.lineno}: a literal id in {_called(node)}" for node, ids in given
            if any(isinstance(one, (ast.Constant, ast.JoinedStr, ast.Dict)) for one in ids)]  # fmt: skip


def module_callbacks(path: str, text: str) -> list[str]:
    """Callbacks are registered by register(app), never at import."""
    tree = ast.parse(text)
    at_import = [*tree.body, *(node for one in tree.body if isinstance(one, ast.ClassDef) for node in one.body)]
    found = [mark for node in at_import if isinstance(node, ast.FunctionDef) for mark in node.decorator_list]
    named = [(mark, _called(mark) if isinstance(mark, ast.Call) else getattr(mark, "attr", getattr(mark, "id", "")))
             for mark in found]  # fmt: skip
    return [f"{path}:{mark.lineno}: @{name} at import" for mark, name in named if name.endswith("callback")]


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def silent_excepts(path: str, text: str) -> list[str]:
    """An error is answered, logged or passed on."""
    handlers = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ExceptHandler)]
    return [f"{path}:{node.lineno}: an error is swallowed" for node in handlers
            if all(isinstance(one, (ast.Pass, ast.Continue)) or _is_words(one) for one in node.body)]  # fmt: skip


def _is_words(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def colours(path: str, text: str) -> list[str]:
    """Every colour is a variable of 00-tokens.css."""
    if path in ("assets/shared/00-tokens.css", "layouts/figures/theme.py"):
        return []
    return _lines(path, text, r"(?<![&\w])#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})(?![\w-])", "a hex colour")


def important(path: str, text: str) -> list[str]:
    return _lines(path, text, r"!\s*important", "!important")


def hosts(path: str, text: str) -> list[str]:
    """Nothing is fetched from another host; names of XML namespaces are no addresses."""
    return _lines(path, text, r"(?:https?:|[\"'(])//(?!www\.w3\.org/)(?:localhost|\w[\w-]*\.[\w-]+)", "another host")


def unfinished(path: str, text: str) -> list[str]:
    mine = path in ("tests/house_rules.py", "tests/test_architecture.py")
    return [] if mine else _lines(path, text, r"\b(?:TODO|FIXME|XXX)\b", "unfinished")


def unmarked(path: str, text: str) -> list[str]:
    """Words of the screen stand in _(), so that they can be translated; docstrings are for us."""
    tree = ast.parse(text)
    marked = {id(one) for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) in _MARKS
              for one in ast.walk(node)}  # fmt: skip
    words = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [f"{path}:{node.lineno}: words without _(): {node.value[:20]}" for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in marked | words
            and _HAN.search(node.value) and (path, node.value) not in UNMARKED]  # fmt: skip


def _lines(path: str, text: str, pattern: str, what: str) -> list[str]:
    return [f"{path}:{number}: {what}: {found[0]}" for number, line in enumerate(text.splitlines(), start=1)
            if (found := re.search(pattern, line))]  # fmt: skip


def size(path: str, text: str) -> list[str]:
    """At most 300 lines, app.py 30. A migration is a record of what was run and is left as it was."""
    if path.startswith("data/migrations/versions/"):
        return []
    limit, count = (30 if path == "app.py" else 300), len(text.splitlines())
    return [f"{path}:{count}: {count} lines, allowed {limit}"] if count > limit else []
