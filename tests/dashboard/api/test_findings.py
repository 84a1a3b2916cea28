"""Findings, random audits and what counts against a grid, as programs meet them."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import update

from data.models import Finding
from tests.auditing import EDITION, END, JUNE, add_case, an_edition, freeze, mark
from tests.dashboard.api.client import Api

ALL = f"/editions/{EDITION}"


def in_july(api: Api) -> Api:
    """G1 with a burst, in an edition of K1's townships that is frozen."""
    api.moment = END + timedelta(days=1)
    with api.deps.database.write() as session:
        an_edition(session, region="K1", level="township")
        for n in range(30):
            add_case(session, n, JUNE + timedelta(days=n))
        for n in range(30, 38):
            add_case(session, n, JUNE + timedelta(days=3, hours=5, minutes=3 * n))
        freeze(session, {"K1": {"T1": [(UUID(int=n), mark("due_closed", "handled")) for n in range(38)]}})
    return api


def test_findings_are_looked_for_listed_and_judged(api: Api):
    evaluator = in_july(api).by("evaluator")
    looked = evaluator.post(f"{ALL}/findings", {})
    assert (looked.status, looked.body["found"], looked.body["new"]) == (200, 1, 1)
    [row] = evaluator.get(f"{ALL}/findings").body["rows"]
    assert (row["detector"], row["place"], len(row["cases"])) == ("burst", "G1", 8)
    judged = evaluator("PUT", f"/findings/{row['id']}", {"verdict": "harmless", "note": "集中补录前日巡查"})
    assert (judged.status, judged.body["verdict_label"]) == (200, "并无问题")
    assert evaluator.get(f"{ALL}/findings?verdict=open").body["rows"] == []


def test_a_verdict_that_is_none_changes_nothing(api: Api):
    evaluator = in_july(api).by("evaluator")
    evaluator.post(f"{ALL}/findings", {})
    [row] = evaluator.get(f"{ALL}/findings").body["rows"]
    for body in ({"verdict": "guilty", "note": "x"}, {"verdict": "gaming", "note": ""}, {"verdict": "gaming"}, {}):
        assert evaluator("PUT", f"/findings/{row['id']}", body).status == 400
    assert api.by("auditor")("PUT", f"/findings/{EDITION}", {"verdict": "gaming", "note": "x"}).status == 404
    assert api.by("leader").get(f"{ALL}/findings").status == 404
    assert evaluator.get(f"{ALL}/findings?verdict=guilty").status == 400
    assert evaluator.get(f"{ALL}/findings").body["rows"][0]["verdict"] is None


def test_a_draw_is_made_judged_and_published(api: Api):
    evaluator, verifier = in_july(api).by("evaluator"), api.by("verifier")
    made = evaluator.post(f"{ALL}/draws", {"seed": "2026172", "size": 4})
    assert (made.status, made.body["all"]["drawn"]) == (201, 4)
    assert evaluator.post(f"{ALL}/draws", {"seed": "2026172", "size": 4}).status == 400
    one = f"/draws/{made.body['id']}"
    samples = verifier.get(one).body["samples"]
    for n, row in enumerate(samples):
        path = f"{one}/samples/{row['county_code']}/{row['id']}"
        assert verifier("PUT", path, {"verdict": "true" if n else "false", "note": "到现场看过"}).status == 200
    [shown] = api.by("leader").get(f"{ALL}/draws").body["rows"]
    assert (shown["all"]["rate"], shown["all"]["judged"], shown["samples"]) == (0.75, 4, [])
    assert shown["all"]["low"] < 0.75 < shown["all"]["high"]


def test_a_grid_without_a_published_edition_is_told_of_none_and_not_twice(api: Api):
    found = api.by("grid").get("/grid/against")
    assert (found.status, found.body["edition"], found.body["items"]) == (200, None, [])
    again = api.by("grid").get("/grid/against", headers={"If-None-Match": found.headers["ETag"]})
    assert (again.status, again.data) == (304, b"")
    assert api.by(None).get("/grid/against").status == 401


def test_a_finding_of_a_detector_that_is_gone_is_still_told(api: Api):
    """Rows outlive the catalogue: a detector may be taken out of it, or renamed."""
    evaluator = in_july(api).by("evaluator")
    evaluator.post(f"{ALL}/findings", {})
    with api.deps.database.write() as session:
        session.execute(update(Finding).values(detector="forgotten"))
    [row] = evaluator.get(f"{ALL}/findings").body["rows"]
    assert (row["detector"], row["detector_label"]) == ("forgotten", "forgotten")
