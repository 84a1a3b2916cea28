"""A new serious case in words, for the wall to announce. What a stream tells of it carries none."""

from collections.abc import Mapping
from datetime import datetime

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound
from dashboard.domain.scope import Scope
from dashboard.domain.state import WallState
from dashboard.services import words
from dashboard.services.cases import place_words, shown_title
from dashboard.services.frame import Frame
from dashboard.views.announcement import Announcement
from data.queries.cases import get_case
from data.queries.regions import find_regions


def announcement(deps: Deps, state: WallState, scope: Scope, change: Mapping) -> Announcement:
    """`change`: as the stream told it, so anybody's word: all of it is looked up or checked. Raises NotFound.

    A guest is not told which case of a sensitive kind it is; then only kind and county are said, and nothing opens.
    """
    frame, ref = Frame(deps, state, scope), str(change.get("ref") or "")
    with deps.database.read() as session:
        row = _case(session, frame, ref) if ref else _told(frame, change)
        code = row["township_code"] or row["county_code"]
        region = find_regions(session, scope, [code]).get(code)
        if region is None:
            raise NotFound("region", "no such region", got=code)
        named = find_regions(session, scope, {one for _level, one in region.path})
    kind = frame.catalog.kinds[row["kind"]]
    return Announcement(
        ref, row["severity"], str(words.SEVERITIES[row["severity"]]), words.named(kind),
        shown_title(frame, row) if ref and not kind.sensitive else "", place_words(frame, region, named),
        row["reported_at"].astimezone(frame.place.zone), state.closed().to(case=ref) if ref else "",
    )  # fmt: skip


def _case(session, frame: Frame, ref: str) -> dict:
    found = get_case(session, frame.scope, frame.region, ref)
    return {name: getattr(found, name) for name in
            ("kind", "severity", "title", "reported_at", "township_code", "county_code")}  # fmt: skip


def _told(frame: Frame, change: Mapping) -> dict:
    detail = change.get("detail") or {}
    kind, severity, at = detail.get("kind"), detail.get("severity"), str(change.get("at"))
    if kind not in frame.catalog.kinds or severity not in words.SEVERITIES:
        raise NotFound("case", "no such case", got=kind)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise NotFound("case", "no such moment", got=at) from None
    return {"kind": kind, "severity": severity, "reported_at": moment, "township_code": None,
            "county_code": str(detail.get("county_code"))}  # fmt: skip
