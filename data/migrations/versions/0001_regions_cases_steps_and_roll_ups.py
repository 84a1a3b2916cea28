"""Regions, cases, steps and roll-ups"""

import sqlalchemy as sa
from alembic import op

from data.models.base import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "region_pack",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("root_code", sa.String(length=64), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("calendar", sa.String(length=32), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "rollup_day",
        sa.Column("region_code", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shard_code", sa.String(length=64), nullable=False),
        sa.Column("reported", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reported_accepted", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reported_dispatched", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reported_handled", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reported_verified", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reported_closed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("requested", sa.Integer(), server_default="0", nullable=False),
        sa.Column("requested_repeat", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_closed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_on_time", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_open", sa.Integer(), server_default="0", nullable=False),
        sa.Column("dispatched", sa.Integer(), server_default="0", nullable=False),
        sa.Column("dispatched_returned", sa.Integer(), server_default="0", nullable=False),
        sa.Column("handled", sa.Integer(), server_default="0", nullable=False),
        sa.Column("handled_reworked", sa.Integer(), server_default="0", nullable=False),
        sa.Column("closed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reopened", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rated", sa.Integer(), server_default="0", nullable=False),
        sa.Column("satisfied", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ended", sa.Integer(), server_default="0", nullable=False),
        sa.Column("overdue_in", sa.Integer(), server_default="0", nullable=False),
        sa.Column("overdue_out", sa.Integer(), server_default="0", nullable=False),
        sa.Column("accept_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("accept_on_time", sa.Integer(), server_default="0", nullable=False),
        sa.Column("accept_minutes", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("accept_limit", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("handle_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("handle_on_time", sa.Integer(), server_default="0", nullable=False),
        sa.Column("handle_minutes", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("handle_limit", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("verify_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("verify_on_time", sa.Integer(), server_default="0", nullable=False),
        sa.Column("verify_minutes", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("verify_limit", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("region_code", "kind", "day", "shard_code"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rollup_delta",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("province_code", sa.String(length=64), nullable=True),
        sa.Column("city_code", sa.String(length=64), nullable=True),
        sa.Column("county_code", sa.String(length=64), nullable=False),
        sa.Column("township_code", sa.String(length=64), nullable=True),
        sa.Column("kind_group", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("reported", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reported_accepted", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reported_dispatched", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reported_handled", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reported_verified", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reported_closed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("requested", sa.Integer(), server_default="0", nullable=False),
        sa.Column("requested_repeat", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_closed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_on_time", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_open", sa.Integer(), server_default="0", nullable=False),
        sa.Column("dispatched", sa.Integer(), server_default="0", nullable=False),
        sa.Column("dispatched_returned", sa.Integer(), server_default="0", nullable=False),
        sa.Column("handled", sa.Integer(), server_default="0", nullable=False),
        sa.Column("handled_reworked", sa.Integer(), server_default="0", nullable=False),
        sa.Column("closed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reopened", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rated", sa.Integer(), server_default="0", nullable=False),
        sa.Column("satisfied", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ended", sa.Integer(), server_default="0", nullable=False),
        sa.Column("overdue_in", sa.Integer(), server_default="0", nullable=False),
        sa.Column("overdue_out", sa.Integer(), server_default="0", nullable=False),
        sa.Column("accept_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("accept_on_time", sa.Integer(), server_default="0", nullable=False),
        sa.Column("accept_minutes", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("accept_limit", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("handle_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("handle_on_time", sa.Integer(), server_default="0", nullable=False),
        sa.Column("handle_minutes", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("handle_limit", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("verify_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("verify_on_time", sa.Integer(), server_default="0", nullable=False),
        sa.Column("verify_minutes", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("verify_limit", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("open", sa.Integer(), server_default="0", nullable=False),
        sa.Column("overdue", sa.Integer(), server_default="0", nullable=False),
        sa.Column("accept_open", sa.Integer(), server_default="0", nullable=False),
        sa.Column("accept_yellow", sa.Integer(), server_default="0", nullable=False),
        sa.Column("accept_red", sa.Integer(), server_default="0", nullable=False),
        sa.Column("handle_open", sa.Integer(), server_default="0", nullable=False),
        sa.Column("handle_yellow", sa.Integer(), server_default="0", nullable=False),
        sa.Column("handle_red", sa.Integer(), server_default="0", nullable=False),
        sa.Column("verify_open", sa.Integer(), server_default="0", nullable=False),
        sa.Column("verify_yellow", sa.Integer(), server_default="0", nullable=False),
        sa.Column("verify_red", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "rollup_fold",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("folded", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "rollup_stock",
        sa.Column("region_code", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("shard_code", sa.String(length=64), nullable=False),
        sa.Column("open", sa.Integer(), server_default="0", nullable=False),
        sa.Column("overdue", sa.Integer(), server_default="0", nullable=False),
        sa.Column("accept_open", sa.Integer(), server_default="0", nullable=False),
        sa.Column("accept_yellow", sa.Integer(), server_default="0", nullable=False),
        sa.Column("accept_red", sa.Integer(), server_default="0", nullable=False),
        sa.Column("handle_open", sa.Integer(), server_default="0", nullable=False),
        sa.Column("handle_yellow", sa.Integer(), server_default="0", nullable=False),
        sa.Column("handle_red", sa.Integer(), server_default="0", nullable=False),
        sa.Column("verify_open", sa.Integer(), server_default="0", nullable=False),
        sa.Column("verify_yellow", sa.Integer(), server_default="0", nullable=False),
        sa.Column("verify_red", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("region_code", "kind", "shard_code"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "work_calendar",
        sa.Column("calendar", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_workday", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("calendar", "day"),
    )
    op.create_table(
        "dataset",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("pack", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("as_of", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["pack"],
            ["region_pack.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "region",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("pack", sa.String(length=32), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column("parent_code", sa.String(length=64), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("province_code", sa.String(length=64), nullable=True),
        sa.Column("city_code", sa.String(length=64), nullable=True),
        sa.Column("county_code", sa.String(length=64), nullable=True),
        sa.Column("township_code", sa.String(length=64), nullable=True),
        sa.Column("village_code", sa.String(length=64), nullable=True),
        sa.Column("grid_code", sa.String(length=64), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["pack"],
            ["region_pack.key"],
        ),
        sa.ForeignKeyConstraint(
            ["parent_code"],
            ["region.code"],
        ),
        sa.PrimaryKeyConstraint("code"),
    )
    with op.batch_alter_table("region", schema=None) as batch_op:
        batch_op.create_index("region_county", ["county_code", "level"], unique=False)
        batch_op.create_index("region_level", ["level", "province_code", "city_code"], unique=False)
        batch_op.create_index("region_parent", ["parent_code", "position"], unique=False)

    op.create_table(
        "case",
        sa.Column("county_code", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dataset", sa.String(length=32), nullable=False),
        sa.Column("source_key", sa.String(length=200), nullable=True),
        sa.Column("province_code", sa.String(length=64), nullable=True),
        sa.Column("city_code", sa.String(length=64), nullable=True),
        sa.Column("township_code", sa.String(length=64), nullable=True),
        sa.Column("village_code", sa.String(length=64), nullable=True),
        sa.Column("grid_code", sa.String(length=64), nullable=True),
        sa.Column("kind_group", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("is_request", sa.Boolean(), nullable=False),
        sa.Column("severity", sa.String(length=32), nullable=False),
        sa.Column("tier", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("attrs", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("holder_unit", sa.String(length=200), nullable=True),
        sa.Column("holder_person", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reported_at", UtcDateTime(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("dispatched_at", UtcDateTime(), nullable=True),
        sa.Column("handled_at", UtcDateTime(), nullable=True),
        sa.Column("verified_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("reopened_at", UtcDateTime(), nullable=True),
        sa.Column("rated_at", UtcDateTime(), nullable=True),
        sa.Column("clock_kind", sa.String(length=32), nullable=True),
        sa.Column("accept_due_at", UtcDateTime(), nullable=True),
        sa.Column("handle_due_at", UtcDateTime(), nullable=True),
        sa.Column("verify_due_at", UtcDateTime(), nullable=True),
        sa.Column("close_due_at", UtcDateTime(), nullable=True),
        sa.Column("accept_minutes", sa.Integer(), nullable=True),
        sa.Column("handle_minutes", sa.Integer(), nullable=True),
        sa.Column("verify_minutes", sa.Integer(), nullable=True),
        sa.Column("accept_limit", sa.Integer(), nullable=True),
        sa.Column("handle_limit", sa.Integer(), nullable=True),
        sa.Column("verify_limit", sa.Integer(), nullable=True),
        sa.Column("card", sa.String(length=32), server_default="none", nullable=False),
        sa.Column("next_card_at", UtcDateTime(), nullable=True),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("returned", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reworked", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reopened", sa.Integer(), server_default="0", nullable=False),
        sa.Column("repeat_of", sa.Uuid(), nullable=True),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset"],
            ["dataset.key"],
        ),
        sa.PrimaryKeyConstraint("county_code", "id"),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index("case_city_reported", ["city_code", "reported_at"], unique=False)
        batch_op.create_index("case_close_due", ["county_code", "close_due_at"], unique=False)
        batch_op.create_index("case_county_reported", ["county_code", "reported_at"], unique=False)
        batch_op.create_index(
            "case_due_open",
            ["close_due_at"],
            unique=False,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "case_next_card",
            ["next_card_at"],
            unique=False,
            postgresql_where=sa.text("next_card_at IS NOT NULL"),
            sqlite_where=sa.text("next_card_at IS NOT NULL"),
        )
        batch_op.create_index(
            "case_open",
            ["county_code", "reported_at"],
            unique=False,
            postgresql_where=sa.text("ended_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "case_overdue",
            ["county_code", "close_due_at", "closed_at", "township_code", "kind"],
            unique=False,
            postgresql_where=sa.text("overdue IS TRUE"),
            sqlite_where=sa.text("overdue IS 1"),
        )
        batch_op.create_index("case_reported", ["reported_at"], unique=False)
        batch_op.create_index("case_source", ["dataset", "source_key", "county_code"], unique=True)
        batch_op.create_index("case_township_reported", ["township_code", "reported_at"], unique=False)

    op.create_table(
        "case_step",
        sa.Column("county_code", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("device_at", UtcDateTime(), nullable=True),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("clock_effect", sa.String(length=32), nullable=True),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_code", "case_id"],
            ["case.county_code", "case.id"],
        ),
        sa.PrimaryKeyConstraint("county_code", "case_id", "seq"),
    )
    op.execute("INSERT INTO rollup_fold (id, folded) VALUES (1, 0)")


def downgrade() -> None:
    op.drop_table("case_step")
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_index("case_township_reported")
        batch_op.drop_index("case_source")
        batch_op.drop_index("case_reported")
        batch_op.drop_index(
            "case_overdue", postgresql_where=sa.text("overdue IS TRUE"), sqlite_where=sa.text("overdue IS 1")
        )
        batch_op.drop_index(
            "case_open", postgresql_where=sa.text("ended_at IS NULL"), sqlite_where=sa.text("ended_at IS NULL")
        )
        batch_op.drop_index(
            "case_next_card",
            postgresql_where=sa.text("next_card_at IS NOT NULL"),
            sqlite_where=sa.text("next_card_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "case_due_open", postgresql_where=sa.text("ended_at IS NULL"), sqlite_where=sa.text("ended_at IS NULL")
        )
        batch_op.drop_index("case_county_reported")
        batch_op.drop_index("case_close_due")
        batch_op.drop_index("case_city_reported")

    op.drop_table("case")
    with op.batch_alter_table("region", schema=None) as batch_op:
        batch_op.drop_index("region_parent")
        batch_op.drop_index("region_level")
        batch_op.drop_index("region_county")

    op.drop_table("region")
    op.drop_table("dataset")
    op.drop_table("work_calendar")
    op.drop_table("rollup_stock")
    op.drop_table("rollup_fold")
    op.drop_table("rollup_delta")
    op.drop_table("rollup_day")
    op.drop_table("region_pack")
