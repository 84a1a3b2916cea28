"""Roll-ups of the counters in dashboard.domain.measures, and the deltas not yet folded into them.

`rollup_day`: flows, for province, city, county and township (township: all kinds only). `rollup_stock`: how things
stand. `kind` is a kind, its group, or ALL. A read adds the unfolded deltas, so it is exact at any moment.
"""

from sqlalchemy import BigInteger, Column, Date, Integer, String, Table

from dashboard.domain.measures import FLOW_NAMES, STOCK_NAMES
from data.models.base import Base, Serial

ALL = "*"


def _counters(names: tuple[str, ...]) -> list[Column]:
    return [Column(name, BigInteger if name.endswith(("_minutes", "_limit")) else Integer, nullable=False,
                   default=0, server_default="0") for name in names]  # fmt: skip


rollup_day = Table(
    "rollup_day",
    Base.metadata,
    Column("region_code", String(64), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("shard_code", String(64), primary_key=True),
    *_counters(FLOW_NAMES),
    sqlite_with_rowid=False,
)
rollup_stock = Table(
    "rollup_stock",
    Base.metadata,
    Column("region_code", String(64), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("shard_code", String(64), primary_key=True),
    *_counters(STOCK_NAMES),
    sqlite_with_rowid=False,
)
rollup_delta = Table(
    "rollup_delta",
    Base.metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("province_code", String(64)),
    Column("city_code", String(64)),
    Column("county_code", String(64), nullable=False),
    Column("township_code", String(64)),
    Column("kind_group", String(32), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("day", Date),  # None: stocks
    *_counters(FLOW_NAMES + STOCK_NAMES),
)
# One row. `folded` counts all deltas ever folded: folded + waiting grows with every write and with nothing else.
rollup_fold = Table(
    "rollup_fold",
    Base.metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("folded", BigInteger, nullable=False, server_default="0"),
)
