"""The one palette in Python: class names that style sheets colour, and the two grounds a browser paints first.

Figures carry class names only. The two hex values repeat --ground of assets/shared/00-tokens.css, because a meta
tag cannot read a variable; tests/layouts/test_page.py compares them.
"""

GROUND = {"dark": "#050F20", "light": "#EEF2F6"}
STEPS = ("S1", "S2", "S3", "S4", "S5")
SERIES = ("current", "previous", "last-year")
