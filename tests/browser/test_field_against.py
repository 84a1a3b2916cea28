"""What the last published edition counts against my grid, on a phone: the cases, the reason, and the same without a network."""

from playwright.sync_api import expect
from sqlalchemy import func, select

from data.models import Case
from tests.browser.eye import axe_faults
from tests.browser.phone import Phone, Program
from tests.browser.records import reading, worker_of
from tests.browser.servers import Server
from tests.browser.test_field import SMALL

PASSWORD = "a long enough sentence"


def busy_township(server: Server) -> str:
    """Where so many cases lie that some of them count against it."""
    ask = select(Case.township_code).where(Case.township_code.is_not(None)).group_by(Case.township_code)
    with reading(server) as session:
        return session.scalars(ask.order_by(func.count().desc(), Case.township_code).limit(1)).one()


def walking(copied: Server, new_phone) -> tuple[Phone, dict]:
    """A worker's phone at 我的, and what the server tells a program of the same worker."""
    town = busy_township(copied)
    worker_of(copied, town)
    login = f"worker-{town}"
    told = Program.of(copied.base, login, {login: PASSWORD}).get("/grid/against")
    phone = new_phone().open()
    phone.know(login, PASSWORD).sign_in(login)
    return phone.tab("我的"), told


def test_each_case_stands_under_its_figure_with_the_reason_and_opens(copied, new_phone):
    phone, told = walking(copied, new_phone)
    card = phone.page.get_by_role("region", name="上期晾晒")
    expect(card).to_be_visible()
    assert told["items"], "the demo has an edition in which the busiest township has cases"
    for one in told["items"]:
        row = card.locator("li").filter(has=phone.page.get_by_text(one["name"], exact=True))
        expect(row).to_contain_text(f"{one['count']} 件 / 共 {one['of']} 件")
        expect(row).to_contain_text(one["why"])
    cases = [case for one in told["items"] for case in one["cases"]]
    assert card.get_by_role("link").count() == len(cases)
    assert phone.page.evaluate(SMALL) == []
    assert axe_faults(phone.page) == []
    card.get_by_role("link").first.click()
    expect(phone.page.locator("#page")).to_contain_text(cases[0]["title"])
    phone.tab_away().tab("我的").offline().page.reload()
    expect(phone.page.locator(".strip--off")).to_contain_text("离线")
    expect(card.get_by_role("link")).to_have_count(len(cases))
    expect(card).to_contain_text("不给人排名")
    # in another language without a network: still what was kept, and marked as such, until the server can be asked
    phone.page.get_by_role("button", name="English").click()
    english = phone.page.get_by_role("region", name="Last edition")
    expect(english.locator("ul")).to_have_attribute("lang", "zh-CN")
    phone.offline(False)
    expect(english.locator("ul")).to_have_attribute("lang", "en")
