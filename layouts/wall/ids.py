"""Every id on the wall. Panels are named in `panels`; their ids follow `wall-<panel>` and `wall-<panel>-body`."""

URL = "wall-url"
PLACE = "wall-place"  # the URL without list and case: what the panels below depend on
VERSION = "wall-live-version"
STREAM_VERSION = "wall-live-stream"  # the same, a moment earlier: the newest cases come first
SLOW_VERSION = "wall-live-slow"
DIRECTIVE_VERSION = "wall-live-directive"  # moves when a directive or a receipt did; the data version does not

HEADER = "wall-header"
KPIS = "wall-kpis"
REPEATS = "wall-repeats"
MAP = "wall-map"
RANKING = "wall-ranking"
CLOCKS = "wall-clocks"
FUNNEL = "wall-funnel"
STREAM = "wall-stream"
KINDS = "wall-kinds"
TREND = "wall-trend"
PLAYLIST = "wall-playlist"
CASE_LIST = "wall-list"
CASE = "wall-case"
DIRECTIVES = "wall-directives"
DIRECTIVE = "wall-directive"
ORDER = "wall-order"

MAIN = "wall-main"
MAP_DATA = "wall-map-data"
MAP_STAGE = "wall-map-stage"
MAP_CALLOUT = "wall-map-callout"
CLOCK = "wall-header-clock"
AS_OF = "wall-header-as-of"
SOUND = "wall-header-sound"
ANNOUNCE = "wall-announce"
ANNOUNCED = "wall-announce-told"
ANNOUNCEMENT = "wall-announce-body"
FULL_SCREEN = "wall-header-full"
PAIR = "wall-header-pair"
PAIRING = "wall-pairing"
ROTATION = "wall-playlist-rotation"
PAUSE = "wall-playlist-pause"


def body(panel_id: str) -> str:
    """The part of a panel that its callback redraws."""
    return f"{panel_id}-body"
