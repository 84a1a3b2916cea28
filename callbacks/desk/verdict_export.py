"""Lists of verdicts as files: /desk/verdicts.csv and /desk/verdicts.xlsx with the section's query string."""

import io

from dash import Dash
from flask import Response, request, send_file

from callbacks.desk.source import desk
from dashboard.domain.desk_state import parse_desk
from dashboard.services import verdict_export

_MEDIA = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def register(app: Dash) -> None:
    app.server.add_url_rule("/desk/verdicts.csv", "verdicts_csv", lambda: send("csv"))
    app.server.add_url_rule("/desk/verdicts.xlsx", "verdicts_xlsx", lambda: send("xlsx"))


def send(form: str) -> Response:
    """UserError becomes an answer in the server's error handler."""
    given = desk(parse_desk(request.query_string.decode()))
    body, name = verdict_export.export(given, form, request.remote_addr or "")
    return send_file(io.BytesIO(body), mimetype=_MEDIA[form], as_attachment=True, download_name=name)
