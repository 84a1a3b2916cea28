"""The desk's page of appeals against one edition: all of them for all the ranked, one in full, and a new one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask_babel import gettext as _

from dashboard.domain.errors import NotFound
from dashboard.domain.evaluation.appeal import STATES
from dashboard.domain.evaluation.model import Scheme
from dashboard.domain.numbers import case_number
from dashboard.services import words
from dashboard.services.appeal_lists import list_appeals
from dashboard.services.deductions import list_deductions
from dashboard.services.desk_frame import Desk
from dashboard.services.edition_views import difference, get_edition
from dashboard.services.evaluation_tabs import case_link, edition, links, paged, regions_of, titled
from dashboard.services.parties import names_of, spoken_for
from dashboard.services.schemes import scheme as get_scheme
from dashboard.services.verdict_words import APPEAL_STATES, APPEAL_SUBJECTS, CORRECTED
from dashboard.views.appeals import AppealRow
from dashboard.views.desk import Link
from dashboard.views.editions import EditionHead
from dashboard.views.evaluation import AppealEntry, AppealsPage, Field, Moved, NewAppeal, Paging
from data.queries.appeals import find_standing

_KEYS = {  # order of the list
    "": lambda one: (one.state != "filed", one.due_at, one.id),
    "filed": lambda one: (-one.filed_at.timestamp(), one.id),
    "region": lambda one: (one.region, one.id),
}
_NOTHING = Paging(0, 1, 1, "", "")


def page(desk: Desk) -> AppealsPage:
    """Raises NotFound for an edition or appeal out of sight."""
    head = edition(desk)
    if head is None:
        return AppealsPage("", "", False, None, (), (), (), (), _NOTHING, None, None, "", "", "", (), desk.zone)
    found, rows = list_appeals(desk.deps, desk.person, head.id), listed(desk, head)
    mine = _speaks_for(desk, head)
    kept = chosen(desk, rows)
    shown, paging = paged(desk, kept)
    return AppealsPage(
        str(head.id), titled(head), found.taken, found.until, _stages(desk, rows),
        regions_of(desk, ((one.region, one.region_name) for one in rows)), _sorts(desk),
        tuple(_entry(desk, one) for one in shown), paging, _open(desk, rows), _new(desk, head, mine),
        desk.state.to(item="new") if mine and found.taken else "", desk.state.to(item="", show=""),
        desk.state.to(item="", p=1), _moved(desk, head), desk.zone,
    )  # fmt: skip


def listed(desk: Desk, head: EditionHead) -> tuple[AppealRow, ...]:
    """Appeals against the edition and the issues that it corrects: what it says otherwise comes from those."""
    rows = list_appeals(desk.deps, desk.person, head.id).rows
    if head.supersedes is None:
        return rows
    return (*rows, *listed(desk, get_edition(desk.deps, desk.person, head.supersedes)))


def chosen(desk: Desk, rows: Sequence[AppealRow]) -> list[AppealRow]:
    """Those that the filters leave, in the order asked for; those that wait longest first."""
    state = desk.state
    kept = [one for one in rows if state.stage in ("", one.state) and state.at in ("", one.region)]
    return sorted(kept, key=_KEYS.get(state.sort, _KEYS[""]))


def _stages(desk: Desk, rows: Sequence[AppealRow]) -> tuple[Link, ...]:
    counts = {state: sum(one.state == state for one in rows) for state in STATES}
    return links(desk, "stage", [("", _("全部"), len(rows)),
                                 *((key, str(APPEAL_STATES[key]), counts[key]) for key in STATES)])  # fmt: skip


def _sorts(desk: Desk) -> tuple[Link, ...]:
    return links(desk, "sort", [("", _("先到期"), None), ("filed", _("新提交"), None), ("region", _("按辖区"), None)])


def _entry(desk: Desk, one: AppealRow) -> AppealEntry:
    subject = " · ".join(
        part for part in (str(APPEAL_SUBJECTS[one.subject]), one.case_number, one.indicator_name) if part
    )
    return AppealEntry(one, subject,
                       str(APPEAL_STATES[one.state]), said(one.wish), said(one.effect) if one.effect else "",
                       case_link(desk, one.county_code, one.case_id), desk.state.to(item=one.id, show=""),
                       desk.state.item == one.id)  # fmt: skip


def said(correction: Mapping) -> str:
    """How an item has to stand, in words."""
    if correction["subject"] == "value":
        parts = [_("%(name)s改为 %(n)s", name=name, n=f"{correction[key]:g}")
                 for key, name in (("top", _("分子")), ("base", _("分母"))) if key in correction]  # fmt: skip
    else:
        parts = [str(CORRECTED[f"{key}{int(correction[key])}"]) for key in ("top", "base", "again", "secured")
                 if key in correction]  # fmt: skip
        parts += [str(CORRECTED["removed"])] if correction.get("removed") else []
        parts += [_("数量改为 %(n)s", n=f"{correction['units']:g}")] if "units" in correction else []
    return _("、").join(parts)


def _open(desk: Desk, rows: Sequence[AppealRow]) -> AppealEntry | None:
    item = desk.state.item
    if not item or item == "new" or ":" in item:
        return None
    one = next((row for row in rows if row.id == item), None)
    if one is None:
        raise NotFound("appeal", "no such appeal in this edition", got=item)
    return _entry(desk, one)


def _speaks_for(desk: Desk, head: EditionHead) -> tuple[str, ...]:
    """Codes of regions that the person speaks for and the edition ranks."""
    with desk.deps.database.read() as session:
        return tuple(
            sorted(code for code in spoken_for(desk.person) if find_standing(session, head.id, code) is not None)
        )


def _new(desk: Desk, head: EditionHead, mine: Sequence[str]) -> NewAppeal | None:
    item = desk.state.item
    if not (item == "new" or ":" in item) or not mine:
        return None
    scheme = get_scheme(desk.deps, head.scheme_key, head.scheme_version)
    code = desk.state.at if desk.state.at in mine else mine[0]
    with desk.deps.database.read() as session:
        name = names_of(session, [code])[code].name
    subjects = _subjects(desk, scheme)
    subject = desk.state.show if desk.state.show in subjects else next(iter(subjects))
    return NewAppeal(
        str(head.id), code, name,
        tuple(Link(key, str(APPEAL_SUBJECTS[key]), desk.state.to(show=key, item=item if key == subject else "new"),
                   on=key == subject) for key in subjects),
        subject, _case(item) if subject == "case" else None,
        tuple(Field(one.key, words.named(one)) for one in scheme.indicators if one.source == _SOURCES.get(subject)),
        desk.state.node, _deductions(desk, head, code) if subject == "deduction" else (), item.partition(":")[2],
    )  # fmt: skip


_SOURCES = {"case": "cases", "value": "table"}


def _subjects(desk: Desk, scheme: Scheme) -> tuple[str, ...]:
    """What an appeal against this scheme's figures may be about: that of the node in focus first."""
    sources = {one.source for one in scheme.indicators}
    found = [key for key, source in _SOURCES.items() if source in sources]
    node = next((one.source for one in scheme.indicators if one.key == desk.state.node), "")
    return (*sorted(found, key=lambda key: _SOURCES[key] != node), "deduction")


def _case(item: str) -> tuple[str, str, str] | None:
    county, _sep, key = item.partition(":")
    try:
        return (county, key, case_number(UUID(key))) if key else None
    except ValueError:
        raise NotFound("case", "no such case", got=item) from None


def _deductions(desk: Desk, head: EditionHead, code: str) -> tuple[Field, ...]:
    """Of the year, up to the edition's last day."""
    rows = list_deductions(desk.deps, desk.person, head.scheme_key, region=code, year=head.end.year)
    return tuple(
        Field(one.id, f"{one.day:%m-%d} {one.rule_name} −{one.points or 0:g}") for one in rows if one.day <= head.end
    )


def _moved(desk: Desk, head: EditionHead) -> tuple[Moved, ...]:
    """Ranks that appeals changed, of an edition that was issued again."""
    if head.supersedes is None:
        return ()
    rows = difference(desk.deps, desk.person, head.supersedes, head.id).standings
    return tuple(Moved(one.place, *one.rank, *one.score) for one in rows if one.rank[0] != one.rank[1])
