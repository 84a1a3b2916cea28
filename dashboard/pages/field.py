"""The field end's shell: a page that opens before, and without, any data; its scripts ask /api/v1."""

from flask import Blueprint, render_template

from dashboard import gate
from dashboard.domain.people import ANYONE

blueprint = Blueprint("field", __name__, url_prefix="/field")


@blueprint.get("/")
def shell():
    return render_template("field.html")


gate.grant("field.shell", ANYONE)  # it holds no data, and has to open without a network
