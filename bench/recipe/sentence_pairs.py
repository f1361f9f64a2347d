#!/usr/bin/env python3
"""Gathers pairs of texts that belong together, for models/sentence (see its MODEL_CARD.md): a text, a tab, a text.

    sentence_pairs.py DATA PAIRS.tsv

DATA is the folder with translation/fra.txt and mail/train.jsonl.gz. Pairs are: English sentences that were translated into the same French one; in
mail, a sentence and the next one, a subject and the beginning of its mail, a message and the beginning of its answer. Lines that share a rare word stand
together, so that a batch of neighbouring lines holds texts that are hard to tell apart. The same data give the same file.
"""
import collections
import gzip
import itertools
import json
import random
import re
import sys

WORD = re.compile(r"[a-z']+")


def words(text):
    return WORD.findall(text.lower())


def clean(text):
    return re.sub(r"\s+", " ", text).strip()


def paraphrases(path, chance):
    groups = collections.defaultdict(set)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            english, french = line.rstrip("\n").split("\t")[:2]
            groups[re.sub(r"[^\w]+", " ", french.lower()).strip()].add(english)
    for french in sorted(groups):
        kinds = {}
        for english in sorted(groups[french]):
            kinds.setdefault(" ".join(words(english)), english)
        texts = [text for text in kinds.values() if len(words(text)) >= 3]
        chance.shuffle(texts)
        yield from list(itertools.combinations(texts, 2))[:3]


def sentences(text):
    for part in re.split(r"(?<=[.!?])\s+|\n\s*\n", text):
        part = clean(part)
        if 4 <= len(words(part)) <= 40 and sum(c.isalpha() or c == " " for c in part) > 0.85 * len(part):
            yield part


def mail(path, chance):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            parts = list(sentences(one["text"]))
            subject = clean(re.sub(r"^((re|fw|fwd|aw):\s*)+", "", one["subject"], flags=re.IGNORECASE))
            if len(words(subject)) >= 2 and parts:
                yield subject, " ".join(parts[:2])
            quoted = list(sentences(one["quoted"]))
            if quoted and parts:
                yield " ".join(quoted[:2]), " ".join(parts[:2])
            neighbours = list(zip(parts, parts[1:]))
            chance.shuffle(neighbours)
            yield from neighbours[:2]


def main():
    data, target = sys.argv[1], sys.argv[2]
    chance = random.Random(7)
    pairs = list(paraphrases(f"{data}/translation/fra.txt", chance))
    print(f"{len(pairs)} paraphrases")
    seen, letters = set(), []
    for a, b in mail(f"{data}/mail/train.jsonl.gz", chance):
        key = (a.lower(), b.lower())
        if a.lower() != b.lower() and key not in seen:
            seen.add(key)
            letters.append((a, b))
    chance.shuffle(letters)
    letters = letters[:60_000]
    print(f"{len(letters)} pairs from mail")
    counts = collections.Counter(word for pair in pairs + letters for text in pair for word in set(words(text)))

    def rarest(pair):
        known = [word for text in pair for word in words(text) if counts[word] >= 4]
        return min(known, key=lambda word: (counts[word], word), default="")

    with open(target, "w", encoding="utf-8") as file:
        for group in (pairs, letters):
            chance.shuffle(group)
            group.sort(key=rarest)
            for a, b in group:
                file.write(f"{a}\t{b}\n".replace("\r", " "))


if __name__ == "__main__":
    main()
