"""The bell between processes: Redis pub/sub says that something was committed. It carries nothing else.

Without it, or while Redis is away, every process looks at the feed by itself; so a bell that fails is only logged.
"""

import logging
import threading
import time
from collections.abc import Callable

from redis import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
CHANNEL = "ypld:feed"
_PATIENCE, _REST, _LISTEN_SECONDS = 0.5, 5.0, 1.0


class Bell:
    def __init__(self, url: str, heard: Callable[[], object]):
        """`heard` is called for every ring of any process, this one included."""
        self._redis = Redis.from_url(url, socket_connect_timeout=_PATIENCE, socket_timeout=_PATIENCE)
        self._heard = heard
        self._rest_until = 0.0
        self._listening: threading.Event | None = None
        self.works = False

    def ring(self) -> None:
        if time.monotonic() < self._rest_until:
            return
        try:
            self._redis.publish(CHANNEL, b"")
        except RedisError as error:
            self._rest_until = time.monotonic() + _REST  # a writer waits for it once, not at every write
            log.warning("live: Redis does not take a ring, others hear of it a little later: %s", error)

    def listen(self) -> None:
        """From now on, in a thread of its own, until `stop`."""
        self._listening = threading.Event()
        threading.Thread(target=self._listen, args=(self._listening,), daemon=True, name="bell").start()

    def stop(self) -> None:
        if self._listening:
            self._listening.set()

    def _listen(self, ended: threading.Event) -> None:
        while not ended.is_set():
            try:
                with self._redis.pubsub(ignore_subscribe_messages=True) as channel:
                    channel.subscribe(CHANNEL)
                    self.works = True
                    while not ended.is_set():
                        if channel.get_message(timeout=_LISTEN_SECONDS):
                            self._heard()
            except RedisError as error:
                if self.works:
                    log.warning("live: Redis is away, looking at the feed instead: %s", error)
                self.works = False
                ended.wait(_REST)
        self.works = False
