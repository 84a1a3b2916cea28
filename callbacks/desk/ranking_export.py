"""The ranking as a file: /desk/ranking.csv and /desk/ranking.xlsx with the section's query string."""

from dash import Dash
from flask import Response, request, send_file

from callbacks.desk.source import desk
from dashboard.domain.desk_state import parse_desk
from dashboard.services import workshop_export

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register(app: Dash) -> None:
    app.server.add_url_rule("/desk/ranking.csv", "ranking_csv", send_csv)
    app.server.add_url_rule("/desk/ranking.xlsx", "ranking_xlsx", send_xlsx)


def send_csv() -> Response:
    """UserError becomes an answer in the server's error handler."""
    file, name = workshop_export.as_csv(desk(parse_desk(request.query_string.decode())), request.remote_addr or "")
    return send_file(file, mimetype="text/csv; charset=utf-8", as_attachment=True, download_name=f"{name}.csv")


def send_xlsx() -> Response:
    file, name = workshop_export.as_xlsx(desk(parse_desk(request.query_string.decode())), request.remote_addr or "")
    return send_file(file, mimetype=_SHEET, as_attachment=True, download_name=f"{name}.xlsx")
