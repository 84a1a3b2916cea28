"""The dialogue that an action is filled in with, made of what AllowedAction needs and takes. Fields carry `data-input`,
the key of workflow.INPUTS; assets/desk/dialog.js reads them. Also: the answer to a conflict, and short messages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.workflow import EXTENSIONS, INPUTS, SUPERVISION
from dashboard.views.desk import CaseSheet, UnitChoice
from dashboard.views.dossier import AllowedAction
from layouts.shared import frame


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the action, for which cases (one: `sheet`), with words for choices."""

    action: AllowedAction
    count: int
    sheet: CaseSheet | None
    units: tuple[UnitChoice, ...] = ()
    severities: Mapping[str, str] | None = None
    chosen: Mapping[str, str] | None = None  # values that are filled in already


def draw(asked: Asked) -> Component:
    action, view = asked.action, asked.sheet
    about = (
        _("%(n)s 件案卷", n=asked.count)
        if asked.count != 1 or view is None
        else f"{view.dossier.head.number} {view.dossier.head.title}"
    )
    fields = [_field(key, asked, key in action.needs) for key in (*action.needs, *action.takes)]
    send = html.Button([action.label, html.Kbd("Ctrl ↵")], className="button button--primary",
                       **{"data-send": action.action, "aria-keyshortcuts": "Control+Enter"})  # fmt: skip
    title = html.H2(action.label, className="box__title", id="desk-box-title", tabIndex=-1)
    head = html.Header([title, html.P(about, className="dim")], className="box__head")
    foot = html.Footer([_leave(), send], className="box__foot")
    fault = html.P("", className="box__fault", role="alert", **{
        "data-fault": "true", "data-missing": _("还没有填：{what}"), "data-wait": _("照片还在上传，传完再提交")})  # fmt: skip
    version = str(view.dossier.head.version) if view else ""
    return _box(
        [head, html.Div([*[one for one in fields if one], fault], className="box__body"), foot], version=version
    )


def _box(parts: list[Component], role: str = "dialog", version: str = "") -> Component:
    """`version`: of the one case that is asked about."""
    seen = {"data-version": version} if version else {}
    return html.Div(html.Div(parts, className="box", role=role,
                             **{"aria-modal": "true", "aria-labelledby": "desk-box-title", **seen}), className="veil")  # fmt: skip


def _leave(words: str = "") -> Component:
    return html.Button([words or _("取消"), html.Kbd("Esc")], className="button", **{"data-leave": "true"})


def _field(key: str, asked: Asked, needed: bool) -> Component:
    form = _FORMS[INPUTS[key].form]
    words = labels()[key]
    mark = [html.Em(_("必填"), className="field__need")] if needed else []
    return html.Div([html.Span([words, *mark], className="field__label", id=f"desk-field-{key}"), form(key, asked, words)],
                    className="field", **{"data-field": key, "data-needed": "true" if needed else "false",
                                          "data-words": words})  # fmt: skip


def labels() -> dict[str, str]:
    """What each input is called."""
    return {
        "note": _("说明"), "reason": _("理由"), "unit": _("承办单位"), "into": _("并入哪一件"), "limit": _("延长多久"),
        "level": _("督办级别"), "rating": _("满意度"), "reached": _("是否联系上"), "evidence": _("证据照片"), "kind": _("事项种类"),
        "severity": _("严重程度"),
    }  # fmt: skip


def _text(key: str, _asked: Asked, words: str) -> Component:
    return html.Textarea(
        rows=3, className="field__text", maxLength=INPUTS[key].most, **{"data-input": key, "aria-label": words}
    )


def _options(
    key: str, words: str, choices: list[tuple[str, str]], chosen: str = "", note: Callable | None = None
) -> Component:
    """One of several, as buttons; arrow keys move."""
    buttons = [
        html.Button([label, *([note(code)] if note else [])], className="option", role="radio",
                    **{"data-value": code, "aria-checked": "true" if code == chosen else "false",
                       "data-search": label})
        for code, label in choices
    ]  # fmt: skip
    return html.Div(buttons, className="options" + (" options--long" if len(choices) > 9 else ""), role="radiogroup",
                    **{"data-input": key, "aria-label": words})  # fmt: skip


def _reason(key: str, asked: Asked, words: str) -> Component:
    return _options(key, words, list(asked.action.reasons))


def _unit(key: str, asked: Asked, words: str) -> Component:
    loads = {one.unit: one for one in asked.units}

    def note(unit: str) -> Component:
        one = loads[unit]
        text = f"{one.open} / {one.limit}" if one.limit else str(one.open)
        full = one.limit is not None and one.open >= one.limit
        return html.I(_("在办 %(n)s", n=text), className="option__note" + (" option__note--full" if full else ""))

    chosen = (asked.chosen or {}).get("unit") or next((one.unit for one in asked.units if one.by_rule), "")
    return _options(key, words, [(one.unit, one.short) for one in asked.units], chosen, note)


def _case(key: str, asked: Asked, words: str) -> Component:
    similar = asked.sheet.similar if asked.sheet else ()
    chosen = (asked.chosen or {}).get("into", "")
    listed = [(one.id, f"{one.number} {one.title} · {one.state_label}") for one in similar]
    finder = html.Div("", className="field__line", contentEditable="plaintext-only", role="textbox", tabIndex=0,
                      **{"data-find-case": asked.sheet.dossier.head.county_code if asked.sheet else "",
                         "aria-label": _("按案号或事由找"), "data-hint": _("按案号或事由找"), "data-none": _("没有找到")})  # fmt: skip
    return html.Div([_options(key, words, listed, chosen), finder])


def _limit(key: str, _asked: Asked, words: str) -> Component:
    days = {"1wd": 1, "2wd": 2, "3wd": 3, "5wd": 5}
    return _options(key, words, [(one, _("%(n)s 个工作日", n=days[one])) for one in EXTENSIONS])


def _level(key: str, asked: Asked, words: str) -> Component:
    """Only levels above the present one: supervision climbs."""
    now = SUPERVISION.index(asked.sheet.dossier.head.supervision) if asked.sheet else 0
    names = {"ordinary": _("普通督办"), "yellow": _("黄牌督办"), "red": _("红牌督办")}
    return _options(key, words, [(one, names[one]) for one in SUPERVISION[now + 1 :]])


def _rating(key: str, _asked: Asked, words: str) -> Component:
    names = {1: _("很不满意"), 2: _("不满意"), 3: _("一般"), 4: _("满意"), 5: _("很满意")}
    return _options(key, words, [(str(n), name) for n, name in names.items()])


def _flag(key: str, _asked: Asked, words: str) -> Component:
    return _options(key, words, [("true", _("联系上了")), ("false", _("没有联系上"))])


def _evidence(key: str, _asked: Asked, words: str) -> Component:
    pick = html.Button(_("选照片"), className="button button--small", **{"data-pick-files": "true"})
    return html.Div([pick, html.Div(className="gallery", **{"data-files": "true"})], className="files",
                    **{"data-input": key, "data-most": str(INPUTS[key].most), "aria-label": words,
                       "data-failed": _("没有传上去：{name}"), "data-sending": _("正在上传 {name}"),
                       "data-drop": _("不要 {name}")}, role="group")  # fmt: skip


def _kind(key: str, asked: Asked, words: str) -> Component:
    view = asked.sheet
    return _options(key, words, list(view.kinds) if view else [], view.dossier.head.kind if view else "")


def _severity(key: str, asked: Asked, words: str) -> Component:
    now = asked.sheet.dossier.head.severity if asked.sheet else ""
    return _options(key, words, list((asked.severities or {}).items()), now)


_FORMS: Mapping[str, Callable[[str, Asked, str], Component]] = {
    "text": _text, "reason": _reason, "unit": _unit, "case": _case, "limit": _limit, "level": _level, "rating": _rating,
    "flag": _flag, "evidence": _evidence, "kind": _kind, "severity": _severity,
}  # fmt: skip


def conflict(number: str, wanted: str, actor: str, role: str, action: str, state: str, at: datetime) -> Component:
    """Somebody else moved the case first: who, when, how it stands now, and a choice."""
    title = html.H2(_("这件案子刚被别人动过"), className="box__title", id="desk-box-title", tabIndex=-1)
    who = " · ".join(part for part in (actor, role) if part)
    lines = [
        html.P(_("%(who)s 在 %(at)s 做了“%(action)s”。", who=who, at=f"{at:%H:%M:%S}", action=action)),
        html.P(
            _(
                "案卷 %(number)s 现在是“%(state)s”，您的“%(wanted)s”没有生效。",
                number=number,
                state=state,
                wanted=wanted,
            )
        ),
    ]
    again = html.Button(_("刷新后再做"), className="button button--primary", **{"data-again": "true"})
    foot = html.Footer([_leave(_("放弃")), again], className="box__foot")
    return _box(
        [html.Header(title, className="box__head"), html.Div(lines, className="box__body"), foot], role="alertdialog"
    )


def unmask() -> Component:
    """Why the reporter's name is needed: kept in the audit log."""
    title = html.H2(_("查看报告人"), className="box__title", id="desk-box-title", tabIndex=-1)
    note = html.P(_("理由会记入审计日志，审计员看得到是谁、何时、为什么查看。"), className="dim")
    text = html.Textarea(rows=2, className="field__text", maxLength=200,
                         **{"data-unmask-reason": "true", "aria-label": _("查看理由")})  # fmt: skip
    short = _("请写明理由，至少 2 个字")
    answer = html.Div("", className="box__answer", role="status", **{"data-unmasked": "true", "data-short": short})
    send = html.Button(_("查看"), className="button button--primary", **{"data-unmask-send": "true"})
    foot = html.Footer([_leave(_("关闭")), send], className="box__foot")
    return _box(
        [html.Header([title, note], className="box__head"), html.Div([text, answer], className="box__body"), foot]
    )


def said(words: str, *, failed: bool = False) -> Component:
    """A short message at the foot of the desk."""
    return html.Div(words, className="toast toast--failed" if failed else "toast", role="alert" if failed else "status")


def broken(words: str) -> Component:
    title = html.H2(_("没有做成"), className="box__title", id="desk-box-title", tabIndex=-1)
    foot = html.Footer(_leave(_("知道了")), className="box__foot")
    return _box([html.Header(title, className="box__head"), html.Div(frame.empty(words), className="box__body"), foot])
