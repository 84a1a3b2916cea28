"""A small scheme for tests, as TOML: two nodes, two indicators that count cases, two that read a table."""

SMALL = """\
key = "small"
version = 1
name = "小"
name_en = "Small"
level = "county"

[cuts]
A = 90
B = 80
C = 70
D = 60
E = 0

[doubt]
draws = 50
normalise = ["goalposts", "rank"]

[[node]]
key = "work"
name = "办理"
name_en = "Work"
parent = "total"
weight = 60

[[node]]
key = "life"
name = "生活"
name_en = "Life"
parent = "total"
weight = 40

[[indicator]]
key = "on_time"
name = "按期结案率"
name_en = "Closed on time"
parent = "work"
weight = 0.7
source = "cases"
numerator = ["due_on_time"]
denominator = ["due_closed", "due_open"]
scale = 100
unit = "%"
direction = "high"
normalise = "goalposts"
targets = [60, 100]
definition = "按期结案 ÷ 应结案"
cohort = "到期之日"

[[indicator]]
key = "accurate"
name = "消防准确派遣率"
name_en = "Fire cases dispatched accurately"
parent = "work"
weight = 0.3
source = "cases"
numerator = ["dispatched:fire", "-dispatched_returned:fire"]
denominator = ["dispatched:fire"]
scale = 100
unit = "%"
direction = "high"
normalise = "minmax"
definition = "未退回 ÷ 派遣"
cohort = "派遣之日"

[[indicator]]
key = "fires"
name = "火警数"
name_en = "Fire alarms"
parent = "life"
weight = 0.5
source = "table"
column = "fires"
scale = 10000
unit = "起/万人"
direction = "low"
normalise = "goalposts"
targets = [4, 0]
definition = "火警 ÷ 常住人口"
cohort = "当月"

[[indicator]]
key = "passed"
name = "抽检合格率"
name_en = "Samples passing"
parent = "life"
weight = 0.5
source = "table"
column = "passed"
scale = 100
unit = "%"
direction = "high"
normalise = "goalposts"
targets = [90, 100]
definition = "合格 ÷ 抽检"
cohort = "当月"

[[rule]]
key = "inspection"
name = "暗访"
name_en = "Inspection"
points = 0.25
doubles = true
cap = 5
"""
