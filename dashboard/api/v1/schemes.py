"""Evaluation schemes and the monthly tables of figures that some of their indicators read."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from flask import make_response, request
from pydantic import BaseModel, Field
from pydantic_core import to_jsonable_python

from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.api.v1.fields import line, prose
from dashboard.deps import Deps
from dashboard.domain.people import Person
from dashboard.services import indicator_files, indicator_tables
from dashboard.services import schemes as service
from dashboard.services.indicator_tables import NewTable
from dashboard.services.scheme_drafts import Draft, Edit, save_draft
from dashboard.views.schemes import SchemeHead, TableHead

CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {"csv": CSV, "xlsx": XLSX}
MOST = 1 << 20
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Version = Annotated[int, Field(ge=1, le=100_000)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class SchemeQuery(Body):
    """`version`: the newest by default."""

    version: Version | None = None
    form: Literal["json", "toml"] = "json"


class ChangesQuery(Body):
    old: Version
    new: Version


class NewVersion(Body):
    """`text`: the whole scheme as TOML; `note`: what was changed and why."""

    text: str = Field(max_length=service.MOST_TEXT)
    note: prose(service.MOST_NOTE)


class EditIn(Body):
    """What is changed of one node or indicator; what is left out stays. Only `weight` is said of a node."""

    weight: Number | None = None
    bad: Number | None = None
    good: Number | None = None
    minimum: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    normalise: line(32, least=1) | None = None


class DraftIn(Body):
    """The next version by its changes. `base`: the version they start from. `pairs`: {"a~b": how many times more a
    matters than b}, all pairs of children of `compared`. `given`: a node whose children's weights hold as they stand from
    then on. `normalise`, `aggregate`: of every indicator, of every node."""

    base: Version
    note: prose(service.MOST_NOTE)
    edits: dict[str, EditIn] = Field(default={}, max_length=1000)
    cuts: dict[str, Number] = Field(default={}, max_length=5)
    compared: line(64) = ""
    pairs: dict[str, Number] = Field(default={}, max_length=105)
    given: line(64) = ""
    normalise: line(32) = ""
    aggregate: line(32) = ""

    def draft(self) -> Draft:
        edits = {key: Edit(**edit.model_dump()) for key, edit in self.edits.items()}
        return Draft(
            self.base,
            self.note,
            edits,
            self.cuts,
            self.compared,
            self.pairs,
            self.given,
            self.normalise,
            self.aggregate,
        )


class MonthQuery(Body):
    month: Month | None = None


class TableQuery(Body):
    month: Month
    name: line(indicator_tables.MOST_NAME, least=1)
    source: prose(indicator_tables.MOST_SOURCE)
    synthetic: bool = False


class ExportQuery(Body):
    month: Month
    form: Literal["csv", "xlsx"] = "csv"


class ReasonQuery(Body):
    reason: prose(indicator_tables.MOST_REASON)


class ChangeOut(BaseModel):
    part: str
    key: str
    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Schemes:
    rows: tuple[SchemeHead, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    rows: tuple[ChangeOut, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    rows: tuple[TableHead, ...]


def index(deps: Deps, person: Person) -> Schemes:
    return Schemes(service.list_schemes(deps))


def show(deps: Deps, person: Person, *, key: str, query: SchemeQuery):
    if query.form == "json":
        return to_jsonable_python(service.scheme(deps, key, query.version))
    row = service.stored(deps, key, query.version)
    return _file(row.text.encode(), "application/toml", f"{row.key}-{row.version}.toml")


def changes(deps: Deps, person: Person, *, key: str, query: ChangesQuery) -> Changes:
    found = service.compare(deps, key, query.old, query.new)
    return Changes(
        tuple(ChangeOut(part=one.part, key=one.key, field=one.field, old=one.old, new=one.new) for one in found)
    )


def save(deps: Deps, person: Person, *, body: NewVersion) -> SchemeHead:
    return service.save_version(deps, person, body.text, body.note)


def revise(deps: Deps, person: Person, *, key: str, body: DraftIn) -> SchemeHead:
    return save_draft(deps, person, key, body.draft())


def tables(deps: Deps, person: Person, *, key: str, query: MonthQuery) -> Tables:
    return Tables(indicator_tables.list_tables(deps, person, key, _day(query.month) if query.month else None))


def add_table(deps: Deps, person: Person, *, key: str, query: TableQuery, data: bytes) -> TableHead:
    new = NewTable(key, _day(query.month), query.name, query.source, query.synthetic)
    return indicator_tables.import_table(deps, person, new, data)


def withdraw(deps: Deps, person: Person, *, key: str, table: UUID, query: ReasonQuery) -> dict:
    indicator_tables.withdraw(deps, person, table, query.reason)
    return {}


def export(deps: Deps, person: Person, *, key: str, query: ExportQuery):
    body = indicator_files.export_month(deps, person, key, _day(query.month), query.form, request.remote_addr or "")
    return _file(body, FILES[query.form], f"{key}-{query.month}.{query.form}")


def _day(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)


def _file(body: bytes, media: str, name: str):
    answer = make_response(body)
    answer.content_type = f"{media}; charset=utf-8" if media != XLSX else media
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


_ONE, _RUN, _VIEW = "/schemes/<key>", service.RUN, service.VIEW
ENDPOINTS = (
    Endpoint("list_schemes", "GET", "/schemes", _VIEW, index, "Schemes with their versions, the newest first",
             answer=Schemes),
    Endpoint("get_scheme", "GET", _ONE, _VIEW, show, "A scheme, as JSON or as the TOML that was checked",
             query=SchemeQuery),
    Endpoint("get_scheme_changes", "GET", f"{_ONE}/changes", _VIEW, changes, "What one version says otherwise than another",
             query=ChangesQuery, answer=Changes),
    Endpoint("save_scheme", "POST", "/schemes", _RUN, save, "The next version of a scheme; checked whole",
             body=NewVersion, answer=SchemeHead, status=201),
    Endpoint("revise_scheme", "POST", f"{_ONE}/versions", _RUN, revise, "The next version of a scheme, by what changed",
             body=DraftIn, answer=SchemeHead, status=201),
    Endpoint("list_tables", "GET", f"{_ONE}/tables", _VIEW, tables, "Imported tables of figures, the newest month first",
             query=MonthQuery, answer=Tables),
    Endpoint("add_table", "POST", f"{_ONE}/tables", _RUN, add_table, "Take over a table of figures, whole or not at all",
             query=TableQuery, answer=TableHead, status=201, raw=(CSV, XLSX, "application/octet-stream"), most=MOST,
             errors=(400, 401, 404, 413, 415)),
    Endpoint("withdraw_table", "DELETE", f"{_ONE}/tables/<uuid:table>", _RUN, withdraw, "A table counts no more",
             query=ReasonQuery),
    Endpoint("export_table", "GET", f"{_ONE}/export", _VIEW, export, "The month's figures as a table to fill in",
             query=ExportQuery, gives=CSV),
)  # fmt: skip
