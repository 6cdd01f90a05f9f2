"""A record → watched in children of a process that has loaded the language model, one after another, to be killed.

`python -m tests.replay.forker STORY.db`: each line on standard input starts a watch, whose process id is printed,
and "gone" when it has ended.
"""

from __future__ import annotations

import os
import sys
from ipaddress import ip_network
from pathlib import Path

from onrecord import read_text
from onrecord.sources.fetch import Fetcher, Limits
from onrecord.story import Story
from onrecord.watching import Watch

LIMITS = Limits(networks=(ip_network("127.0.0.1/32"),), pause=0.3, seconds=5, again=0.01, size=5_000_000)


def main(path: Path) -> None:
    read_text("The police said so.")
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            with Story.open(path) as story:
                Watch(story, Fetcher(LIMITS)).run()
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
