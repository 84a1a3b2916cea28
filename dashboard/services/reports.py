"""A report before it is a case: what was sent, checked, and made into the columns of a row."""

import json
import math
from collections.abc import Mapping
from datetime import datetime

from dashboard.catalog import Catalog, Kind
from dashboard.domain.commands import Report
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.inputs import clean_evidence, clean_text
from dashboard.domain.workflow import INPUTS, SEVERITIES, SOURCES

TITLE_MOST, TEXT_MOST, ADDRESS_MOST, ATTRS_MOST = 200, 4000, 200, 8000
TIER = "township"  # who is expected to close it; escalation raises it


def kind_of(catalog: Catalog, key: str) -> Kind:
    entry = catalog.kinds.get(key)
    if entry is None:
        raise NotFound("kind", "unknown kind of case", got=key, allowed=list(catalog.kinds))
    return entry


def columns(given: Report, entry: Kind) -> dict[str, object]:
    """Columns that say what the case is about. Raises UserError for the first that cannot be."""
    title = clean_text("title", given.title, TITLE_MOST)
    if not title:
        raise UserError("title", "a report needs a title", allowed=f"1 to {TITLE_MOST} characters")
    _one_of("source", given.source, SOURCES)
    _one_of("severity", given.severity or entry.severity, SEVERITIES)
    lon, lat = _position(given)
    return {
        "kind": entry.key, "kind_group": entry.group, "is_request": entry.request, "tier": TIER, "title": title,
        "source": given.source, "severity": given.severity or entry.severity, "lon": lon, "lat": lat,
        "description": _text("description", given.description, TEXT_MOST),
        "address": _text("address", given.address, ADDRESS_MOST), "attrs": _attrs(given), "repeat_of": given.repeat_of,
    }  # fmt: skip


def evidence(given: Report) -> tuple[str, ...]:
    return clean_evidence(given.evidence, INPUTS["evidence"].most)


def check_time(device_at: datetime | None) -> None:
    if device_at is not None and device_at.tzinfo is None:
        raise UserError(
            "device_at", "a time without a zone", got=device_at.isoformat(), allowed="2026-06-18T09:10:00+08:00"
        )


def _text(key: str, value: str | None, most: int) -> str | None:
    return (clean_text(key, value, most) or None) if value is not None else None


def _one_of(key: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise UserError(key, f"{key} is not allowed", got=value, allowed=allowed)


def _position(given: Report) -> tuple[float | None, float | None]:
    if given.lon is None and given.lat is None:
        return None, None
    try:
        lon, lat = float(given.lon), float(given.lat)
    except (TypeError, ValueError):
        lon = lat = math.nan
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise UserError(
            "position", "not a position", got=(given.lon, given.lat), allowed="degrees, WGS-84, both or none"
        )
    return lon, lat


def _attrs(given: Report) -> dict:
    accuracy = {"accuracy": given.accuracy} if given.accuracy is not None else {}
    attrs = {**given.attrs, **accuracy} if isinstance(given.attrs, Mapping) else None
    try:
        length = ATTRS_MOST + 1 if attrs is None else len(json.dumps(attrs, allow_nan=False)) if attrs else 0
    except (TypeError, ValueError):
        length = ATTRS_MOST + 1
    if length > ATTRS_MOST:
        raise UserError("attrs", "attributes are not a small JSON object", allowed=f"up to {ATTRS_MOST} characters")
    return attrs
