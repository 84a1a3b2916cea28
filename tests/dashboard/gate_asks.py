"""How to ask each route, and each callback, for something of county K2. One row each; a new one without a row fails.

`seen`: the role of county K2 that is told by the same question, so that a question which nobody is told anything by
does not pass for a refusal. "": the route changes something or answers with yes and no.
"""

from dataclasses import dataclass, field
from urllib.parse import quote

from tests.dashboard.gate_world import CASE, FILE, NUMBER, THERE, THING

CASE_ID, THING_ID, SHA = str(CASE[THERE]), str(THING[THERE]), FILE[THERE]
KEY = f"K2:{CASE_ID}"
USER = "/api/v1/users/{user}"
TITLE = quote("沿街商铺飞线充电")


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
    "live_api.get_live": (Ask("/live?after=0", "leader"), Ask("/live?after=0&region=K2", "handler"),
                          Ask("/live?after=0&region=K2&topics=case,directive,patrol,device,drive&wall=w-of-k2", "leader")),
    "wall_api.get_cases": (Ask("/wall/cases.csv?list=open&region=K2", "leader"), Ask("/wall/cases.csv?list=open", "auditor"),
                           Ask("/wall/cases.csv?list=open&at=K2", "evaluator"), Ask("/wall/cases.csv?list=open&region=P")),
    "desk_csv": (Ask("/desk/cases.csv?region=K2&tab=open", "dispatcher"), Ask("/desk/cases.csv?tab=open", "auditor"),
                 Ask("/desk/cases.csv?region=P&tab=open")),
    "desk_xlsx": (Ask("/desk/cases.xlsx?region=K2&tab=open", "dispatcher"), Ask("/desk/cases.xlsx?tab=open", "evaluator")),
    "wall_shapes": (Ask("/wall/shapes.svg?region=K2"), Ask("/wall/shapes.svg?region=K2&view=tile", "leader"),
                    Ask("/wall/shapes.svg?region=C1&view=tile")),
    "desk_ground": (Ask("/desk/ground.svg?region=K2"), Ask("/desk/ground.svg?region=C1"), Ask("/desk/ground.svg")),
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
         "?region=P", "?region=C1&view=tile", f"?directive={THING_ID}", "?region=K2&order=new")  # fmt: skip
_DESK = ("", "?region=K2", f"?case={KEY}", f"?region=K2&case={KEY}", "?region=K2&tab=open", "?tab=open", "?region=P&tab=red",
         "?section=people", "?section=audit", "?section=directives", "?section=patrols&region=K2")  # fmt: skip
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
    },
}  # fmt: skip
