"""The queue as a file: /desk/cases.csv and /desk/cases.xlsx with the board's query string."""

from dash import Dash
from flask import Response, request, send_file

from callbacks.desk.source import desk
from dashboard.domain.desk_state import parse_desk
from dashboard.services import desk_export

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register(app: Dash) -> None:
    app.server.add_url_rule("/desk/cases.csv", "desk_csv", send_csv)
    app.server.add_url_rule("/desk/cases.xlsx", "desk_xlsx", send_xlsx)


def send_csv() -> Response:
    """UserError becomes an answer in the server's error handler."""
    asked = desk(parse_desk(request.query_string.decode()))
    file = desk_export.as_csv(asked, request.remote_addr or "")
    return send_file(
        file, mimetype="text/csv; charset=utf-8", as_attachment=True, download_name=f"cases-{asked.tab}.csv"
    )


def send_xlsx() -> Response:
    asked = desk(parse_desk(request.query_string.decode()))
    file = desk_export.as_xlsx(asked, request.remote_addr or "")
    return send_file(file, mimetype=_SHEET, as_attachment=True, download_name=f"cases-{asked.tab}.xlsx")
