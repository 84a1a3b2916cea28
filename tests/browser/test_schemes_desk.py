"""Schemes at the desk in real Chromium: sums of weights, a version saved, comparisons of pairs, figures in and out by file."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.desk import TOLD
from tests.browser.servers import Server


@pytest.fixture(scope="module")
def office(browser, words_compiled, demo) -> Iterator[Server]:
    with demo("1") as found:
        yield found


def test_weights_show_their_sum_and_a_version_is_saved_with_what_it_changed(at):
    desk = at("evaluator").open("?section=schemes")
    group = desk.page.locator('[data-siblings="intake"]')
    cells = group.locator("[data-weight] textarea")
    cells.nth(0).fill("60")
    expect(group.locator("[data-sum]")).to_have_text("110")
    expect(group.locator("[data-sum]")).to_have_attribute("aria-invalid", "true")
    desk.page.locator('.form--whole [data-name="note"]').fill("受理更要紧")
    desk.watch.expects = re.compile("400")
    desk.page.locator(".form--whole > .form__foot [data-api-send]").click()
    expect(desk.page.locator(TOLD)).to_contain_text("intake")  # the server says where
    cells.nth(1).fill("40")
    expect(group.locator("[data-sum]")).to_have_text("100")
    desk.page.locator(".form--whole > .form__foot [data-api-send]").click()
    expect(desk.page.locator(TOLD)).to_contain_text("已存为版本 2")
    expect(desk.page.locator('[data-scheme="process:2"]')).to_be_visible()
    desk.open("?section=schemes&show=changes")
    lines = desk.page.locator(".rows tbody tr")
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text("按期受理率")
    desk.open("?section=schemes&item=process:1&draft=intake:70,30:rank:")
    assert desk.page.locator(".treeform textarea").count() == 0  # an old version is read only
    desk.open("?section=schemes&item=process:2&draft=intake:70,30:rank:")  # weights that were tried on the ranking
    expect(desk.page.locator(".cell--drafted")).to_have_count(2)
    desk.page.locator('.form--whole [data-name="note"]').fill("试过")
    desk.page.locator(".form--whole > .form__foot [data-api-send]").click()
    expect(desk.page.locator('[data-scheme="process:3"]')).to_be_visible()
    expect(desk.page.locator("[data-draft]")).to_have_count(0)
    desk.open("?section=schemes&show=changes")
    expect(desk.page.locator(".rows tbody tr")).to_have_count(12)  # two weights, ten ways of normalising


def test_comparisons_of_pairs_tell_their_ratio_and_contradictions(at):
    desk = at("evaluator").open("?section=schemes&show=weights&node=settling")
    ratio = desk.page.locator(".weighed__ratio b")
    expect(ratio).to_have_text("0.000")
    cells = desk.page.locator("[data-pair]")
    for n, value in enumerate(("3", "5", "3")):
        cells.nth(n).fill(value)
    expect(ratio).to_have_text(re.compile(r"0\.0[1-9]"))
    cells.nth(1).fill("0.2")
    expect(desk.page.locator(".weighed .bad")).to_contain_text("互相矛盾")


def test_figures_come_in_by_file_with_faults_by_row_and_column_and_leave_by_export(at):
    desk = at("evaluator").open("?section=schemes&item=peace_index&show=tables")
    with desk.page.expect_download() as download:
        desk.page.locator('[data-export-month="csv"]').click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    column = next(
        n for n, name in enumerate(rows[0]) if n > 1 and f"{name}_n" not in rows[0] and not name.endswith("_n")
    )
    form = desk.page.locator(".tables__side .form").last
    form.locator('[data-name="-name"]').fill("补报")
    form.locator('[data-name="-source"]').fill("合成数据")
    desk.watch.expects = re.compile("400")
    for value, said in (("many", "row 2, column"), ("3", "已导入 1 个辖区、1 个数值")):
        text = f"region,{rows[0][column]}\n{rows[1][0]},{value}\n"
        with desk.page.expect_file_chooser() as chooser:
            form.locator("[data-pick-table]").click()
        chooser.value.set_files([{"name": "t.csv", "mimeType": "text/csv", "buffer": text.encode()}])
        expect(form.locator("[data-picked]")).to_have_text("t.csv")
        form.locator("[data-api-send]").click()
        expect(desk.page.locator(TOLD)).to_contain_text(said)
        form.locator('[data-name="-name"]').fill("补报")
        form.locator('[data-name="-source"]').fill("合成数据")
    expect(desk.page.locator("[data-table]").first).to_contain_text("补报")
