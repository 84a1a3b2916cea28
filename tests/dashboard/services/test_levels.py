"""What a region pack says about itself, in the reader's language."""

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from dashboard.services.levels import map_note

BOTH = {"map_note": "边界仅示意", "map_note_en": "Boundaries for orientation only"}


@pytest.mark.parametrize(("about", "language", "said"), [
    (BOTH, "zh", "边界仅示意"),
    (BOTH, "en", "Boundaries for orientation only"),
    ({"map_note": "边界仅示意"}, "en", "边界仅示意"),  # a pack installed before there was an English one
    ({"map_note": "", "map_note_en": ""}, "en", ""),
    ({}, "zh", ""),
])  # fmt: skip
def test_the_note_of_a_map_is_in_the_readers_language_where_the_pack_has_it(about: dict, language: str, said: str):
    server = Flask("levels")
    Babel(server, default_locale="zh")
    with server.test_request_context(), force_locale(language):
        assert map_note(about) == said
