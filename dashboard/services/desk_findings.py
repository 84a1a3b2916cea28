"""The desk's page of findings: what the detectors found in an edition, judged by people, and the random audit beside it."""

from collections.abc import Mapping
from uuid import UUID

from flask_babel import gettext as _

from dashboard.domain.errors import NotFound
from dashboard.domain.evaluation.detect.model import VERDICTS
from dashboard.services import samples
from dashboard.services.desk_frame import Desk
from dashboard.services.evaluation_tabs import case_link, edition, links, paged, titled
from dashboard.services.finding_words import FIGURES
from dashboard.services.finding_words import VERDICTS as VERDICT_WORDS
from dashboard.services.findings import JUDGE, list_findings
from dashboard.services.parties import KEEP
from dashboard.views.desk import Link
from dashboard.views.editions import EditionHead
from dashboard.views.evaluation import FindingEntry, FindingsPage, Paging, SampleEntry
from dashboard.views.findings import DetectorTold, DrawRow, FindingRow, HitRate, SampleRow

MOST_CASES = 12  # cases of a finding that are named
_NOTHING = Paging(0, 1, 1, "", "")


def page(desk: Desk) -> FindingsPage:
    """Raises NotFound for an edition, finding or draw out of sight."""
    head, show = edition(desk), _show(desk)
    if head is None:
        return FindingsPage("", "", (), show, (), (), (), _NOTHING, None, "", "", (), None, (), (), None, frozenset(),
                            desk.zone)  # fmt: skip
    close = desk.state.to(item="")
    if show == "audit":
        return _audit(desk, head, close)
    found = list_findings(desk.deps, desk.person, head.id)
    kept = chosen(desk, found.rows)
    shown, paging = paged(desk, kept)
    item = desk.state.item
    one = next((row for row in found.rows if row.id == item), None)
    if item and one is None:
        raise NotFound("finding", "no such finding", got=item)
    return FindingsPage(
        str(head.id), titled(head), _shows(desk), show, _stages(desk, found.rows), _detectors(desk, found.detectors),
        tuple(_entry(desk, row) for row in shown), paging, _entry(desk, one) if one else None, close,
        desk.state.to(item="", p=1), (), None, (), (), None, _may(desk), desk.zone,
    )  # fmt: skip


def chosen(desk: Desk, rows: tuple[FindingRow, ...]) -> list[FindingRow]:
    """Those that the filters leave: by detector, region and verdict; what is not judged yet first."""
    state = desk.state
    kept = [one for one in rows if state.node in ("", one.detector) and state.at in ("", one.region_code)
            and state.stage in ("", one.verdict or "open")]  # fmt: skip
    return sorted(kept, key=lambda one: (one.verdict is not None, one.detector, one.region_code, one.id))


def _show(desk: Desk) -> str:
    """Whoever judges no findings sees the audit."""
    return "audit" if desk.state.show == "audit" or not desk.person.can(JUDGE) else ""


def _shows(desk: Desk) -> tuple[Link, ...]:
    names = (("", _("异常线索")), ("audit", _("随机抽查")))
    here = _show(desk)
    return tuple(Link(key, name, desk.state.bare(edition=desk.state.edition, show=key), on=key == here)
                 for key, name in names if key or desk.person.can(JUDGE))  # fmt: skip


def _may(desk: Desk) -> frozenset[str]:
    keys = {"look": JUDGE, "judge": JUDGE, "draw": samples.DRAW, "sample": samples.JUDGE}
    return frozenset(key for key, capability in keys.items() if desk.person.can(capability))


def _stages(desk: Desk, rows: tuple[FindingRow, ...]) -> tuple[Link, ...]:
    names = {"open": _("待判定"), **{key: str(VERDICT_WORDS[key]) for key in VERDICTS}}
    return links(desk, "stage", [("", _("全部"), len(rows)), *(
        (key, name, sum((one.verdict or "open") == key for one in rows)) for key, name in names.items())])  # fmt: skip


def _detectors(desk: Desk, told: tuple[DetectorTold, ...]) -> tuple[tuple[DetectorTold, Link], ...]:
    on = desk.state.node
    return tuple(
        (one, Link(one.key, one.name, desk.state.to(node="" if on == one.key else one.key, p=1, item=""), one.found,
                   on == one.key))
        for one in told
    )  # fmt: skip


def _entry(desk: Desk, one: FindingRow) -> FindingEntry:
    cases = tuple(
        Link(case.id, case.number, case_link(desk, case.county_code, case.id)) for case in one.cases[:MOST_CASES]
    )
    problem = desk.state.bare(section="problems", edition=desk.state.edition, at=one.region_code, item="new")
    return FindingEntry(
        one,
        figures(one.figures),
        cases,
        problem if desk.person.scope(KEEP).covers(desk.region) else "",
        desk.state.to(item=one.id),
        desk.state.item == one.id,
    )


def figures(found: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """(what, how much) of a finding; places stand in the row itself, and what has no words is not told."""
    return tuple((str(FIGURES[key]), _figure(value)) for key, value in found.items() if key in FIGURES)


def _figure(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.4g}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _audit(desk: Desk, head: EditionHead, close: str) -> FindingsPage:
    draws = samples.hit_rate(desk.deps, desk.person, head.id)
    key, _sep, case = desk.state.item.partition(":")
    drawn = next((one for one in draws if one.id == key), draws[0] if draws and not key else None)
    if key and drawn is None:
        raise NotFound("draw", "no such draw", got=key)
    full = drawn and _full(desk, drawn)
    entries = tuple(_sample(desk, drawn, one, case) for one in full.samples) if full else ()
    waiting = sorted(entries, key=lambda one: (one.row.verdict is not None, one.row.region_code, one.row.id))
    shown, paging = paged(desk, waiting)
    links_ = tuple((one, Link(one.id, one.seed, desk.state.to(item=one.id), one.size, drawn is not None and one.id == drawn.id))
                   for one in draws)  # fmt: skip
    return FindingsPage(
        str(head.id), titled(head), _shows(desk), "audit", (), (), (), paging, None, close, "", links_, drawn,
        _worst(drawn), tuple(shown), next((one for one in entries if one.on), None), _may(desk), desk.zone,
    )  # fmt: skip


def _full(desk: Desk, drawn: DrawRow) -> DrawRow:
    """With its cases, for whoever judges some."""
    return samples.get_draw(desk.deps, desk.person, UUID(drawn.id)) if desk.person.can(samples.JUDGE) else drawn


def _worst(drawn: DrawRow | None) -> tuple[HitRate, ...]:
    """Regions, those with the lowest upper end of the interval first: where most is certainly wrong."""
    if drawn is None:
        return ()
    return tuple(sorted(drawn.regions, key=lambda one: (one.high is None, one.high or 0, one.region_code)))


def _sample(desk: Desk, drawn: DrawRow, one: SampleRow, case: str) -> SampleEntry:
    href = desk.state.to(item=f"{drawn.id}:{one.id}")
    return SampleEntry(one, case_link(desk, one.county_code, one.id), href, one.id == case)
