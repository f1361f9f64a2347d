#!/usr/bin/env python3
"""Gathers what models/tone learns from (see models/tone/MODEL_CARD.md): a text, a tab, 0 for negative or 1 for positive.

    tone_texts.py DATA TRAIN.tsv VALID.tsv

DATA is the folder with sentiment/{sst2,custrev.all,mpqa.all,imdb_train.jsonl.gz,stsa.fine.train}. To these come sentences made here from a
small grammar, which teach what negation and doubt do to an opinion: openers, nouns and words of praise and blame are put together
at random, and what a sentence means follows from how it was made. The noun "car" is not among the nouns. Held-out texts are every tenth
sentence of the training part of SST-2, of the customer reviews and of the grammar. The same data give the same files.
"""
import gzip
import json
import random
import re
import sys

NOUNS = """phone camera laptop hotel restaurant book film movie teacher doctor jacket coat soup pizza coffee song album game garden city
beach train airline bike sofa chair lamp printer keyboard monitor router player program app website course lecture school shop bank room view
play show story actor band team dog house kitchen watch bag meal dish wine cake tour flight place park pub cafe screen speaker radio toy shirt
dress pen magazine novel poem speech market office job boat truck""".split()
GOOD = """good great excellent wonderful lovely beautiful fantastic superb brilliant nice pleasant amazing perfect impressive delightful
charming reliable comfortable fast useful helpful friendly clean fresh tasty delicious interesting exciting funny clever elegant strong solid fine
enjoyable satisfying remarkable outstanding terrific splendid honest sweet warm fair worthwhile smart decent attractive happy""".split()
BAD = """bad terrible awful horrible poor boring dull ugly disappointing annoying useless slow dirty rude weak broken noisy stupid silly
dreadful mediocre bland tasteless uncomfortable unreliable unpleasant unfriendly pathetic ridiculous lousy worthless clumsy frustrating tedious
confusing nasty overpriced flawed sad unhappy wrong unfair dishonest hopeless miserable bad bad terrible awful""".split()
LIKE = [("love", "loves", "loved"), ("like", "likes", "liked"), ("enjoy", "enjoys", "enjoyed"), ("adore", "adores", "adored"), ("admire", "admires", "admired"),
        ("recommend", "recommends", "recommended"), ("trust", "trusts", "trusted"), ("appreciate", "appreciates", "appreciated"), ("love", "loves", "loved"), ("like", "likes", "liked")]
LOATHE = [("hate", "hates", "hated"), ("dislike", "dislikes", "disliked"), ("regret", "regrets", "regretted"), ("despise", "despises", "despised"),
          ("loathe", "loathes", "loathed"), ("hate", "hates", "hated"), ("dislike", "dislikes", "disliked")]
MERITS = "charm quality taste warmth energy humour heart style grace value comfort wit".split()
FAULTS = "problems errors mistakes faults bugs noise flaws trouble dirt lies".split()
ADVERBS = ["", "", "", "", "really ", "very ", "truly ", "quite ", "so ", "absolutely ", "pretty ", "particularly "]
FIRST, THIRD = ["i", "i", "i", "we", "they", "my friends", "you"], ["he", "she", "my wife", "my brother", "my boss", "the family", "my neighbour"]


class Grammar:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def one(self, of):
        return of[int(self.random.random() * len(of))]

    def chance(self, p):
        return self.random.random() < p

    def noun(self):
        return self.one(NOUNS)

    def thing(self):
        return self.one(["this {}", "the {}", "that {}", "my {}", "this {}", "our {}", "it", "their {}", "the new {}", "this one"]).format(self.noun())

    def adjective(self, positive):
        return self.one(GOOD if positive else BAD)

    def a(self, words):
        return ("an " if words[0] in "aeiou" else "a ") + words

    def nt(self, verb):
        """Not, in all the ways it is written."""
        return self.one([verb + " not", verb + "n't", verb + "n't", verb + "nt"])

    def is_(self):
        return self.one(["is", "is", "was", "looks"])

    def isnt(self):
        return self.one([self.nt("is"), self.nt("was"), self.nt("is"), "is never", "was never", "is hardly", "is by no means", "is far from", "is anything but"])

    def it_is(self):
        return self.one(["it is", "it's", "its", "this is", "that is", "it was", "that's"])

    def atom(self, positive):
        """A plain opinion."""
        adjective, adverb = self.adjective(positive), self.one(ADVERBS)
        verb = self.one(LIKE if positive else LOATHE)
        forms = [
            lambda: f"{self.thing()} {self.is_()} {adverb}{adjective}",
            lambda: f"{self.it_is()} {self.a(adverb + adjective)} {self.noun()}",
            lambda: f"{self.one(FIRST)} {self.one(['', '', 'really '])}{self.one([verb[0], verb[0], verb[2]])} {self.thing()}",
            lambda: f"{self.one(THIRD)} {self.one([verb[1], verb[2]])} {self.thing()}",
            lambda: f"{self.one(FIRST)} {verb[0]} {self.thing()}",
            lambda: f"{self.it_is()} {adverb}{adjective}",
        ]
        return self.one(forms)()

    def fragment(self, positive):
        """An opinion that is no clause."""
        adjective = self.adjective(positive)
        forms = [
            lambda: f"what {self.a(adjective)} {self.noun()}",
            lambda: f"{self.thing()} is full of {self.one(MERITS if positive else FAULTS)}",
            lambda: f"{self.thing()} {self.one(['has no', 'is without', 'lacks all', 'has not any'])} {self.one(FAULTS if positive else MERITS)}",
            lambda: f"more {adjective} than i {self.one(['expected', 'thought', 'hoped' if positive else 'feared'])}",
            lambda: f"the least {self.adjective(not positive)} {self.noun()} i know",
            lambda: f"{self.one(['there is', 'i found', 'i see'])} nothing {self.adjective(not positive)} {self.one(['about', 'in', 'about'])} {self.thing()}",
            lambda: f"{self.one(['everyone', 'everybody'])} {self.one(LIKE if positive else LOATHE)[1]} {self.thing()}",
            lambda: f"{self.one(['no one', 'nobody'])} {self.one(LOATHE if positive else LIKE)[self.one([1, 2])]} {self.thing()}",
            lambda: f"{self.one(['no one', 'nobody'])} {self.one(['would call', 'called', 'calls'])} {self.thing()} {self.adjective(not positive)}",
            lambda: f"i {self.one(['would', 'must', 'have to'])} call {self.thing()} {adjective}",
            lambda: f"i {self.one(['would', 'did', 'could'])} {self.one(['not', 'never'])} call {self.thing()} {self.adjective(not positive)}",
        ]
        if positive:
            forms += [lambda: self.one([
                "i could not be happier with {}", "i couldn't be more pleased with {}", "i have no complaints about {}", "i can not fault {}", "{} never disappoints",
                "{} never fails", "{} couldn't be better", "i would buy {} again", "worth every penny", "you should try {}", "go and see {}", "i had no trouble with {}",
                "who would not love {}", "i like everything about {}", "you can't go wrong with {}", "not {} as bad as they say", "i am glad that i chose {}", "{} works well",
                "{} works without any problem", "it never let us down", "do not hesitate to try {}", "i can't wait to have {} again", "{} has never failed me", "nothing is wrong with {}",
                "i can not imagine a better {n}", "there is no better {n}", "i have never seen a better {n}"])]
        else:
            forms += [lambda: self.one([
                "i could not be less happy with {}", "i am not pleased with {}", "i have many complaints about {}", "{} could be better", "{} never works", "{} always fails",
                "{} should have been better", "i would not buy {} again", "not worth the money", "i want my money back", "stay away from {}", "avoid {}", "i will never come back",
                "do not waste your money on {}", "i do not like anything about {}", "{} is not as good as they say", "i am sorry that i chose {}", "{} does not work",
                "it let us down", "i had nothing but trouble with {}", "{} stopped working", "if only {} were good", "i wish {} were better", "i can not imagine a worse {n}",
                "there is no worse {n}", "i have never seen a worse {n}", "i expected a better {n}", "i had hoped for more", "{} did not please me", "nothing works"])]
        return self.one(forms)().replace("{n}", self.noun()).replace("{}", self.thing())

    def negated(self, positive):
        """An opinion with a negation of its own: the word is of the other kind."""
        adjective, other = self.adjective(not positive), self.adjective(not positive)
        verb = self.one(LOATHE if positive else LIKE)
        forms = [
            lambda: f"{self.thing()} {self.isnt()} {self.one(ADVERBS)}{adjective}",
            lambda: f"{self.thing()} {self.isnt()} {adjective}",
            lambda: f"{self.thing()} {self.nt('is')} {self.a(adjective)} {self.noun()}",
            lambda: f"{self.it_is()} not {self.a(adjective)} {self.noun()}",
            lambda: f"not {self.a(adjective)} {self.noun()}",
            lambda: f"{self.one(FIRST)} {self.nt('do')} {verb[0]} {self.thing()}",
            lambda: f"{self.one(FIRST)} {self.nt('did')} {verb[0]} {self.thing()}",
            lambda: f"{self.one(THIRD)} {self.nt('does')} {verb[0]} {self.thing()}",
            lambda: f"{self.one(FIRST)} never {verb[2]} {self.thing()}",
            lambda: f"{self.thing()} is neither {adjective} nor {other}",
            lambda: f"{self.one(FIRST[:4])} {self.nt('would')} {verb[0]} {self.thing()}",
        ]
        return self.one(forms)() + self.one(["", "", "", " at all", " at all", " in the least" if self.chance(.3) else ""])

    def clause(self, positive):
        return self.atom(positive) if self.chance(.7) else self.negated(positive)

    def that(self):
        return self.one(["", "", "that "])

    def turned(self, positive):
        """An opener that turns the clause behind it round."""
        openers = [
            lambda: f"i {self.nt('do')} {self.one(['think', 'think', 'believe', 'feel', 'find'])} {self.that()}", lambda: f"i doubt {self.that()}",
            lambda: f"we {self.nt('do')} {self.one(['think', 'believe'])} {self.that()}", lambda: f"i {self.nt('would')} say {self.that()}",
            lambda: f"{self.one(THIRD)} {self.nt('does')} {self.one(['think', 'believe', 'feel'])} {self.that()}", lambda: f"i never thought {self.that()}",
            lambda: f"{self.one(['i', 'you', 'we', 'one'])} {self.one(['can not', 'cannot', 'cant', 'could not'])} say {self.that()}",
            lambda: f"{self.one(['nobody', 'no one'])} {self.one(['thinks', 'says', 'believes', 'would say'])} {self.that()}", lambda: f"i {self.nt('did')} think {self.that()}",
            lambda: f"{self.one(['i', 'we', 'they'])} do not agree that ", lambda: f"{self.one(['it is wrong', 'it is a lie', 'it is not right'])} to say that ",
        ]
        if not positive:
            openers += [self.doubt] * 7
        return self.one(openers)() + self.atom(not positive) + self.one(["", "", "", " at all"])

    def doubt(self):
        sure = self.one(["sure", "sure", "certain", "so sure", "quite sure", "really sure", "positive", "100 % sure"])
        return self.one([
            f"i am not {sure} {self.that()}", f"i'm not {sure} {self.that()}", f"im not {sure} {self.that()}", f"i am not {sure} {self.one(['if', 'whether'])} ",
            f"{self.one(THIRD)} is not {sure} {self.that()}", f"we are not {sure} {self.that()}", f"i {self.nt('do')} know {self.one(['if', 'whether'])} ",
            f"i wonder {self.one(['if', 'whether'])} ", f"i have my doubts {self.one(['that', 'whether'])} ", f"it is hard to {self.one(['say', 'believe'])} that ",
            f"i {self.nt('was')} {sure} {self.that()}", f"i can not be {sure} {self.that()}", f"i am no longer {sure} {self.that()}", f"i am not {sure} {self.that()}"])

    def kept(self, positive):
        """An opener that leaves the clause behind it as it is."""
        opener = self.one([
            "i think ", "i think that ", "i believe ", "i am sure ", "i am sure that ", "i'm sure ", "i'm quite sure ", "i know ", "i must say ", "i feel that ", "everyone says ",
            "my friends say that ", "it is clear that ", "there is no doubt that ", "without a doubt ", "i do not doubt that ", "i don't doubt ", "honestly , ", "to be honest , ",
            "i am certain ", "i am convinced that ", "let me tell you , ", "you can see that ", "i would say ", "i can not deny that ", "she thinks ", "he is sure ", "no one doubts that ",
            "we are sure that ", "i never doubted that ", "nobody denies that ", "it is true that ", "of course ", "i have to admit that ", "not only that , ", "after all ", "i found that "]
            + (["luckily ", "i am happy to say that ", "i am glad that "] if positive else ["sadly ", "i am afraid ", "unfortunately ", "i am sorry to say that "]))
        return opener + self.clause(positive)

    def contrast(self, positive):
        """Two opinions of which the second counts."""
        adjective, other = self.adjective(positive), self.adjective(not positive)
        was, now = self.one(LOATHE if positive else LIKE), self.one(LIKE if positive else LOATHE)
        forms = [
            lambda: f"i thought {self.thing()} would be {other} , but it is {adjective}", lambda: f"{self.clause(not positive)} , but {self.clause(positive)}",
            lambda: f"i expected {self.a(other)} {self.noun()} and got {self.a(adjective)} one", lambda: f"i used to {was[0]} {self.thing()} , but now i {now[0]} it",
            lambda: f"{self.thing()} is not as {other} as {self.one(['i feared', 'people say', 'they say'] if positive else ['i hoped', 'people say', 'they say'])}",
            lambda: f"{self.thing()} is not {other} but {adjective}", lambda: f"{self.thing()} is not only {adjective} but {self.adjective(positive)}",
            lambda: f"i am not saying {self.thing()} is {other} , it is {adjective}", lambda: f"although {self.atom(not positive)} , {self.atom(positive)}",
            lambda: f"others may call {self.thing()} {other} , to me it is {adjective}", lambda: f"{self.thing()} was {other} , now it is {adjective}",
        ]
        return self.one(forms)()

    def sentence(self, positive):
        kind = self.random.random()
        text = (self.atom(positive) if kind < .18 else self.negated(positive) if kind < .40 else self.turned(positive) if kind < .62 else
                self.kept(positive) if kind < .76 else self.fragment(positive) if kind < .92 else self.contrast(positive))
        return text + self.one([""] * 16 + [" , to be honest", " in my opinion", " for the price", " this time", " overall", " so far"])

    def sentences(self, count):
        seen = {}
        while len(seen) < count:
            positive = len(seen) % 2 == 1
            seen.setdefault(self.sentence(positive), int(positive))
        return list(seen.items())


def labelled(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            label, text = line.rstrip("\n").split(" ", 1)
            yield text, int(label)


def sst(folder):
    """The training sentences with their marks and hyphens, where the five classes say what SST-2 says."""
    for text, label in labelled(f"{folder}/stsa.fine.train"):
        if label != 2:
            yield text.replace("-lrb-", "(").replace("-rrb-", ")"), int(label > 2)


def imdb(folder, words=45):
    """How reviews begin and how they end: that is where the verdict stands."""
    with gzip.open(f"{folder}/imdb_train.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            review = json.loads(line)
            text = re.sub(r"<[^>]*>", " ", review["text"]).split()
            label = int(review["label"] == "pos")
            yield " ".join(text[-words:]), label
            if len(text) > 3 * words:
                yield " ".join(text[:words]), label


def main(data, training, validation):
    folder = f"{data}/sentiment"
    sets = [(list(sst(folder)), True), (list(labelled(f"{folder}/custrev.all")), True), (Grammar(1).sentences(24000), True),
            (list(labelled(f"{folder}/mpqa.all")), False), (list(imdb(folder)), False)]
    with open(training, "w", encoding="utf-8") as train, open(validation, "w", encoding="utf-8") as valid:
        for texts, held in sets:
            for i, (text, label) in enumerate(pair for pair in texts if re.search(r"[^\W_]", pair[0])):
                print(" ".join(text.split()), label, sep="\t", file=valid if held and i % 10 == 9 else train)


if __name__ == "__main__":
    main(*sys.argv[1:])
