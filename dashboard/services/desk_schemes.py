"""The desk's page of schemes: a version's tree as a form, its text, what it changed, comparisons of pairs, monthly tables."""

from collections.abc import Mapping
from datetime import timedelta

from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation.ahp import ahp
from dashboard.domain.evaluation.model import ROOT, Indicator, Node, Scheme, Term
from dashboard.domain.evaluation.weigh import whole_of
from dashboard.imports.figures import columns_of
from dashboard.schemes import changes, scheme_text
from dashboard.services import workshop_words
from dashboard.services.desk_frame import Desk
from dashboard.services.indicator_tables import list_tables
from dashboard.services.scheme_drafts import PAIR, Draft, read_tried, revised, square
from dashboard.services.scheme_words import FIELDS, PARTS, spoken
from dashboard.services.schemes import DEFAULT, evaluates_all, list_schemes, stored
from dashboard.services.schemes import scheme as get_scheme
from dashboard.services.words import list_name, named
from dashboard.services.workshop_frame import given_shares
from dashboard.views.desk import Link
from dashboard.views.evaluation import Field
from dashboard.views.scheme_pages import ChangeLine, Drafted, Leaf, Pairs, SchemesPage, Siblings, TableEntry, Weighed
from dashboard.views.schemes import SchemeHead

SHOWS = ("", "weights", "text", "changes", "tables")
MOST_TABLES, MOST_PAIRED = 60, 9


def page(desk: Desk) -> SchemesPage:
    """Raises NotFound for a scheme or version that is not there."""
    get_scheme(desk.deps, DEFAULT)  # there, though no server has entered it yet
    heads = list_schemes(desk.deps)
    key, version, older = _asked(desk.state, heads)
    mine = [one for one in heads if one.key == key]
    scheme, row = get_scheme(desk.deps, key, version), stored(desk.deps, key, version)
    show = desk.state.show if desk.state.show in SHOWS else ""
    newest = max(one.version for one in mine)
    may_save = version == newest and evaluates_all(desk.deps, desk.person)
    draft = read_tried(scheme, desk.state.draft) if may_save and desk.state.draft else None
    shown = revised(scheme, draft) if draft else scheme
    month = (desk.now.astimezone(desk.zone).replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    return SchemesPage(
        _schemes(desk, heads, key), tuple((one, _version(desk, one, version)) for one in mine), key, version, newest,
        named(scheme), _shows(desk, bool(columns_of(scheme))), show,
        _groups(desk, scheme, shown) if show == "" else (), scheme.cuts,
        "" if show != "text" else scheme_text(shown) if draft else row.text, older,
        tuple(Link(str(one.version), _("版本 %(n)s", n=one.version), desk.state.to(item=f"{key}:{version}:{one.version}"),
                   on=one.version == older) for one in mine if one.version != version),
        _changes(desk, scheme, older) if show == "changes" else (), _pairs(desk, scheme) if show == "weights" else None,
        _nodes(desk, scheme) if show == "weights" else (), _tables(desk, key) if show == "tables" else (),
        bool(columns_of(scheme)), month, may_save, desk.person.can("evaluation.run"),
        tuple(Field(name, str(words)) for name, words in workshop_words.NORMALISE.items()),
        f"/api/v1/schemes/{key}?version={version}&form=toml", desk.zone,
        _drafted(desk, scheme, draft) if draft else None,
    )  # fmt: skip


def _asked(state: DeskState, heads: tuple[SchemeHead, ...]) -> tuple[str, int, int]:
    """(key, version, the version it is compared with; 0: it is the first). `item`: "key[:version[:older]]"."""
    key, _sep, rest = state.item.partition(":")
    key = key or DEFAULT
    versions = [one.version for one in heads if one.key == key]
    try:
        numbers = [int(part) for part in rest.split(":") if part]
    except ValueError:
        numbers = [0]
    if not versions or set(numbers[:2]) - set(versions):
        raise NotFound("scheme", "no such version", got=state.item)
    version = numbers[0] if numbers else max(versions)
    before = max((one for one in versions if one < version), default=0)
    return key, version, numbers[1] if len(numbers) > 1 else before


def _schemes(desk: Desk, heads: tuple[SchemeHead, ...], key: str) -> tuple[Link, ...]:
    newest = {one.key: one for one in heads if one.newest}
    order = sorted(newest, key=lambda one: (one != DEFAULT, one))
    return tuple(
        Link(one, named(get_scheme(desk.deps, one)), desk.state.bare(item=one), on=one == key) for one in order
    )


def _version(desk: Desk, one: SchemeHead, version: int) -> Link:
    return Link(str(one.version), _("版本 %(n)s", n=one.version), desk.state.to(item=f"{one.key}:{one.version}", p=1),
                on=one.version == version)  # fmt: skip


def _shows(desk: Desk, tables: bool) -> tuple[Link, ...]:
    names = {
        "": _("指标与权重"),
        "weights": _("层次分析法"),
        "text": _("文本"),
        "changes": _("版本差别"),
        "tables": _("月度数据"),
    }
    return tuple(Link(key, names[key], desk.state.to(show=key, node=""), on=key == desk.state.show)
                 for key in SHOWS if key != "tables" or tables)  # fmt: skip


def _drafted(desk: Desk, scheme: Scheme, draft: Draft) -> Drafted:
    names = {one.key: one for one in scheme.nodes}
    ways = {"given": draft.given, "normalise": draft.normalise, "aggregate": draft.aggregate}
    return Drafted(
        _path(draft.given, names) if draft.given else "", len(_moved(scheme, revised(scheme, draft))),
        str(workshop_words.NORMALISE.get(draft.normalise, "")), str(workshop_words.AGGREGATE.get(draft.aggregate, "")),
        {name: key for name, key in ways.items() if key}, desk.state.to(draft=""),
    )  # fmt: skip


def _moved(old: Scheme, new: Scheme) -> Mapping[str, float]:
    """{key of a node or indicator whose weight is another: what it was}."""
    pairs = zip((*old.nodes, *old.indicators), (*new.nodes, *new.indicators), strict=True)
    return {was.key: was.weight for was, now in pairs if was.weight != now.weight}


def _groups(desk: Desk, old: Scheme, scheme: Scheme) -> tuple[Siblings, ...]:
    """Children by parent, from the top down. `old`: what a draft changes, else the same."""
    names = {one.key: one for one in scheme.nodes}
    parts, moved = given_shares(scheme), _moved(old, scheme)
    leaves = {one.key: _leaf(one, parts[one.key], moved.get(one.key)) for one in (*scheme.nodes, *scheme.indicators)}
    return tuple(_siblings(desk, scheme, key, names, leaves) for key in scheme.node_keys)


def _siblings(desk: Desk, scheme: Scheme, key: str, names: Mapping[str, Node], leaves: Mapping[str, Leaf]) -> Siblings:
    children = scheme.children(key)
    weighting = scheme.weighting if key == ROOT else names[key].weighting
    return Siblings(
        key, _path(key, names), str(workshop_words.WEIGHTING[weighting]), weighting,
        whole_of([one.weight for one in children]), tuple(leaves[one.key] for one in children),
        desk.state.to(show="weights", node=key),
    )  # fmt: skip


def _path(key: str, names: Mapping[str, Node]) -> str:
    way: list[str] = []
    while key != ROOT:
        way.insert(0, named(names[key]))
        key = names[key].parent
    return " › ".join((_("总分"), *way))


def _leaf(one: Node | Indicator, share: float, was: float | None) -> Leaf:
    if isinstance(one, Node):
        return Leaf(one.key, named(one), True, one.weight, share, "", None, None, 0, "", "", "", was)
    bad, good = one.targets or (None, None)
    note = " · ".join(part for part in (one.definition, one.cohort, one.standard) if part)
    return Leaf(one.key, named(one), False, one.weight, share, spoken(one.unit), bad, good, one.minimum,
                str(workshop_words.DIRECTIONS[one.direction]), str(workshop_words.NORMALISE[one.normalise]), note, was)  # fmt: skip


def _changes(desk: Desk, scheme: Scheme, older: int) -> tuple[ChangeLine, ...]:
    if not older:
        return ()
    old = get_scheme(desk.deps, scheme.key, older)
    names = {key: named(one) for key, one in (*desk.catalog.groups.items(), *desk.catalog.kinds.items())}
    names |= {one.key: named(one) for both in (old, scheme) for one in (*both.nodes, *both.indicators, *both.rules)}
    return tuple(
        ChangeLine(str(PARTS[one.part]), names.get(one.key, one.key), str(FIELDS.get(one.field, one.field)),
                   _plain(one.old, told), _plain(one.new, told))
        for one in changes(old, scheme) for told in (_TOLD.get(one.field, names),)
    )  # fmt: skip


_TOLD = {"normalise": workshop_words.NORMALISE, "aggregate": workshop_words.AGGREGATE,
         "weighting": workshop_words.WEIGHTING, "direction": workshop_words.DIRECTIONS}  # fmt: skip


def _plain(value: object, told: Mapping) -> str:
    """`told`: words for keys."""
    if value is None or value == "" or value == ():
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, tuple):
        nested = any(isinstance(one, tuple) for one in value)
        return _("矩阵") if nested else _("、").join(_plain(one, told) for one in value)
    if isinstance(value, Mapping):
        return _("、").join(f"{key} {_plain(one, told)}" for key, one in value.items())
    if isinstance(value, Term):
        kind = f" [{told.get(value.kind, value.kind)}]" if value.kind else ""
        return ("−" if value.sign < 0 else "") + list_name(value.counter) + kind
    return f"{value:g}" if isinstance(value, float) else str(told.get(value, value))


# Comparisons of pairs


def _nodes(desk: Desk, scheme: Scheme) -> tuple[Link, ...]:
    names = {one.key: one for one in scheme.nodes}
    here = desk.state.node or ROOT
    return tuple(Link(key, _path(key, names), desk.state.to(node=key), on=key == here) for key in scheme.node_keys
                 if 2 <= len(scheme.children(key)) <= MOST_PAIRED)  # fmt: skip


def _pairs(desk: Desk, scheme: Scheme) -> Pairs | None:
    """None: too few children to compare, or more than anybody compares by hand."""
    node = desk.state.node or ROOT
    if node not in scheme.node_keys:
        raise NotFound("node", "no such node", got=node)
    children = scheme.children(node)
    if not 2 <= len(children) <= MOST_PAIRED:
        return None
    own = scheme if node == ROOT else next(one for one in scheme.nodes if one.key == node)
    matrix = own.matrix or _implied([one.weight for one in children])
    values = {f"{a.key}{PAIR}{b.key}": matrix[n][n + 1 + m] for n, a in enumerate(children)
              for m, b in enumerate(children[n + 1 :])}  # fmt: skip
    weights, ratio = ahp(matrix)
    name = _("总分") if node == ROOT else named(own)
    return Pairs(node, name, tuple(Field(one.key, named(one)) for one in children), values,
                 tuple(100 * float(weight) for weight in weights), ratio)  # fmt: skip


def _implied(weights: list[float]) -> tuple[tuple[float, ...], ...]:
    """What given weights say of each pair; without a weight everything matters the same."""
    if min(weights) <= 0:
        return tuple(tuple(1.0 for _b in weights) for _a in weights)
    return tuple(tuple(a / b for b in weights) for a in weights)


def weighed(desk: Desk, tried: Mapping) -> Weighed | None:
    """What comparisons that somebody enters come to; None: nothing was entered. Raises UserError for what is none."""
    key, version, _older = _asked(desk.state, list_schemes(desk.deps))
    scheme = get_scheme(desk.deps, key, version)
    node = str(tried.get("node") or ROOT)
    if node not in scheme.node_keys:
        raise UserError("node", "no such node", got=node)
    children = scheme.children(node)
    try:
        pairs = {str(name): float(value) for name, value in dict(tried.get("pairs") or {}).items()}
    except (TypeError, ValueError):
        return Weighed((), None, _("比较须是大于 0 的数"))
    try:
        weights, ratio = ahp(square([one.key for one in children], pairs))
    except UserError as error:
        words = _("两两比较互相矛盾：一致性比率 %(n)s，不得超过 0.1", n=error.got) if isinstance(error.got, float) else \
            _("每一对都要比较，用大于 0 的数")  # fmt: skip
        return Weighed((), None, words)
    rows = tuple((named(one), 100 * float(weight)) for one, weight in zip(children, weights, strict=True))
    return Weighed(rows, ratio, "")


# Monthly tables


def _tables(desk: Desk, key: str) -> tuple[TableEntry, ...]:
    rows = list_tables(desk.deps, desk.person, key)[:MOST_TABLES]
    return tuple(TableEntry(one, exports(key, f"{one.month:%Y-%m}")) for one in rows)


def exports(key: str, month: str) -> tuple[Link, ...]:
    return tuple(Link(form, form.upper(), f"/api/v1/schemes/{key}/export?month={month}&form={form}")
                 for form in ("csv", "xlsx"))  # fmt: skip
