#!/usr/bin/env python3
"""Picks prose from mailing-list archives for the first phase of the shipped model (see models/default/MODEL_CARD.md).

    sample_lists.py OUT.jsonl.gz MEGABYTES LIST.jsonl.gz...

Messages are taken from the lists in turn, evenly over time, when they read like mail: mostly letters, few code-like lines,
60 to 3,000 characters. The choice depends on nothing random.
"""
import gzip
import json
import re
import sys

CODE = re.compile(r"<-|[{}\[\]$|\\;=_]|\w\(|^\s*[>+#%]")
WORD = re.compile(r"[A-Za-z']+")


def is_prose(text):
    if not 60 <= len(text) <= 3000:
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    code = sum(bool(CODE.search(line)) for line in lines)
    letters = sum(c.isalpha() or c in " '\n" for c in text)
    return code <= 0.12 * len(lines) and letters >= 0.9 * len(text) and len(WORD.findall(text)) >= 12


def messages(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            message = json.loads(line)
            if is_prose(message["text"]):
                yield message


def main():
    out, budget, paths = sys.argv[1], float(sys.argv[2]) * 1e6, sys.argv[3:]
    pools = [list(messages(path)) for path in paths]
    available = sum(len(m["text"]) for pool in pools for m in pool)
    step = max(1.0, available / budget)
    with gzip.open(out, "wt", encoding="utf-8") as file:
        total = 0
        for pool in pools:
            for k in range(int(len(pool) / step)):
                message = pool[int(k * step)]
                file.write(json.dumps(message) + "\n")
                total += len(message["text"])
    print(f"{available / 1e6:.1f} MB of prose, {total / 1e6:.1f} MB taken")


if __name__ == "__main__":
    main()
