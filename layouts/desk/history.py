"""A case's history: its steps, the newest first, and whose time it was."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.charges import Charge
from dashboard.domain.workflow import OPEN, STATES
from dashboard.views.desk import CaseSheet
from dashboard.views.dossier import DossierStep
from layouts.desk.clock_rows import duration

ENDED = frozenset(STATES) - OPEN
_HOLDERS = 6  # patterns of the bar: more holders repeat them
LATE_SECONDS = 120  # a step that a device made so long before the server got it says so


def steps(view: CaseSheet, most: int = 0, *, pictures: bool = False) -> Component:
    """`most`: only the last ones (0: all). `pictures`: with the evidence each step shows and how long each lasted."""
    found = list(reversed(view.dossier.steps))
    shown = found[:most] if most else found
    ended = view.dossier.head.state in ENDED
    nexts = [None if ended else view.now, *(step.at for step in found)]
    items = [_step(step, view, n == 0, nexts[n] if pictures else None, pictures) for n, step in enumerate(shown)]
    return html.Ol(items, className="history")


def _step(step: DossierStep, view: CaseSheet, last: bool, until: datetime | None, pictures: bool) -> Component:
    at = step.at.astimezone(view.zone)
    today = at.date() == view.now.astimezone(view.zone).date()
    when = html.Time(f"{at:%H:%M:%S}" if today else f"{at:%m-%d %H:%M}", dateTime=at.isoformat())
    who = " · ".join(part for part in ((view.names or {}).get(step.unit or "", step.unit), step.actor) if part)
    words: list = [html.B(step.label), html.Span(who)]
    if step.detail.get("merged"):
        words.append(html.Span(_("并入案 %(number)s", number=step.detail["merged"]), className="dim"))
    if until is not None and (minutes := int((until - step.at).total_seconds() // 60)):
        words.append(html.Span(_("历时 %(time)s", time=duration(minutes, False)), className="history__lasted"))
    said = " ".join(part for part in (step.reason_label, step.note) if part)
    lines: list[Component] = [html.P(words)]
    if step.detail.get("unit"):
        lines.append(html.P(_("交 %(unit)s", unit=step.detail["unit"]), className="history__note"))
    if said:
        lines.append(html.P(said, className="history__note"))
    if step.device_at and (step.at - step.device_at).total_seconds() > LATE_SECONDS:
        there = step.device_at.astimezone(view.zone)
        lines.append(html.P(_("现场时间 %(time)s，离线后补传", time=f"{there:%m-%d %H:%M}"), className="history__note"))
    if pictures and step.evidence:
        lines.append(gallery(step.evidence))
    elif step.evidence:
        lines.append(html.P(_("照片 %(n)s 张", n=len(step.evidence)), className="history__note"))
    return html.Li([when, html.U(), html.Div(lines)], className="history__now" if last else "")


def gallery(files: tuple[str, ...]) -> Component:
    """Small pictures that open large in the same window (assets/desk/gallery.js)."""
    links = [html.A(html.Img(src=f"/api/v1/evidence/{one}?size=thumb", alt=_("照片 %(n)s", n=n)),
                    href=f"/api/v1/evidence/{one}?size=full", className="gallery__item",
                    **{"data-plain": "true", "data-picture": one}) for n, one in enumerate(files, start=1)]  # fmt: skip
    return html.Div(links, className="gallery")


def chain(view: CaseSheet) -> Component:
    if view.dossier.chain_ok:
        return html.Span(_("记录链完整"), className="chain chain--ok")
    return html.Span(_("记录链断裂，请报审计"), className="chain chain--broken", role="alert")


def charges(view: CaseSheet) -> Component:
    """Whose time it was: a bar by holder, and the table that says the same."""
    found = [one for one in view.dossier.charges if one.minutes or one.work_minutes]
    total = sum(one.minutes for one in found)
    if not total:
        return html.P(_("还没有计到谁的时间"), className="dim")
    holders = list(dict.fromkeys(one.holder for one in found))
    pattern = {holder: n % _HOLDERS for n, holder in enumerate(holders)}
    bar = [html.I(className=f"charge charge--{pattern[one.holder]}" + (" charge--paused" if one.paused else ""),
                  style={"width": f"{100 * one.minutes / total:.2f}%"},
                  title=f"{_name(view, one.holder)} · {_state(view, one)} · {duration(one.minutes, False)}")
           for one in found]  # fmt: skip
    rows = [_charge_row(view, holder, state, pattern[holder], total)
            for holder, state in dict.fromkeys((one.holder, _state(view, one)) for one in found)]  # fmt: skip
    names = ((_("持有者"), ""), (_("状态"), ""), (_("历时"), "num"), (_("工时"), "num"), (_("占比"), "num"))
    top = html.Thead(html.Tr([html.Th(words, className=cls, scope="col") for words, cls in names]))
    return html.Div(
        [html.Div(bar, className="charges", role="img", **{"aria-label": _("各持有者用时")}),
         html.Table([top, html.Tbody(rows)], className="plain")]
    )  # fmt: skip


def _charge_row(view: CaseSheet, holder: str, state: str, pattern: int, total: int) -> Component:
    mine = [one for one in view.dossier.charges if one.holder == holder and _state(view, one) == state]
    plain, work = sum(one.minutes for one in mine), sum(one.work_minutes for one in mine)
    key = html.I(className=f"charge charge--{pattern} charge--key", **{"aria-hidden": "true"})
    return html.Tr(
        [html.Th([key, _name(view, holder)], scope="row"), html.Td(state),
         html.Td(duration(plain, False), className="num"), html.Td(duration(work, True), className="num"),
         html.Td(f"{100 * plain / total:.0f} %", className="num")]
    )  # fmt: skip


def _state(view: CaseSheet, one: Charge) -> str:
    words = (view.states or {}).get(one.state, one.state)
    return _("%(state)s（暂停计时）", state=words) if one.paused else words


def _name(view: CaseSheet, holder: str) -> str:
    return (view.names or {}).get(holder, holder)
