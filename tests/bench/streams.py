"""A program that holds many live streams and reads what they tell: `python -m tests.bench.streams HOST PORT`.

Answers a line of JSON for each line it is given: `{"open": n, "cookie": "…", "query": "…"}` opens n more and says how many
are open; `{}` says how many are open, how many changes were heard, and how many streams ended by themselves.
"""

import asyncio
import contextlib
import json
import sys

AT_ONCE = 50
OPEN_SECONDS = 60


class Streams:
    def __init__(self, host: str, port: int):
        self.host, self.port = host, port
        self.open = self.heard = self.ended = 0
        self._tasks: set[asyncio.Task] = set()
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def add(self, count: int, cookie: str, query: str) -> None:
        before = self.open
        for _one in range(count):
            task = asyncio.create_task(self._hold(cookie, query))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(OPEN_SECONDS):
                while self.open < before + count:
                    await asyncio.sleep(0.05)  # between two looks at a counter

    async def _hold(self, cookie: str, query: str) -> None:
        async with self._turn:
            reader, writer = await asyncio.open_connection(self.host, self.port)
            head = f"GET /live?{query} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nCookie: {cookie}\r\n\r\n"
            writer.write(head.encode())
            while b"event: hello" not in await reader.readline():
                if reader.at_eof():
                    self.ended += 1
                    return
        self.open += 1
        while line := await reader.readline():
            self.heard += line.startswith(b"event: change")
        self.open -= 1
        self.ended += 1
        writer.close()


async def main(host: str, port: int) -> None:
    streams, lines = Streams(host, port), asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        given = json.loads(line)
        if given:
            await streams.add(given["open"], given["cookie"], given["query"])
        print(json.dumps({"open": streams.open, "heard": streams.heard, "ended": streams.ended}), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
