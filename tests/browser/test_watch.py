"""The tests' own eyes: what they look for, they find."""

import pytest

from layouts.wall import ids
from tests.browser.wall import Wall

FAULTS = {  # a style that breaks the wall, what is said of it
    "section h2 { width: 1.5em; overflow: hidden; white-space: nowrap }": "text cut",
    "section h2 { position: relative; left: 60vw }": "outside",
    f"#{ids.KPIS} h2 {{ position: fixed; left: 40vw; top: 40vh }}": "texts overlap",
    "body { width: 120vw }": "scrolls sideways",
}


@pytest.fixture(scope="module")
def looked_at(context, server):
    wall = Wall(context.new_page(), server.base, [])
    yield wall.open()
    wall.page.close()


@pytest.mark.parametrize("style", FAULTS)
def test_what_an_eye_would_send_back_is_named(looked_at: Wall, style: str):
    assert looked_at.look() == []
    tag = looked_at.page.add_style_tag(content=style)
    assert any(line.startswith(FAULTS[style]) for line in looked_at.look())
    tag.evaluate("(node) => node.remove()")


def test_errors_lost_files_and_other_hosts_are_noticed(wall: Wall):
    wall.open()
    wall.page.evaluate("""async () => {
      console.error("broken");
      setTimeout(() => { throw new Error("thrown"); });
      await fetch("/nowhere");
      await fetch("http://another.invalid/").catch(() => 0);
    }""")
    said = "\n".join(wall.faults)
    for fault in (
        "console error: broken",
        "script error: thrown",
        "HTTP 404",
        "http://another.invalid/",  # the content security policy stops it before it is asked, and says so
    ):
        assert fault in said
    wall.faults.clear()
