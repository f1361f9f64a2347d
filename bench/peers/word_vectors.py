"""Word vectors by gensim: METHOD (skipgram, cbow, subwords), TEXT (a sentence of words a line), OUT (word2vec binary), EPOCHS, SEED. One thread.

Debian: apt-get install python3-gensim, and run with /usr/bin/python3.
"""

import sys
import time

from gensim.models import FastText, Word2Vec

method, text, out, epochs, seed = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]) if len(sys.argv) > 5 else 1
settings = dict(vector_size=100, window=5, negative=5, sample=1e-3, min_count=5, epochs=epochs, workers=1, seed=seed)
if method == "skipgram":
    model = Word2Vec(sg=1, alpha=0.025, **settings)
elif method == "cbow":
    model = Word2Vec(sg=0, alpha=0.05, **settings)
elif method == "subwords":
    model = FastText(sg=1, alpha=0.05, min_n=3, max_n=6, bucket=200_000, **settings)
else:
    sys.exit(f"no method {method}: skipgram, cbow or subwords")
model.build_vocab(corpus_file=text)
wall, processor = time.time(), time.process_time()
model.train(corpus_file=text, total_examples=model.corpus_count, total_words=model.corpus_total_words, epochs=epochs)
wall, processor = time.time() - wall, time.process_time() - processor
words = model.corpus_total_words * epochs
print(f"{method}, seed {seed}: {len(model.wv)} words, {epochs} epochs in {wall:.1f} s, {words / wall:.0f} words/s, {words / processor:.0f} for each second of a processor")
model.wv.save_word2vec_format(out, binary=True)
