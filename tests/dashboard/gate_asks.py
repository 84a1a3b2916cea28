"""How to ask each route, and each callback, for something of county K2. One row each; a new one without a row fails.

`seen`: the role of county K2 that is told by the same question, so that a question which nobody is told anything by
does not pass for a refusal. "": the route changes something or answers with yes and no.
"""

from dataclasses import dataclass, field
from urllib.parse import quote

from dashboard.schemes import SHIPPED
from tests.dashboard.gate_world import CASE, FILE, NUMBER, THERE, THING

CASE_ID, THING_ID, SHA = str(CASE[THERE]), str(THING[THERE]), FILE[THERE]
KEY = f"K2:{CASE_ID}"
USER = "/api/v1/users/{user}"
TITLE = quote("沿街商铺飞线充电")
FIGURES = "/api/v1/schemes/peace_index"
EDITION = f"/api/v1/editions/{THING_ID}"
NEXT = (SHIPPED / "process.toml").read_text("utf-8").replace("version = 1", "version = 2").replace("A = 85", "A = 86")


@dataclass(frozen=True)
class Ask:
    """`path` may hold {user}, {grant} and {kiosk} of county K2."""

    path: str
    seen: str = ""
    method: str = "GET"
    json: dict | None = None
    form: dict | None = None
    data: bytes | None = None
    headers: dict = field(default_factory=dict)


def post(path: str, json: dict, method: str = "POST") -> Ask:
    return Ask(path, method=method, json=json)


def send(path: str, form: dict) -> Ask:
    return Ask(path, method="POST", form=form)


CODE = "code and words, the same for everybody"
RULES = "rules by which all are judged, the same for everybody who may see evaluations"
SELF = "speaks of the asker alone, and takes nothing that names anything else"
BELOW = "asked callback by callback, see SURFACES"
ANSWERS: dict[str, tuple[Ask, ...] | str] = {
    "home": "leads to a surface",
    "shared_assets": CODE, "field.shell": CODE, "field.asset": CODE, "field.manifest": CODE, "field.worker": CODE,
    "public.asset": CODE, "wall_api.set_language": CODE, "sign_in.show": CODE,
    "wall_api.get_health": "a number that grows", "wall_api.get_version": "a number that grows",
    "sign_in.enter": SELF, "sign_in.leave": SELF, "v1.sign_in": SELF, "v1.sign_out": SELF, "v1.me": SELF,
    "v1.own_password": (post("/api/v1/me/password", {"old": "not it at all", "new": "another sentence"}),),
    "v1.about": CODE, "v1.openapi": CODE, "v1.catalogue": CODE,
    "sign_in.kiosk": (Ask("/kiosk/{kiosk}"),),
    "v1.list_cases": (Ask("/api/v1/cases?region=K2", "leader"), Ask("/api/v1/cases", "dispatcher"),
                      Ask("/api/v1/cases?region=G5", "verifier"), Ask("/api/v1/cases?state=handling&limit=200", "handler"),
                      Ask("/api/v1/cases?region=P"), Ask("/api/v1/cases?q=%E4%BA%8B", "supervisor")),
    "v1.get_case": (Ask(f"/api/v1/cases/K2/{CASE_ID}", "leader"), Ask(f"/api/v1/cases/K1/{CASE_ID}")),
    "v1.get_reporter": (Ask(f"/api/v1/cases/K2/{CASE_ID}/reporter?reason=call", "dispatcher"),),
    "v1.act": tuple(post(f"/api/v1/cases/{county}/{CASE_ID}/actions", {"action": action, "inputs": inputs})
                    for county in ("K1", "K2") for action, inputs in (
                        ("supervise", {"level": "yellow"}), ("handle", {"note": "x"}), ("progress", {"note": "x"}),
                        ("void", {"reason": "entered_by_mistake"}), ("verify", {}), ("accept", {}))),
    "v1.report_case": (post("/api/v1/cases", {"place": "G5", "kind": "fire", "title": "x"}),
                       post("/api/v1/cases", {"place": "K2", "kind": "fire", "title": "x"})),
    "v1.similar": (Ask(f"/api/v1/similar?place=G5&kind=fire&lon=120&lat=30&title={TITLE}", "dispatcher"),),
    "v1.put_evidence": (Ask(f"/api/v1/evidence/{SHA}", method="PUT", data=b"x", headers={"Content-Type": "image/jpeg"}),),
    "v1.get_evidence": (Ask(f"/api/v1/evidence/{SHA}?size=thumb", "leader"), Ask(f"/api/v1/evidence/{SHA}?size=full", "handler")),
    "v1.record_patrol": (post("/api/v1/patrols", {"place": "G5"}),),
    "v1.list_patrols": (Ask("/api/v1/patrols?region=K2", "leader"), Ask("/api/v1/patrols", "leader")),
    "v1.put_device": (post("/api/v1/devices/00000000-0000-0000-0000-0000000000d1", {"unsent": 1}, "PUT"),),
    "v1.unsent": (Ask("/api/v1/devices/unsent?region=K2"),),
    "v1.inbox": (Ask("/api/v1/inbox", "handler"), Ask("/api/v1/inbox", "grid_worker"), Ask("/api/v1/inbox?region=K2")),
    "v1.issue_directive": (post("/api/v1/directives", {"region": "K2", "text": "x", "roles": ["grid_worker"], "due_in": "2h"}),
                           post("/api/v1/directives", {"region": "K1", "text": "x", "roles": ["grid_worker"], "due_in": "2h",
                                                       "case": {"county_code": "K2", "id": CASE_ID}})),
    "v1.list_directives": (Ask("/api/v1/directives?box=issued", "leader"), Ask("/api/v1/directives?box=mine", "grid_worker"),
                           Ask("/api/v1/directives?box=region&region=K2", "leader"), Ask("/api/v1/directives?box=region")),
    "v1.get_directive": (Ask(f"/api/v1/directives/{THING_ID}", "leader"),),
    "v1.withdraw_directive": (Ask(f"/api/v1/directives/{THING_ID}", method="DELETE"),),
    "v1.receive_directive": (post(f"/api/v1/directives/{THING_ID}/receipts", {"step": "read"}),),
    "v1.offer_wall": (post("/api/v1/walls", {"wall": "w1", "search": "?region=K2"}),),
    "v1.claim_wall": (post("/api/v1/walls/claim", {"code": "nothing"}),),
    "v1.drive_wall": (post("/api/v1/walls/w-of-k2/drive", {"search": "?region=K2"}),),
    "v1.show_wall": (Ask("/api/v1/walls/w-of-k2"),),
    "v1.report_wall": (post("/api/v1/walls/w-of-k2", {"search": "?region=K2"}, "PUT"),),
    "v1.end_wall": (Ask("/api/v1/walls/w-of-k2", method="DELETE"),),
    "v1.list_users": (Ask("/api/v1/users", "administrator"),),
    "v1.create_user": (post("/api/v1/users", {"login": "new", "name": "New", "grants": [{"role": "leader", "region": "K2"}]}),
                       post("/api/v1/users", {"login": "new", "name": "New", "grants": []})),
    "v1.create_grant": (post(f"{USER}/grants", {"role": "leader", "region": "K1"}),
                        post(f"{USER}/grants", {"role": "leader", "region": "K2"})),
    "v1.revoke_grant": (Ask(f"{USER}/grants/{{grant}}", method="DELETE"),),
    "v1.reset_password": (post(f"{USER}/password", {}),),
    "v1.disable_user": (post(f"{USER}/disable", {}),),
    "v1.list_regions": (Ask("/api/v1/regions?q=%E4%B9%99", "administrator"), Ask("/api/v1/regions?q=2", "leader")),
    "v1.list_kiosks": (Ask("/api/v1/kiosks", "administrator"),),
    "v1.create_kiosk": (post("/api/v1/kiosks", {"name": "x", "region": "K2"}),),
    "v1.revoke_kiosk": (Ask("/api/v1/kiosks/{kiosk}", method="DELETE"),),
    "v1.audit": (Ask("/api/v1/audit", "auditor"), Ask("/api/v1/audit?action=case.", "auditor")),
    "v1.list_editions": (Ask("/api/v1/editions", "leader"), Ask("/api/v1/editions?scheme=process", "evaluator")),
    "v1.open_edition": (post("/api/v1/editions", {"region": "K2", "month": "2026-01"}),),
    "v1.get_edition": (Ask(EDITION, "leader"),),
    "v1.run_edition": (post(f"{EDITION}/actions", {"action": "archive", "version": 1}),),
    "v1.publish_edition": (post(f"{EDITION}/publication", {"version": 1}),),
    "v1.reissue_edition": (post(f"{EDITION}/issues", {"note": "because"}),),
    "v1.list_edition_steps": (Ask(f"{EDITION}/steps"),),
    "v1.get_edition_figures": (Ask(f"{EDITION}/figures", "auditor"),),
    "v1.trace_score": (Ask(f"{EDITION}/trace?region=T3"),),
    "v1.list_cases_behind": (Ask(f"{EDITION}/cases?region=T3&indicator=closing_on_time"),),
    "v1.get_edition_difference": (Ask(f"{EDITION}/difference?old={THING_ID}"),),
    "v1.get_edition_archive": (Ask(f"{EDITION}/archive"),),
    "v1.list_findings": (Ask(f"/api/v1/editions/{THING_ID}/findings", "evaluator"),
                         Ask(f"/api/v1/editions/{THING_ID}/findings?verdict=open", "auditor")),
    "v1.look_for_findings": (post(f"/api/v1/editions/{THING_ID}/findings", {}),),
    "v1.judge_finding": (post(f"/api/v1/findings/{THING_ID}", {"verdict": "gaming", "note": "x"}, "PUT"),),
    "v1.list_draws": (Ask(f"/api/v1/editions/{THING_ID}/draws", "leader"),),
    "v1.draw_samples": (post(f"/api/v1/editions/{THING_ID}/draws", {"seed": "x", "size": 3}),),
    "v1.get_draw": (Ask(f"/api/v1/draws/{THING_ID}", "verifier"),),
    "v1.judge_sample": (post(f"/api/v1/draws/{THING_ID}/samples/K2/{CASE_ID}", {"verdict": "true", "note": "been there"},
                             "PUT"),),
    "v1.counts_against": SELF,
    "v1.list_appeals": (Ask(f"/api/v1/editions/{THING_ID}/appeals"),),
    "v1.file_appeal": (post(f"/api/v1/editions/{THING_ID}/appeals", {"claim": "wrong", "wish": {
        "subject": "deduction", "region": "K2", "deduction": THING_ID, "removed": True}}),),
    "v1.get_appeal": (Ask(f"/api/v1/appeals/{THING_ID}"),),
    "v1.decide_appeal": (post(f"/api/v1/appeals/{THING_ID}/decision", {"upheld": True, "decision": "as wished"}),),
    "v1.withdraw_appeal": (post(f"/api/v1/appeals/{THING_ID}/withdrawal", {}),),
    "v1.list_deductions": (Ask("/api/v1/deductions?region=K2", "leader"), Ask("/api/v1/deductions", "evaluator")),
    "v1.propose_again": (Ask("/api/v1/deductions/again?region=K2&rule=x&day=2026-06-18"),),
    "v1.record_deduction": (post("/api/v1/deductions", {"region": "K2", "rule": "x", "day": "2026-06-18",
                                                        "reason": "because", "evidence": [SHA]}),),
    "v1.withdraw_deduction": (post(f"/api/v1/deductions/{THING_ID}/withdrawal", {"why": "because"}),),
    "v1.list_vetoes": (Ask("/api/v1/vetoes?region=K2", "leader"), Ask("/api/v1/vetoes", "auditor")),
    "v1.decide_veto": (post("/api/v1/vetoes", {"region": "K2", "basis": "because", "proposed_by": "somebody",
                                               "decided_on": "2026-06-18", "evidence": [SHA]}),),
    "v1.lift_veto": (post(f"/api/v1/vetoes/{THING_ID}/lifting", {"why": "because"}),),
    "v1.list_problems": (Ask("/api/v1/problems?region=K2", "leader"), Ask("/api/v1/problems", "supervisor"),
                         Ask("/api/v1/problems?region=P")),
    "v1.list_own_problems": (Ask("/api/v1/problems/mine", "handler"), Ask("/api/v1/problems/mine?region=K2", "evaluator")),
    "v1.get_problem": (Ask(f"/api/v1/problems/{THING_ID}", "leader"),),
    "v1.open_problem": (post("/api/v1/problems", {"region": "K2", "title": "somewhere", "origin": "inspection", "steps": {
        step: {"owner": "unit", "due_on": "2026-07-01"} for step in ("find", "handle", "generalise", "rule")}}),),
    "v1.act_on_problem": tuple(post(f"/api/v1/problems/{THING_ID}/steps/find", {"act": act, "proof": "done it"})
                               for act in ("done", "check", "send_back")),
    "v1.close_problem": (post(f"/api/v1/problems/{THING_ID}/closing", {}),),
    "v1.list_listings": (Ask(f"/api/v1/editions/{THING_ID}/listings", "leader"),),
    "v1.add_listing": (post(f"/api/v1/editions/{THING_ID}/listings", {"region": "T3", "side": "red", "reason": "because",
                                                                      "evidence": [SHA]}),),
    "v1.withdraw_listing": (post(f"/api/v1/listings/{THING_ID}/withdrawal", {"why": "because"}),),
    "v1.list_rungs": (Ask("/api/v1/rungs?region=K2", "leader"), Ask("/api/v1/rungs", "dispatcher")),
    "v1.climb": (post("/api/v1/rungs", {"region": "K2", "rung": "notice", "basis": "because", "due_on": "2026-07-01"}),),
    "live_api.get_live": (Ask("/live?after=0", "leader"), Ask("/live?after=0&region=K2", "handler"),
                          Ask("/live?after=0&region=K2&topics=case,directive,patrol,device,drive&wall=w-of-k2", "leader")),
    "wall_api.get_cases": (Ask("/wall/cases.csv?list=open&region=K2", "leader"), Ask("/wall/cases.csv?list=open", "auditor"),
                           Ask("/wall/cases.csv?list=open&at=K2", "evaluator"), Ask("/wall/cases.csv?list=open&region=P")),
    "desk_csv": (Ask("/desk/cases.csv?region=K2&tab=open", "dispatcher"), Ask("/desk/cases.csv?tab=open", "auditor"),
                 Ask("/desk/cases.csv?region=P&tab=open")),
    "desk_xlsx": (Ask("/desk/cases.xlsx?region=K2&tab=open", "dispatcher"), Ask("/desk/cases.xlsx?tab=open", "evaluator")),
    "ranking_csv": (Ask(f"/desk/ranking.csv?edition={THING_ID}", "evaluator"), Ask("/desk/ranking.csv?region=K2", "leader")),
    "ranking_xlsx": (Ask(f"/desk/ranking.xlsx?edition={THING_ID}", "auditor"), Ask("/desk/ranking.xlsx?region=K2")),
    "verdicts_csv": tuple(Ask(f"/desk/verdicts.csv?section={part}", seen) for part, seen in (
        (f"appeals&edition={THING_ID}", ""), ("problems", "leader"), ("problems&at=K2", "handler"),
        (f"findings&edition={THING_ID}", "evaluator"), ("problems&show=rungs", "leader"),
        (f"problems&show=lists&edition={THING_ID}", "leader"), ("problems&show=deductions", "evaluator"))),
    "verdicts_xlsx": (Ask("/desk/verdicts.xlsx?section=problems", "leader"),),
    "wall_shapes": (Ask("/wall/shapes.svg?region=K2"), Ask("/wall/shapes.svg?region=K2&view=tile", "leader"),
                    Ask("/wall/shapes.svg?region=C1&view=tile")),
    "desk_ground": (Ask("/desk/ground.svg?region=K2"), Ask("/desk/ground.svg?region=C1"), Ask("/desk/ground.svg")),
    "v1.list_schemes": RULES, "v1.get_scheme": RULES, "v1.get_scheme_changes": RULES,
    "v1.save_scheme": (post("/api/v1/schemes", {"text": "key = 1", "note": "x"}), post("/api/v1/schemes", {
        "text": NEXT, "note": "x"})),
    "v1.revise_scheme": (post("/api/v1/schemes/process/versions", {"base": 1, "note": "x", "cuts": {"A": 86}}),),
    "v1.list_tables": (Ask(f"{FIGURES}/tables", "evaluator"), Ask(f"{FIGURES}/tables?month=2026-05", "leader")),
    "v1.add_table": (Ask(f"{FIGURES}/tables?month=2026-05&name=x&source=x", method="POST", headers={"Content-Type": "text/csv"},
                         data=b"region,env_pm25\nK2,30\n"),),
    "v1.withdraw_table": (Ask(f"{FIGURES}/tables/{THING_ID}?reason=x", method="DELETE"),),
    "v1.export_table": (Ask(f"{FIGURES}/export?month=2026-05", "evaluator"),
                        Ask(f"{FIGURES}/export?month=2026-05&form=xlsx", "leader")),
    "public.home": CODE, "public.choose_kind": CODE, "public.say": CODE, "public.choose_place": CODE, "public.ask": CODE,
    "public.track": (send("/public/track", {"number": NUMBER[THERE], "secret": "wrong"}),),
    "public.rate": (send("/public/rate", {"number": NUMBER[THERE], "secret": "wrong", "rating": "1"}),),
    "public.reopen": (send("/public/reopen", {"number": NUMBER[THERE], "secret": "wrong", "reason": "relapse"}),),
    "public.send": "residents report in any place; what they may see of it is asked by public.track",
    "public.guess_place": "names of places are public", "v1.public_form": "names of places are public",
    "v1.public_report": "residents report in any place; what they may see of it is asked by v1.public_case",
    "v1.public_case": (Ask(f"/api/v1/public/cases/{NUMBER[THERE]}", headers={"X-Case-Secret": "wrong"}),),
    "v1.public_rating": (post(f"/api/v1/public/cases/{NUMBER[THERE]}/rating", {"secret": "wrong", "rating": 1}),),
    "v1.public_reopening": (post(f"/api/v1/public/cases/{NUMBER[THERE]}/reopening", {"secret": "wrong"}),),
}  # fmt: skip
for _base in ("wall", "desk"):
    ANSWERS |= {f"/{_base}/{part}": CODE for part in (
        "", "<path:path>", "_dash-component-suites/<string:package_name>/<path:fingerprinted_path>", "_dash-dependencies",
        "_favicon.ico", "_reload-hash")}  # fmt: skip
    ANSWERS |= {f"_{_base}_dash_assets.static": CODE, f"/{_base}/_dash-update-component": BELOW,
                f"/{_base}/_dash-layout": (Ask(f"/{_base}/_dash-layout"), Ask(f"/{_base}/_dash-layout?region=K2"))}  # fmt: skip

_WALL = ("", "?region=K2", f"?region=K2&case={CASE_ID}", f"?case={CASE_ID}", "?region=K2&list=open", "?list=open&at=K2",
         "?region=P", "?region=C1&view=tile", f"?directive={THING_ID}", "?region=K2&order=new", "?region=K2&page=ranking",
         "?region=K2&page=ranking&score=T3", "?region=K2&page=ranking&score=T3&node=handling",
         "?region=K2&page=ranking&score=T3&node=accept_on_time&behind=base")  # fmt: skip
_DESK = ("", "?region=K2", f"?case={KEY}", f"?region=K2&case={KEY}", "?region=K2&tab=open", "?tab=open", "?region=P&tab=red",
         "?section=people", "?section=audit", "?section=directives", "?section=patrols&region=K2",
         "?section=ranking&region=K2", f"?section=ranking&edition={THING_ID}",
         f"?section=ranking&edition={THING_ID}&view=cases&at=T3&node=rework", "?section=problems",
         f"?section=problems&item={THING_ID}",
         f"?section=problems&show=lists&edition={THING_ID}", "?section=problems&show=deductions", "?section=problems&show=rungs",
         f"?section=appeals&edition={THING_ID}", f"?section=appeals&edition={THING_ID}&item={THING_ID}",
         "?section=schemes&show=tables", f"?section=findings&edition={THING_ID}&item={THING_ID}",
         f"?section=findings&show=audit&edition={THING_ID}&item={THING_ID}")  # fmt: skip
_ASKED = tuple({"action": action, "cases": [{"key": KEY, "version": 1}], "chosen": {}} for action in (
    "dispatch", "supervise", "progress", "handle", "merge", "unmask"))  # fmt: skip
_ORDERS = tuple({"action": action, "cases": [{"key": KEY, "version": 1}], "inputs": inputs} for action, inputs in (
    ("supervise", {"level": "yellow"}), ("progress", {"note": "x"}), ("handle", {"note": "x"}),
    ("void", {"reason": "entered_by_mistake"})))  # fmt: skip
_CHANGE = {
    "seq": 1,
    "topic": "case",
    "action": "report",
    "ref": CASE_ID,
    "path": ["P", "C1", "K2", "T3", "V4", "G5"],
    "unit": None,
    "detail": {"kind": "fire", "severity": "01", "state": "reported", "county_code": "K2", "version": 1},
}
# surface -> what stands for each input and state of its callbacks: an "id.property" that ends in the key
INPUTS: dict[str, dict[str, tuple]] = {
    "/wall/": {"wall-url.search": _WALL, "wall-place.data": _WALL, "wall-announce-told.data": (_CHANGE,)},
    "/desk/": {
        "desk-url.search": _DESK,
        "desk-place-*.data": tuple({"search": search} for search in _DESK),
        "desk-queue-pick.data": (None, KEY),
        "desk-queue-near.data": ([KEY],),
        "desk-queue-grid.getRowsRequest": ({"startRow": 0, "endRow": 50, "sortModel": [], "filterModel": {}},),
        "desk-action-ask.data": _ASKED,
        "desk-action-command.data": _ORDERS,
        "desk-filters-save.data": ({"drop": "mine"},),
        "desk-scheme-pairs.data": ({"node": "intake", "pairs": {"accept_on_time~accurate_dispatch": 3}},),
        "desk-ranking-weights.data": ({"weights": {"intake": 1, "handling": 3}},),
    },
}  # fmt: skip
