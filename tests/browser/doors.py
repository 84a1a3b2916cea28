"""Coming in: a browser profile that is signed in as one of the demo's people, without typing a password that is told once."""

import secrets
from datetime import UTC, datetime

from playwright.sync_api import BrowserContext

from dashboard import gate
from dashboard.domain.sessions import LIFETIMES
from dashboard.services.people import key_of
from data.queries.people import find_user
from data.writes.people import add_session
from tests.browser.servers import Server


def come_in(context: BrowserContext, server: Server, login: str, kind: str = "browser") -> None:
    """Give the profile a session of `login`, as signing in would."""
    token, now, database = secrets.token_urlsafe(16), datetime.now(UTC), server.database(writable=True)
    try:
        with database.write() as session:
            user = find_user(session, login)
            add_session(session, key_of(token), kind, kind, now, now + LIFETIMES[kind].most, user_id=user.id)
    finally:
        database.engine.dispose()
    context.add_cookies(
        [{"name": gate.COOKIE, "value": token, "url": server.base, "httpOnly": True, "sameSite": "Lax"}]
    )
