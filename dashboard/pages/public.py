"""The public end: report without an account, follow a case by number and secret, rate it."""

from flask import Blueprint, render_template

from dashboard import gate
from dashboard.domain.people import ANYONE

blueprint = Blueprint("public", __name__, url_prefix="/public")


@blueprint.get("/")
def home():
    return render_template("public.html")


gate.grant("public.home", ANYONE)
