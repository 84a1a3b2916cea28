"""One month of the evaluation in real browsers: frozen, tried, shown to the ranked, appealed against with evidence, upheld,
published, on the wall, appealed against once more, issued anew; and what is archived gives the same again, to the byte."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from data.models import Edition
from layouts.wall import ids
from tests.browser.conftest import PATIENCE_MS, READER
from tests.browser.desk import Desk, seat
from tests.browser.evaluation import (
    RANKING,
    act,
    appeal,
    ask,
    at_edition,
    change_a_byte,
    editions,
    late_cases,
    local,
    moved,
    standings,
    turn_to,
    uphold,
    write_month,
)
from tests.browser.phone import passwords
from tests.browser.servers import Server
from tests.browser.wall import Wall, watched

OURS, FIRST, SECOND, THIRD = "330382", "330381", "330324", "330326"
CASES = {FIRST: (12, 0), SECOND: (13, 3), THIRD: (13, 4), OURS: (12, 4)}  # how many, and of them handled late
NAMES = {OURS: "乐清市", SECOND: "永嘉县"}
INDICATOR = "handle_on_time"
HOUR = timedelta(hours=1)


@dataclass
class Month:
    """The running month of a server, whose clock goes on as its people are done."""

    browser: Browser
    server: Server

    def __post_init__(self):
        [first] = editions(self.server, state="collecting")
        self.start = first.start

    def issue(self, number: int = 1) -> Edition:
        """As it stands in the database."""
        return editions(self.server, start=self.start, issue=number)[0]

    def go_on(self, at: datetime) -> None:
        """Everybody has gone home; the server is there again at another time."""
        self.server.stop()
        self.server.start(at)

    def ranks(self, number: int = 1) -> dict[str, int]:
        return {code: rank for code, (rank, _score) in standings(self.server, self.issue(number).id).items()}

    @contextmanager
    def sit(self, role: str) -> Iterator[Desk]:
        """At the desk. When it is left nothing may have gone wrong."""
        desk = seat(self.browser, self.server, f"demo-{role}", passwords(self.server))
        yield desk
        desk.page.context.close()
        assert desk.faults == []

    @contextmanager
    def wall(self) -> Iterator[Wall]:
        """A wall that shows the ranking and is left alone."""
        context = self.browser.new_context(**READER)
        context.set_default_timeout(PATIENCE_MS)
        wall = watched(context, self.server).open("?page=ranking")
        wall.page.locator(f"#{ids.PAUSE}").click()
        wall.page.evaluate("window.stayed = true")
        yield wall
        assert wall.page.evaluate("window.stayed"), "the page was loaded again"
        context.close()
        assert wall.faults == []

    @property
    def name(self) -> str:
        """As the wall calls it."""
        return f"{self.start.year}年{self.start.month}月"


@pytest.fixture
def month(browser, words_compiled, demo, seen_logs) -> Iterator[Month]:
    """Cases of four counties alone, so that nobody else is ranked and the order is known."""
    with demo("1") as server:
        found = Month(browser, server)
        server.stop()
        write_month(server, local(found.start.replace(day=10), 8), CASES)
        yield found


def test_one_month_from_the_freeze_to_a_second_issue_that_gives_the_same_again(month: Month):
    month.go_on(local(month.issue().end + timedelta(days=1), 10))
    freeze(month)
    month.go_on(month.issue().preview_until + HOUR)
    hear(month)
    month.go_on(month.issue().appeal_until + HOUR)
    with month.wall() as wall:
        expect(wall.panel("edition")).to_contain_text("发布")
        expect(wall.panel("edition")).not_to_contain_text(month.name)
        publish(month)
        shows(wall, month)
        late = appeal_late(month)
        issue_anew(month, wall)
        shows(wall, month, 2, "第 2 版")
        read_the_difference(month, late)
    recompute(month)


def freeze(month: Month) -> None:
    """Until the figures are shown to the ranked."""
    with month.sit("evaluator") as evaluator:
        turn_to(evaluator.open(RANKING), month.issue(), f"{month.start:%Y-%m}")
        act(evaluator, "lock", "数据已齐，锁数", "locked")
        act(evaluator, "try", "试算一次", "trial")
        assert month.ranks() == {FIRST: 1, SECOND: 2, THIRD: 3, OURS: 4}
        act(evaluator, "preview", "公示三个工作日", "preview")


def hear(month: Month) -> None:
    """The last one appeals; somebody outside the scoring decides."""
    with month.sit("evaluator") as evaluator:
        act(at_edition(evaluator.open(RANKING), month.issue()), "hear", "开始受理申诉", "appeal")
    with month.sit("supervisor") as supervisor:
        cases = late_cases(supervisor, month.issue(), INDICATOR)
        assert len(cases) == CASES[OURS][1]
        key = appeal(supervisor, month.issue(), cases[0], INDICATOR, "道路封闭六小时，应扣除，处置未超时")
    with month.sit("auditor") as auditor:
        uphold(auditor, month.issue(), key, "封路记录属实，按期处置")


def publish(month: Month) -> None:
    """With what was upheld: the one who appealed is not the last any more."""
    with month.sit("evaluator") as evaluator:
        before = standings(month.server, month.issue().id)
        act(at_edition(evaluator.open(RANKING), month.issue()), "review", "按采纳的申诉复核", "review")
        after = standings(month.server, month.issue().id)
        assert month.ranks() == {FIRST: 1, SECOND: 2, OURS: 3, THIRD: 4}
        assert {code for code in after if after[code][1] != before[code][1]} == {OURS}
        row = evaluator.page.locator(f'.ranks__row[data-region="{OURS}"]')
        expect(row.locator(".ranks__rank")).to_have_text("3")
    with month.sit("leader") as leader:
        act(at_edition(leader.open(RANKING), month.issue()), "publish", "同意发布", "published")


def appeal_late(month: Month) -> str:
    """After the publication, about another case, the first one being settled; key of the appeal, upheld."""
    with month.sit("supervisor") as supervisor:
        cases = late_cases(supervisor, month.issue(), INDICATOR)
        assert len(cases) == CASES[OURS][1] - 1
        key = appeal(supervisor, month.issue(), cases[0], INDICATOR, "当晚停电，处置时间以纸质记录为准")
    with month.sit("auditor") as auditor:
        uphold(auditor, month.issue(), key, "停电通知与纸质记录相符")
    return key


def issue_anew(month: Month, wall: Wall) -> None:
    """The first issue stays on the wall until the second one is published."""
    with month.sit("evaluator") as evaluator:
        ask(evaluator.open(f"{RANKING}&edition={month.issue().id}"), "reissue", "发布后采纳一件申诉")
        turn_to(evaluator, month.issue(2), "第 2 版")
    assert (month.issue(2).supersedes, month.issue(2).state) == (month.issue().id, "review")
    shows(wall, month)
    with month.sit("leader") as leader:
        act(turn_to(leader.open(RANKING), month.issue(2), "第 2 版"), "publish", "同意重新发布", "published")
    assert month.ranks(2) == {FIRST: 1, OURS: 2, SECOND: 3, THIRD: 4}


def shows(wall: Wall, month: Month, number: int = 1, words: str = "") -> None:
    """The wall has come by itself to show an issue, and says what its rows say."""
    for one in (month.name, month.issue(number).digest[:12], words):
        expect(wall.panel("edition")).to_contain_text(one)
    found = standings(month.server, month.issue(number).id)
    expect(wall.panel("ranking").locator(".rank__link")).to_have_count(len(found))
    for code, (rank, score) in found.items():
        row = wall.panel("ranking").locator(f'.rank__link[data-region="{code}"]')
        expect(row.locator(".rank__value")).to_have_text(f"{score:.1f}")
        expect(row.locator(".rank__number")).to_have_text(str(rank))


def read_the_difference(month: Month, key: str) -> None:
    """It names each rank that changed, from what to what, and the appeal that did it."""
    old, new = month.issue(), month.issue(2)
    was, now = standings(month.server, old.id), standings(month.server, new.id)
    with month.sit("supervisor") as supervisor:
        assert moved(supervisor, new) == {
            name: (str(was[code][0]), str(now[code][0]), f"{was[code][1]:.1f}", f"{now[code][1]:.1f}")
            for code, name in NAMES.items()
        }
        path = f"/api/v1/editions/{new.id}/difference?old={old.id}"
        said = supervisor.page.request.get(f"{month.server.base}{path}").json()
    assert said["appeals"] == [key]
    assert {one["region"]: tuple(one["rank"]) for one in said["standings"]} == {OURS: (3, 2), SECOND: (2, 3)}


def recompute(month: Month) -> None:
    """Both issues are what was sealed, until one byte is not."""
    new, changed = month.issue(2).id, f"cohort/{OURS}"
    told = month.server.command("editions", "verify")
    assert (told.returncode, told.stderr) == (0, "")
    told = month.server.command("editions", "recompute", str(new))
    assert (told.returncode, told.stdout.splitlines()[-1]) == (0, "the same")
    change_a_byte(month.server, new, changed)
    told = month.server.command("editions", "verify")
    faults = told.stderr.splitlines()
    assert told.returncode == 1
    assert f"edition {new}: archive entry {changed} was changed" in faults
    assert [line for line in faults if not line.startswith(f"edition {new}: ")] == []
