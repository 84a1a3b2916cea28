"""The random audit of an edition: draws by a published seed, cases judged by people, and the hit rate with its interval."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.views.evaluation import FindingsPage, SampleEntry
from dashboard.views.findings import DrawRow, HitRate
from layouts.desk import forms, history, verdicts
from layouts.shared import frame, numbers

_TONES = {"true": "ok", "false": "bad"}


def draw(view: FindingsPage) -> Component:
    left: list[Component] = [_head(view)]
    if view.drawn is None:
        left.append(frame.empty(_("这一期还没有抽查"), _("先公布种子，再抽；同一种子谁抽都是同一批案件")))
    else:
        left += [_summary(view, view.drawn), _samples(view), *([verdicts.pages(view.paging)] if view.samples else [])]
    return verdicts.columns(left, _side(view), _("抽查"))


def _head(view: FindingsPage) -> Component:
    note = _("%(title)s · 命中率对所有被评价的辖区公开", title=view.title)
    return verdicts.top(
        _("随机抽查"),
        note,
        verdicts.tabs(_("线索与抽查"), view.shows),
        verdicts.menu(_("哪次抽查"), [link for _row, link in view.draws]),
    )


def _summary(view: FindingsPage, drawn: DrawRow) -> Component:
    one = drawn.all
    pairs = [
        (_("种子"), html.Code(drawn.seed)),
        (_("每个辖区"), _("%(n)s 件", n=drawn.size)),
        (_("抽取"), f"{drawn.actor} · {verdicts.at(drawn.drawn_at, view.zone)}"),
        (_("已判"), f"{one.judged} / {one.drawn}"),
        (_("属实率"), _rate(one)),
    ]
    return html.Div(verdicts.facts(pairs), className="audit")


def _rate(one: HitRate) -> str:
    if one.rate is None:
        return _("还没有判定")
    return _(
        "%(rate)s%%（95%% 区间 %(low)s–%(high)s%%）",
        rate=f"{100 * one.rate:.1f}",
        low=f"{100 * one.low:.0f}",
        high=f"{100 * one.high:.0f}",
    )


def _samples(view: FindingsPage) -> Component:
    """The cases for whoever judges some, the rates by region for all others."""
    if view.samples:
        names = (_("案号"), _("辖区"), _("判定"), _("判定人"))
        return verdicts.table(names, [_row(one) for one in view.samples], _("抽到的案件"), _("没有归您判的案件"))
    names = (_("辖区"), _("抽取"), _("已判"), _("属实"), _("不实"), _("属实率"))
    rows = [
        html.Tr(
            [
                html.Th(one.region, scope="row"),
                *(html.Td(cell) for cell in (one.drawn, one.judged, one.true, one.false, _rate(one))),
            ]
        )
        for one in view.rates
    ]
    return verdicts.table(names, rows, _("各辖区的属实率"), _("没有抽到案件"), figures=range(1, len(names)))


def _row(one: SampleEntry) -> Component:
    row = one.row
    mark = (
        verdicts.mark(row.verdict_label, _TONES.get(row.verdict, ""))
        if row.verdict
        else verdicts.mark(_("待判定"), "warn")
    )
    return verdicts.row(row.number, one.href, (row.region, mark, row.judge or numbers.NONE), one.on, row.id)


def _side(view: FindingsPage) -> list[Component] | None:
    if view.sample is not None:
        return _sample(view.sample, view)
    parts: list[Component] = []
    if view.drawn is not None and view.samples:
        names = (_("辖区"), _("已判"), _("属实率"))
        rows = [
            html.Tr([html.Th(one.region, scope="row"), html.Td(f"{one.judged} / {one.drawn}"), html.Td(_rate(one))])
            for one in view.rates
        ]
        rates = verdicts.table(names, rows, _("各辖区的属实率"), _("没有抽到案件"), figures=(1, 2))
        parts += [frame.head(_("各辖区的属实率")), rates]
    if "draw" in view.may:
        parts += [frame.head(_("新的抽查")), _draw_form(view)]
    return parts or None


def _sample(one: SampleEntry, view: FindingsPage) -> list[Component]:
    row = one.row
    case = html.A(row.number, href=one.case_href, className="textlink") if one.case_href else row.number
    pairs = [
        (_("案件"), case),
        (_("辖区"), row.region),
        (_("判定"), row.verdict_label or _("待判定")),
        (_("判定人"), f"{row.judge} · {verdicts.at(row.judged_at, view.zone)}" if row.judge else ""),
        (_("依据"), row.note),
    ]
    files = history.gallery(row.evidence) if row.evidence else None
    return verdicts.opened(
        _("抽查 %(number)s", number=row.number), view.close_href, verdicts.facts(pairs), files, _judge(one, view)
    )


def _judge(one: SampleEntry, view: FindingsPage) -> Component | None:
    if "sample" not in view.may or view.drawn is None:
        return None
    choices = [("true", _("属实")), ("false", _("不实")), ("unclear", _("无法判断"))]
    fields = [
        forms.choice("verdict", _("记录属实吗"), choices, one.row.verdict or ""),
        forms.line("note", _("依据"), rows=3),
        forms.files("evidence", _("照片（可不附）"), needed=False),
    ]
    api = f"PUT /api/v1/draws/{view.drawn.id}/samples/{one.row.county_code}/{one.row.id}"
    return verdicts.part(_("由您判定"), forms.form(api, fields, _("判定"), result=_("已判定")))


def _draw_form(view: FindingsPage) -> Component:
    fields = [forms.line("seed", _("种子（先公布，如开奖号码）")), forms.line("size", _("每个辖区抽几件"), "3")]
    return forms.form(
        f"POST /api/v1/editions/{view.edition}/draws", fields, _("抽取案件"), result=_("已抽取 {all.drawn} 件")
    )
