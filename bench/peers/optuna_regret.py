"""Regret of Optuna's samplers on the functions of bench/Inkling.Tuning.Regret.

optuna_regret.py --functions branches,choices --samplers tpe,tpe-mvg --seeds 30   the table, as bench/Inkling.Tuning.Regret prints it
optuna_regret.py --check FILE                                                     compares with values that `--points N` printed there

Debian: apt-get install python3-optuna, and run with /usr/bin/python3. Definitions are those of Problems/Catalogue.cs; random numbers are not.
"""

import argparse
import json
import math
import random
import statistics
import sys
import time
import warnings

import optuna

DEPTHS = [1.0, 1.2, 3.0, 3.2]
THREE = (
    [[3, 10, 30], [0.1, 10, 35], [3, 10, 30], [0.1, 10, 35]],
    [[3689, 1170, 2673], [4699, 4387, 7470], [1091, 8732, 5547], [381, 5743, 8828]],
)
SIX = (
    [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]],
    [[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991], [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]],
)


def logarithm(trial, name, low, high):
    return math.log10(trial.suggest_float(name, low, high, log=True))


def hartmann(trial, constants):
    steepness, places = constants
    x = [trial.suggest_float(f"x{i}", 0, 1) for i in range(len(places[0]))]
    return -sum(depth * math.exp(-sum(s * (v - p * 1e-4) ** 2 for s, v, p in zip(steepness[i], x, places[i]))) for i, depth in enumerate(DEPTHS))


def branin(trial):
    x, y = trial.suggest_float("x", -5, 10), trial.suggest_float("y", 0, 15)
    valley = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return valley * valley + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


def ackley(trial, dimensions):
    x = [trial.suggest_float(f"x{i}", -20, 30) for i in range(dimensions)]
    return 20 + math.e - 20 * math.exp(-0.2 * math.sqrt(statistics.fmean(v * v for v in x))) - math.exp(statistics.fmean(math.cos(2 * math.pi * v) for v in x))


def rosenbrock(trial):
    x = [trial.suggest_float(f"x{i}", -2, 2) for i in range(4)]
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in range(3))


def levy(trial, dimensions):
    w = [1 + (trial.suggest_float(f"x{i}", -10, 10) - 1) / 4 for i in range(dimensions)]
    ends = math.sin(math.pi * w[0]) ** 2 + (w[-1] - 1) ** 2 * (1 + math.sin(2 * math.pi * w[-1]) ** 2)
    return ends + sum((one - 1) ** 2 * (1 + 10 * math.sin(math.pi * one + 1) ** 2) for one in w[:-1])


def training(trial):
    rate, decay = logarithm(trial, "rate", 1e-6, 1), logarithm(trial, "decay", 1e-7, 1e-1)
    dropout, layers, units = trial.suggest_float("dropout", 0, 0.8, step=0.1), trial.suggest_int("layers", 1, 6), trial.suggest_int("units", 8, 1024, log=True)
    optimizers = {"sgd": (-1, 0.06), "momentum": (-2, 0.02), "adam": (-3, 0), "rmsprop": (-3.5, 0.04)}
    centre, cost = optimizers[trial.suggest_categorical("optimizer", list(optimizers))]
    activations = {"relu": 0.01, "tanh": 0.05, "gelu": 0}
    activation = activations[trial.suggest_categorical("activation", list(activations))]
    size, depth = math.log2(units) - 8, layers - 3
    loss = 0.05 * (rate - centre + 0.15 * depth) ** 2 + 0.006 * (decay + 4) ** 2 + 0.3 * (dropout - 0.2 - 0.05 * max(size, 0)) ** 2
    return loss + 0.02 * abs(depth) + 0.012 * size * size + cost + activation


def branches(trial):
    common = trial.suggest_float("common", -3, 3)
    if trial.suggest_categorical("model", ["tree", "net"]) == "tree":
        depth, leaf = trial.suggest_int("depth", 1, 20), trial.suggest_float("leaf", 0, 1)
        return 0.3 + 0.02 * abs(depth - 7) + 0.1 * abs(leaf - 0.3) + 0.02 * (common - 1) ** 2
    loss = 0.15 * (logarithm(trial, "rate", 1e-5, 1) + 2.5) ** 2 + 0.05 * (common + 1) ** 2
    return loss + 0.03 * abs(trial.suggest_int("layers", 2, 12) - 5) if trial.suggest_categorical("deep", [True, False]) else loss + 0.2


def choices(trial):
    best, taken = [2, 3, 1, 2, 1, 3], [trial.suggest_categorical(f"c{i}", [0, 1, 2, 3]) for i in range(6)]
    loss = sum(0 if one == right else 0.08 if one == 0 else 0.1 + 0.02 * one for one, right in zip(taken, best))
    loss += sum(0.06 for i in (0, 2, 4) if (taken[i] == best[i]) != (taken[i + 1] == best[i + 1]))
    return loss + 0.05 * (logarithm(trial, "weight", 1e-4, 1) + 1.5) ** 2


def border(trial):
    dropout, epochs, smoothing = trial.suggest_float("dropout", 0, 0.5), trial.suggest_float("epochs", 1, 100, log=True), trial.suggest_float("smoothing", 0, 0.3)
    batch, rate = math.log2(trial.suggest_int("batch", 16, 1024, log=True)), logarithm(trial, "rate", 1e-5, 1)
    loss = 0.3 * (1 - math.log(epochs) / math.log(100)) + 0.4 * dropout + smoothing * smoothing
    return loss + 0.02 * (batch - 4) + 0.1 * (rate + 3 - 0.15 * (batch - 4) - 0.5 * dropout) ** 2


def cliff(trial):
    momentum = trial.suggest_float("momentum", 0, 0.99)
    rate = math.log10(trial.suggest_float("rate", 1e-6, 10, log=True) / (1 - momentum))
    width = trial.suggest_int("width", 4, 512, log=True)
    limit, share = 0.5 - 0.3 * math.log10(width), math.log2(width) / 9
    return 2.3 if rate > limit else 0.25 * (limit - rate) + 0.5 * (momentum - 0.8) ** 2 + (share - 0.7) ** 2


BRANIN, SIXTH = 0.39788735772973816, -3.3223680114155147
# Name: function, its least value, numbers of trials after which regret is told, deviation of the noise.
PROBLEMS = {
    "branin": (branin, BRANIN, [20, 30, 50], 0),
    "hartmann3": (lambda trial: hartmann(trial, THREE), -3.8627797869493365, [30, 50], 0),
    "hartmann6": (lambda trial: hartmann(trial, SIX), SIXTH, [50, 100], 0),
    "branin-noisy": (branin, BRANIN, [30, 50], 2),
    "hartmann6-noisy": (lambda trial: hartmann(trial, SIX), SIXTH, [50, 100], 0.1),
    "ackley5": (lambda trial: ackley(trial, 5), 0, [50, 100], 0),
    "rosenbrock4": (rosenbrock, 0, [50, 100], 0),
    "levy3": (lambda trial: levy(trial, 3), 0, [30, 50], 0),
    "training": (training, 0, [40, 80], 0),
    "branches": (branches, 0, [40, 80], 0),
    "training-noisy": (training, 0, [40, 80], 0.03),
    "choices": (choices, 0, [40, 80], 0),
    "border": (border, 0, [40, 80], 0),
    "cliff": (cliff, 0, [30, 60], 0),
    "ackley6": (lambda trial: ackley(trial, 6), 0, [50, 100], 0),
    "levy6": (lambda trial: levy(trial, 6), 0, [50, 100], 0),
}
SAMPLERS = {
    "tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "tpe-mv": lambda seed: optuna.samplers.TPESampler(seed=seed, multivariate=True),
    "tpe-mvg": lambda seed: optuna.samplers.TPESampler(seed=seed, multivariate=True, group=True),
    "random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
}


def regrets(problem, sampler):
    function, minimum, counts, deviation = PROBLEMS[problem]
    for seed in range(options.seeds):
        noise, study, best, regret, path = random.Random(seed), optuna.create_study(sampler=SAMPLERS[sampler](seed)), math.inf, math.inf, []
        for _ in range(counts[-1]):
            trial = study.ask()
            value = function(trial)
            seen = value + deviation * noise.gauss(0, 1)
            study.tell(trial, seen)
            if seen < best:
                best, regret = seen, value - minimum
            path.append(regret)
        yield path


def check(file):
    furthest, points = 0.0, 0
    for line in open(file, encoding="utf-8"):
        point = json.loads(line)
        value = PROBLEMS[point["function"]][0](optuna.trial.FixedTrial(point["parameters"]))
        far = abs(value - point["value"]) / max(1, abs(value))
        if not far < 1e-9:
            sys.exit(f"{point['function']} at {point['parameters']}: {value!r} here, {point['value']!r} there")
        furthest, points = max(furthest, far), points + 1
    print(f"{points} values agree, the furthest to {furthest:.1g}")


arguments = argparse.ArgumentParser()
arguments.add_argument("--functions", default=",".join(PROBLEMS))
arguments.add_argument("--samplers", default="tpe,tpe-mvg")
arguments.add_argument("--seeds", type=int, default=30)
arguments.add_argument("--check")
options = arguments.parse_args()
warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
if options.check:
    check(options.check)
    sys.exit()
print("| function | trials | sampler | seeds | median | mean | quartiles | worst | < 0.05 | processor ms a trial |\n|---|---|---|---|---|---|---|---|---|---|")
for name in options.functions.split(","):
    for sampler in options.samplers.split(","):
        begin = time.process_time()
        paths = list(regrets(name, sampler))
        milliseconds = (time.process_time() - begin) * 1000 / len(paths) / len(paths[0])
        for count in PROBLEMS[name][2]:
            found = sorted(path[count - 1] for path in paths)
            low, middle, high = statistics.quantiles(found, n=4, method="inclusive")
            share = sum(one < 0.05 for one in found) * 100 // len(found)
            print(f"| {name} | {count} | optuna {sampler} | {len(found)} | {middle:.3g} | {statistics.fmean(found):.3g} | {low:.3g}–{high:.3g} | {found[-1]:.3g} | {share} % | {milliseconds:.3g} |", flush=True)
