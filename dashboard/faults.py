"""What is said when a request cannot be answered: JSON to programs, a page with words to people. Never a traceback."""

from flask import Flask, jsonify, render_template
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from dashboard.gate import wants_page

CODES = {401: "sign_in", 403: "origin", 404: "not_found", 405: "method", 413: "too_large", 415: "media_type",
         429: "too_many", 500: "fault"}  # fmt: skip


def install(server: Flask) -> None:
    server.register_error_handler(HTTPException, answer)


def answer(error: HTTPException):
    """The fault in the asker's form; a redirect or an answer made on purpose goes through as it is."""
    if error.code is None or error.code < 400 or error.response is not None:
        return error
    headers = [(name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After")]
    if not wants_page():
        code = CODES.get(error.code) or error.name.lower().replace(" ", "_")
        body = {"error": code, "message": said(error.code)}
        return jsonify(body), error.code, headers
    return render_template("fault.html", code=error.code, words=said(error.code)), error.code, headers


def said(code: int) -> str:
    """What happened and what to do, in the reader's language."""
    words = {
        401: _("请先登录。"),
        403: _("这个请求来自别的网站，没有执行。请从本系统的页面操作。"),
        404: _("没有这个页面，或者不在您的权限之内。"),
        405: _("这个地址不支持这种请求。"),
        413: _("发送的内容太大。照片请压缩到 12 MB 以内，其他内容 1 MB 以内。"),
        415: _("不支持这种格式。"),
        429: _("请求太频繁，请稍后再试。"),
    }
    return words.get(code) or (_("系统出了问题，已经记录。请稍后再试。") if code >= 500 else _("这个请求无法处理。"))
