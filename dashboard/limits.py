"""How often something may be asked from one address. Counted in memory or, where Redis is configured, for all processes.

A route that anyone can reach says how often with `@limiter.limit(...)`; a refusal is HTTP 429.
"""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address)


def install(server: Flask, redis_url: str) -> None:
    server.config["RATELIMIT_STORAGE_URI"] = redis_url or "memory://"
    limiter.init_app(server)
    timer = getattr(limiter.storage, "timer", None)
    if timer:
        timer.join()  # it sweeps once at the start; a process that forks meanwhile would hand on half a thread


# Reports and secrets tried without an account; pages and API share the counts. A household or a bus of people may share
# an address, so following a case costs nothing as long as number and secret fit together.
reporting = limiter.shared_limit("12 per hour; 40 per day", "public-report")
trying = limiter.shared_limit("30 per hour", "public-secret", deduct_when=lambda answer: answer.status_code == 404)
