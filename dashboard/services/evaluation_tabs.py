"""Tabs over the sections about evaluation, the edition that a page of verdicts means, and what such pages share: paging."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from dashboard.domain.desk_state import EVALUATION, sections_of
from dashboard.services import desk_words
from dashboard.services.appeal_lists import list_appeals
from dashboard.services.desk_frame import Desk
from dashboard.services.edition_words import issue_words
from dashboard.services.parties import spoken_for
from dashboard.services.verdict_words import FAULTS
from dashboard.services.workshop_frame import Workshop
from dashboard.views.desk import Link
from dashboard.views.editions import EditionHead
from dashboard.views.evaluation import Paging, TabsView

ABOUT_EDITIONS = ("appeals", "problems", "findings")
ROWS, MOST_EDITIONS = 30, 24


def tabs(desk: Desk) -> TabsView:
    """Outside of these sections nothing but the words for faults."""
    faults = {key: str(words) for key, words in FAULTS.items()}
    if desk.state.section not in EVALUATION:
        return TabsView((), (), "", faults)
    mine = [section for section in EVALUATION if section in sections_of(desk.person)]
    head = edition(desk)
    key = (head and str(head.id)) or desk.state.edition
    links = tuple(
        Link(one, _("名次") if one == "ranking" else str(desk_words.SECTIONS[one]), desk.state.bare(section=one, edition=key),
             _count(desk, head, one), one == desk.state.section)
        for one in mine
    )  # fmt: skip
    if desk.state.section not in ABOUT_EDITIONS or not desk.person.can("evaluation.view"):
        return TabsView(links, (), "", faults)
    return TabsView(links, _editions(desk, head), titled(head) if head else "", faults)


def _count(desk: Desk, head: EditionHead | None, section: str) -> int | None:
    """Appeals that wait; the other tabs count nothing."""
    if section != "appeals" or head is None or not desk.person.can("evaluation.view"):
        return None
    return sum(one.state == "filed" for one in list_appeals(desk.deps, desk.person, head.id).rows) or None


def _editions(desk: Desk, head: EditionHead | None) -> tuple[Link, ...]:
    heads = [one for one in Workshop(desk).heads if one.frozen_at is not None][:MOST_EDITIONS]
    return tuple(
        Link(str(one.id), _("%(title)s · %(state)s", title=titled(one), state=one.state_label),
             desk.state.bare(edition=str(one.id), show=desk.state.show), on=head is not None and one.id == head.id)
        for one in heads
    )  # fmt: skip


def edition(desk: Desk) -> EditionHead | None:
    """The one of the URL, else the newest that has figures; None: there is none, or they see none."""
    return Workshop(desk).head if desk.person.can("evaluation.view") else None


def appeal_link(desk: Desk, head: EditionHead | None, region: str, **about: str) -> str:
    """To the form of an appeal of the region `about` something in the edition (DeskState's node, show, item); "" for
    whoever does not speak for the region, and while no appeals are taken."""
    if head is None or region not in spoken_for(desk.person) or not list_appeals(desk.deps, desk.person, head.id).taken:
        return ""
    return desk.state.bare(section="appeals", edition=str(head.id), at=region, **{"item": "new", **about})


def titled(head: EditionHead) -> str:
    name = _("%(place)s %(year)s 年 %(month)s 月", place=head.place, year=head.start.year, month=head.start.month)
    return " · ".join(part for part in (name, head.scheme_name, issue_words(head.issue)) if part)


def paged(desk: Desk, rows: Sequence, size: int = ROWS) -> tuple[Sequence, Paging]:
    """The rows of the page that the URL means, the last one where there are fewer."""
    pages = max(1, -(-len(rows) // size))
    page = min(desk.state.p, pages)
    before = desk.state.to(p=page - 1, item="") if page > 1 else ""
    after = desk.state.to(p=page + 1, item="") if page < pages else ""
    return rows[(page - 1) * size : page * size], Paging(len(rows), page, pages, before, after)


def links(desk: Desk, name: str, choices: Iterable[tuple[str, str, int | None]]) -> tuple[Link, ...]:
    """Filters: each sets `name` of the state; (key, words, count)."""
    now = getattr(desk.state, name)
    return tuple(
        Link(key, words, desk.state.to(**{name: key, "p": 1, "item": ""}), count, key == now)
        for key, words, count in choices
    )


def regions_of(desk: Desk, rows: Iterable[tuple[str, str]]) -> tuple[Link, ...]:
    """A filter by region, of those that have rows: (code, name) of each row."""
    counts: dict[tuple[str, str], int] = {}
    for one in rows:
        counts[one] = counts.get(one, 0) + 1
    known = sorted(counts, key=lambda one: (-counts[one], one[0]))
    return links(desk, "at", [("", _("全部辖区"), None), *((code, name, counts[code, name]) for code, name in known)])


def case_link(desk: Desk, county: str | None, case: str | None) -> str:
    """To the page of a case, "" without one."""
    if not county or not case or not desk.person.can("case.read"):
        return ""
    return desk.state.bare(section="board", case=f"{county}:{case}")
