"""The audit log, for auditors."""

from pydantic import AwareDatetime, ConfigDict, Field

from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.deps import Deps
from dashboard.domain.people import Person
from dashboard.services.audit import MOST_ROWS, read_audit
from dashboard.views.people import AuditPage


class AuditQuery(Body):
    """`from` is in, `to` is out. `action`: one, or all that begin with it ("case.")."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    start: AwareDatetime | None = Field(None, alias="from")
    end: AwareDatetime | None = Field(None, alias="to")
    action: str = Field("", max_length=32, pattern=r"^[a-z_.]*$")
    limit: int = Field(100, ge=1, le=MOST_ROWS)
    offset: int = Field(0, ge=0, le=10_000_000)


def show(deps: Deps, person: Person, *, query: AuditQuery) -> AuditPage:
    return read_audit(deps, person, start=query.start, end=query.end, action=query.action, limit=query.limit,
                      offset=query.offset)  # fmt: skip


ENDPOINTS = (
    Endpoint("audit", "GET", "/audit", "audit.read", show, "What was done and looked at, the newest first",
             query=AuditQuery, answer=AuditPage),
)  # fmt: skip
