"""A panel of the desk answers those who may see it, and tells everybody else nothing; what breaks stays in its frame."""

import pytest
from flask import Flask, g
from flask_babel import Babel

from callbacks.desk import act, queue
from callbacks.desk.connect import answer_for, explain
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.people import CAPABILITIES, NOBODY, ROLES, Grant, Person
from layouts.desk.panels import PANELS


@pytest.fixture
def asking():
    """Make a request of somebody with a role; "" nobody."""
    server = Flask(__name__)
    Babel(server, default_locale="zh")

    def ask(role: str):
        context = server.test_request_context()
        context.push()
        g.person = Person(None, role, (Grant(role, "K1"),)) if role else NOBODY
        opened.append(context)

    opened: list = []
    yield ask
    for context in reversed(opened):
        context.pop()


@pytest.mark.parametrize("role", ["", *ROLES])
@pytest.mark.parametrize("name", PANELS)
def test_a_panel_is_read_only_by_roles_that_have_its_capability(asking, name: str, role: str):
    asking(role)
    panel, read = PANELS[name], []
    if role in CAPABILITIES[panel.capability]:
        answer_for(panel, lambda search: read.append(search), "?", ())
        assert read == ["?"]
    else:
        with pytest.raises(NotFound):
            answer_for(panel, lambda search: read.append(search), "?", ())
        assert read == []


@pytest.mark.parametrize("role", ["", "administrator"])
def test_rows_counts_and_actions_are_refused_without_a_capability(asking, role: str):
    asking(role)
    assert queue.answer({"startRow": 0, "endRow": 100}, "") == {"rowData": [], "rowCount": 0}
    message, _dialog, done = act.send({"action": "accept", "cases": [{"key": "K1:x"}]})
    assert "toast--failed" in message.className
    assert done == {"failed": True}


@pytest.mark.parametrize(
    "error, retries", [(NotFound("case", "x"), False), (UserError("state", "x"), False), (KeyError("x"), True)]
)
def test_an_error_is_told_in_words_inside_the_frame(asking, error: Exception, retries: bool):
    asking("dispatcher")
    shown = explain(PANELS["load"], error, None)
    assert "quiet--failed" in shown.className
    assert ("自动重试" in str(shown)) == retries
