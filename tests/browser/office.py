"""Cases for the desk's forms, written as any other door of the product would, and pages that hear nothing more."""

import re
from types import SimpleNamespace

from playwright.sync_api import Locator, expect

from dashboard.catalog import load_catalog
from dashboard.deps import utc_now
from dashboard.domain.commands import Command, Contact, Report
from dashboard.domain.people import SYSTEM
from dashboard.services import casework
from tests.browser.desk import Desk
from tests.browser.records import busy_grid
from tests.browser.servers import Server

COUNTY, UNIT = "330382", "乐清市消防救援"
ASKS_MORE = ("accept", "dispatch", "take", "ask_extension")
INPUTS = {"dispatch": {"unit": UNIT}, "ask_extension": {"limit": "2wd", "reason": "weather"}}
LIVE = re.compile(r"/live(/version)?(\?|$)")


def write_cases(office: Server) -> dict[str, str]:
    """{what it is for: key} of cases written by this process, as any other door of the product would."""
    database = office.database(writable=True)
    deps = SimpleNamespace(database=database, catalog=load_catalog(), clock=utc_now, evidence=None)
    steps = {"handling": ("accept", "dispatch", "take"), "reported": (), "one": ASKS_MORE, "two": ASKS_MORE,
             "stale": (), "gone": ()}  # fmt: skip
    grid = busy_grid(office, COUNTY).code
    out = {}
    try:
        for name, actions in steps.items():
            done = casework.report(deps, SYSTEM, Report(grid, "fire", f"案件 {name}", "public",
                                                        contact=Contact("演示·居民", "13900000000")))  # fmt: skip
            key = (done.county_code, done.id)
            for action in actions:
                casework.act(deps, SYSTEM, key, Command(action, None, INPUTS.get(action, {})))
            out[name] = f"{done.county_code}:{done.id}"
    finally:
        database.engine.dispose()
    return out


def word(told: Locator) -> str:
    """The password at the end of what was said."""
    expect(told).to_contain_text("只显示这一次")
    return told.inner_text().rpartition("：")[2].strip()


def enters(browser, office: Server, login: str, password: str) -> bool:
    context = browser.new_context()
    answer = context.request.post(f"{office.base}/api/v1/session", data={"login": login, "password": password})
    context.close()
    return answer.status == 201


def shows(browser, office: Server, path: str) -> int:
    context = browser.new_context()
    status = context.request.get(f"{office.base}{path}").status
    context.close()
    return status


def stale(desk: Desk) -> None:
    """The page hears nothing more, neither the stream nor the version that is asked instead, and may complain of it."""
    desk.watch.expects = re.compile(rf"{LIVE.pattern}|ERR_FAILED")
    desk.page.route(LIVE, lambda route: route.abort())
