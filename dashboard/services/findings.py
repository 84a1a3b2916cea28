"""Gaming detectors beside the score: looked for, listed, judged by a person. A finding moves no score by itself."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from dashboard.deps import Deps
from dashboard.detectors import load_detectors
from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.detect import run
from dashboard.domain.evaluation.detect.model import VERDICTS, Detector
from dashboard.domain.numbers import case_number
from dashboard.domain.people import SYSTEM, Person
from dashboard.services import parties
from dashboard.services.finding_words import VERDICTS as WORDS
from dashboard.services.ids import new_id
from dashboard.services.watched import watched
from dashboard.services.words import actor, english, named
from dashboard.views.findings import CaseMark, DetectorTold, FindingRow, Findings, Looked
from data.models import Finding
from data.queries import findings as reads
from data.queries.regions import get_region
from data.writes.audit import add_audit
from data.writes.findings import add_findings
from data.writes.verdicts import lock

JUDGE = "finding.judge"
ROWS = 1000
_NOTE = 2000


def look(deps: Deps, edition_id: UUID, person: Person = SYSTEM) -> Looked:
    """Run all detectors over the edition's period and keep what is new; again, it finds the same and adds nothing.

    Raises NotFound for an edition that is not there or not theirs to see, UserError where they do not judge all of it.
    """
    detectors, now = load_detectors(), deps.clock()
    with deps.database.read() as session:
        edition, region = parties.get_seen(session, person, edition_id)
        parties.check_granted(person, JUDGE, region)
        seen = watched(session, edition, detectors.history_days)
    looks = run(detectors.rows, seen)
    rows = [{"id": new_id(now), "edition_id": edition_id, "detector": key, "region_code": one.region, "key": one.key,
             "cases": list(one.cases), "figures": dict(one.figures), "found_at": now}
            for key, look_ in looks.items() for one in look_.found]  # fmt: skip
    with deps.database.write() as session:
        new = add_findings(session, rows)
        detail = {key: {"asked": one.asked, "found": len(one.found)} for key, one in looks.items()}
        add_audit(session, now, person, "finding.look", subject=str(edition_id), region=edition.region_code,
                  detail=detail)  # fmt: skip
    return Looked(str(edition_id), len(rows), new, sum(one.asked for one in looks.values()),
                  round(sum(one.expected for one in looks.values()), 2))  # fmt: skip


def list_findings(deps: Deps, person: Person, edition_id: UUID, *, detector: str = "", verdict: str = "") -> Findings:
    """In the regions that the person judges. `verdict` "open": not judged yet; "": all. Counts are of all of them."""
    if verdict not in ("", "open", *VERDICTS):
        raise UserError("verdict", "no such verdict", got=verdict, allowed=("open", *VERDICTS))
    rules = load_detectors().rows
    if detector and detector not in rules:
        raise UserError("detector", "no such detector", got=detector, allowed=rules)
    with deps.database.read() as session:
        parties.get_seen(session, person, edition_id)
        rows = reads.list_findings(session, person.scope(JUDGE), edition_id, limit=ROWS)
        names = reads.names_of(
            session, {code for row in rows for code in (row.region_code, row.figures.get("place"))} - {None}
        )
    shown = [row for row in rows if detector in ("", row.detector) and verdict in ("", row.verdict or "open")]
    return Findings(str(edition_id), tuple(_told(rule, rows) for rule in rules.values()),
                    tuple(_row(row, rules, names) for row in shown))  # fmt: skip


def judge(deps: Deps, person: Person, finding_id: UUID, verdict: str, note: str = "") -> FindingRow:
    """Say what a finding is. It can be judged again; the audit log keeps both. Raises UserError without a note."""
    if verdict not in VERDICTS:
        raise UserError("verdict", "no such verdict", got=verdict, allowed=VERDICTS)
    if not note.strip() or len(note) > _NOTE:
        raise UserError("note", "a verdict says why", got=note, allowed=f"1 to {_NOTE} characters")
    now = deps.clock()
    with deps.database.write() as session:
        row = lock(session, Finding, finding_id)
        get_region(session, person.scope(JUDGE), row.region_code)
        before = row.verdict
        row.verdict, row.judged_at, row.judged_by, row.judge = verdict, now, person.id, person.name
        row.note = note.strip()
        add_audit(session, now, person, "finding.judge", subject=str(finding_id), region=row.region_code,
                  reason=row.note, detail={"verdict": verdict, "before": before})  # fmt: skip
        names = reads.names_of(session, {row.region_code, row.figures.get("place", "")})
        return _row(row, load_detectors().rows, names)


def _told(rule: Detector, rows: Sequence[Finding]) -> DetectorTold:
    counts = Counter(row.verdict or "open" for row in rows if row.detector == rule.key)
    return DetectorTold(rule.key, named(rule), rule.rule_en if english() else rule.rule,
                        rule.source, rule.least, rule.false_alarms, sum(counts.values()),
                        **{name: counts[name] for name in (*VERDICTS, "open")})  # fmt: skip


def _row(row: Finding, rules: Mapping[str, Detector], names: Mapping[str, str]) -> FindingRow:
    figures, rule = row.figures, rules.get(row.detector)
    place = names.get(figures.get("place", ""), "") or figures.get("unit", "")
    return FindingRow(
        str(row.id), row.detector, named(rule) if rule else row.detector, row.region_code,
        names.get(row.region_code, row.region_code), place, tuple(_mark(case) for case in row.cases), dict(figures),
        row.found_at, row.verdict, row.verdict and str(WORDS[row.verdict]), actor(row.judge), row.judged_at, row.note,
    )  # fmt: skip


def _mark(case: str) -> CaseMark:
    county, _, key = case.partition(":")
    return CaseMark(county, key, case_number(UUID(key)))
