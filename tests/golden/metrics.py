"""Figures of classification, ranking, regression and translation by scikit-learn, SciPy and NLTK.

    OPENBLAS_NUM_THREADS=1 /usr/bin/python3 tests/golden/metrics.py      (Debian: python3-sklearn, python3-nltk)
"""
import nltk
import numpy as np
import scipy
import scipy.stats
import sklearn
import sklearn.metrics as m
from nltk.translate.bleu_score import SmoothingFunction, corpus_bleu

import golden

random = np.random.default_rng(7)
tensors = {}


def classes(case, rows, width, present, ks):
    truth = random.integers(0, present, rows)
    scores = random.normal(size=(rows, width)).astype(np.float32)
    scores[:, present:] -= 20  # never predicted, never true
    scores[np.arange(rows), truth] += 0.8
    predicted = scores.argmax(1)
    out = {"accuracy": m.accuracy_score(truth, predicted)}
    for name, function in (("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)):
        for average in ("macro", "micro", "weighted"):
            out[name if average == "macro" else f"{name}_{average}"] = function(truth, predicted, average=average, zero_division=0)
        out[f"{name}_each"] = function(truth, predicted, average=None, labels=range(width), zero_division=0)
    for k in ks:
        out[f"top_{k}"] = m.top_k_accuracy_score(truth, scores, k=k, labels=range(width))
    tensors[f"{case}/in.scores"], tensors[f"{case}/in.truth"] = scores, truth.astype(np.int32)
    tensors[f"{case}/out.confusion"] = m.confusion_matrix(truth, predicted, labels=range(width)).astype(np.int32)
    for name, value in out.items():
        tensors[f"{case}/out.{name}"] = np.atleast_1d(value)


def ranking(case, scores, truth):
    scores, truth = np.asarray(scores, np.float32), np.asarray(truth, np.int32)
    precision, recall, _ = m.precision_recall_curve(truth, scores)
    tensors[f"{case}/in.scores"], tensors[f"{case}/in.truth"] = scores, truth
    tensors[f"{case}/out.roc_auc"] = np.atleast_1d(m.roc_auc_score(truth, scores))
    tensors[f"{case}/out.average_precision"] = np.atleast_1d(m.average_precision_score(truth, scores))
    tensors[f"{case}/out.pr_auc"] = np.atleast_1d(m.auc(recall, precision))


def regression(case, predicted, truth):
    predicted, truth = np.asarray(predicted, np.float32), np.asarray(truth, np.float32)
    tensors[f"{case}/in.predicted"], tensors[f"{case}/in.truth"] = predicted, truth
    tensors[f"{case}/out.mae"] = np.atleast_1d(m.mean_absolute_error(truth, predicted))
    tensors[f"{case}/out.r2"] = np.atleast_1d(m.r2_score(truth, predicted))
    tensors[f"{case}/out.pearson"] = np.atleast_1d(scipy.stats.pearsonr(predicted.ravel(), truth.ravel())[0])
    tensors[f"{case}/out.spearman"] = np.atleast_1d(scipy.stats.spearmanr(predicted.ravel(), truth.ravel())[0])


def translation(case, sentences, words, references, noise, longest):
    """Sentences of at least four made-up words, since NLTK counts an n-gram in those too short to have one; references differ in some words."""
    def near(sentence):
        words_kept = [random.integers(0, words) if random.random() < noise else word for word in sentence]
        return [w for word in words_kept for w in [word] * random.choice([0, 1, 2], p=[noise / 2, 1 - noise, noise / 2])] or [0]

    hypotheses = [list(random.integers(0, words, random.integers(4, longest))) for _ in range(sentences)]
    references = [[near(h) for _ in range(references)] for h in hypotheses]
    flat = [s for h, rs in zip(hypotheses, references) for s in [h, *rs]]
    tensors[f"{case}/in.words"] = np.concatenate(flat).astype(np.int32)
    tensors[f"{case}/in.lengths"] = np.array([len(s) for s in flat], np.int32)
    tensors[f"{case}/in.references"] = np.array([len(references[0])], np.int32)
    smoothing = SmoothingFunction().method3
    tensors[f"{case}/out.bleu"] = np.atleast_1d(100 * corpus_bleu(references, hypotheses, smoothing_function=smoothing))


classes("ten", 400, 10, 10, (1, 3))
classes("absent", 90, 6, 4, (2,))
classes("two", 50, 2, 2, ())
truth = random.integers(0, 2, 300)
ranking("smooth", random.normal(size=300) + 0.7 * truth, truth)
ranking("ties", np.round(random.normal(size=300) + 0.7 * truth), truth)
ranking("constant", np.zeros(20), [0, 1] * 10)
ranking("perfect", [0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1])
ranking("reversed", [0.9, 0.8, 0.2, 0.1], [0, 0, 1, 1])
x = random.normal(size=(200, 1))
regression("line", 0.8 * x + 0.3 * random.normal(size=x.shape), x)
regression("steps", np.round(x * 2), np.round(x + random.normal(size=x.shape)))
regression("far", 1e4 + x, 1e4 + x + 0.1 * random.normal(size=x.shape))
pair = random.normal(size=(100, 3))
regression("three", pair + 0.5 * random.normal(size=pair.shape), pair * [1, 5, 0.2])
translation("near", 60, 200, 1, 0.2, 30)
translation("several", 60, 200, 3, 0.3, 30)
translation("distant", 5, 400, 1, 0.85, 8)  # without any 4-gram in common: smoothed
golden.save("metrics", tensors, sklearn=sklearn.__version__, scipy=scipy.__version__, nltk=nltk.__version__)
