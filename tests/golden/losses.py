"""Losses and their gradients, computed by PyTorch in double. The hinge losses and InfoNCE, which PyTorch lacks, are their published formulas."""
import torch
import torch.nn.functional as F

from golden import Cases

cases = Cases("losses", seed=4)


def ints(values):
    return torch.tensor(values, dtype=torch.int32)


def fixed(values):
    """A float operand that wants no gradient."""
    return torch.tensor(values, dtype=torch.float32).double()


x, t = cases.random(5, 7, low=-3, high=3), cases.random(5, 7, low=-3, high=3)
cases.add("mae", lambda x, t: F.l1_loss(x, t), x=x, t=t)
cases.add("mse", lambda x, t: F.mse_loss(x, t), x=x, t=t)
cases.add("huber", lambda x, t: F.huber_loss(x, t), x=x, t=t)
cases.add("huber_0.4", lambda x, t: F.huber_loss(x, t, delta=0.4), x=x, t=t)
cases.add("smooth_l1_0.3", lambda x, t: F.smooth_l1_loss(x, t, beta=0.3), x=x, t=t)

labels = torch.bernoulli(torch.full((6, 5), 0.4), generator=cases.generator).double()
cases.add("bce", lambda x, t: F.binary_cross_entropy_with_logits(x, t), x=cases.random(6, 5, low=-8, high=8), t=labels)
cases.add("bce_positive", lambda x, t, w: F.binary_cross_entropy_with_logits(x, t, pos_weight=w), x=cases.random(6, 5, low=-8, high=8), t=labels, w=fixed([2.5]))
cases.add("bce_positive_classes", lambda x, t, w: F.binary_cross_entropy_with_logits(x, t, pos_weight=w), x=cases.random(6, 5, low=-8, high=8), t=labels,
          w=fixed([0.5, 1, 3, 2, 7]))

classes, weights = ints([0, 4, 2, -1, 5, 1, 4]), fixed([0.5, 1, 2, 0.25, 3, 1.5])
for name, weight, smoothing in [("plain", None, 0), ("weights", weights, 0), ("smooth", None, 0.1), ("smooth_weights", weights, 0.25)]:
    operands = {"x": cases.random(7, 6, low=-4, high=4), "y": classes} | ({} if weight is None else {"w": weight})
    cases.add(f"cross_entropy_{name}", lambda x, y, w=None, s=smoothing: F.cross_entropy(x, y.long(), weight=w, ignore_index=-1, label_smoothing=s), **operands)
cases.add("nll", lambda x, y: F.nll_loss(x, y.long(), ignore_index=-1), x=cases.random(7, 6), y=classes)
cases.add("nll_weights", lambda x, y, w: F.nll_loss(x, y.long(), weight=w, ignore_index=-1), x=cases.random(7, 6), y=classes, w=weights)

target = torch.softmax(torch.rand(4, 5, generator=cases.generator, dtype=torch.float32) * 3, dim=1).double()
target[0, 2] = 0
cases.add("kl", lambda x, t: F.kl_div(torch.log_softmax(x, 1), t, reduction="batchmean"), x=cases.random(4, 5), t=target.clone())
cases.add("kl_target", lambda x, t: F.kl_div(x, t, reduction="batchmean"), x=cases.random(4, 5, low=-2, high=0), t=cases.random(4, 5, low=0.1, high=1))

signs = torch.where(torch.rand(4, 6, generator=cases.generator) < 0.5, -1.0, 1.0).double()
cases.add("hinge", lambda x, t: torch.clamp(1 - t * x, min=0).mean(), x=cases.random(4, 6, low=-3, high=3), t=signs)
cases.add("hinge_squared", lambda x, t: (torch.clamp(0.5 - t * x, min=0) ** 2).mean(), x=cases.random(4, 6, low=-3, high=3), t=signs)
rows = ints([3, 0, 2, 1, 4])
cases.add("multi_margin", lambda x, y: F.multi_margin_loss(x, y.long()), x=cases.random(5, 5, low=-2, high=2), y=rows)
cases.add("multi_margin_squared", lambda x, y: F.multi_margin_loss(x, y.long(), p=2, margin=0.5), x=cases.random(5, 5, low=-2, high=2), y=rows)

pairs = ints([1, -1, -1, 1, -1, -1])
cases.add("cosine", lambda a, b, y: F.cosine_embedding_loss(a, b, y), a=cases.random(6, 4), b=cases.random(6, 4), y=pairs)
cases.add("cosine_margin", lambda a, b, y: F.cosine_embedding_loss(a, b, y, margin=0.3), a=cases.random(6, 4), b=cases.random(6, 4), y=pairs)
cases.add("triplet", lambda a, p, n: F.triplet_margin_loss(a, p, n), a=cases.random(6, 4), p=cases.random(6, 4), n=cases.random(6, 4))
cases.add("triplet_margin", lambda a, p, n: F.triplet_margin_loss(a, p, n, margin=0.2), a=cases.random(6, 4), p=cases.random(6, 4), n=cases.random(6, 4))


def info_nce(q, k, temperature, symmetric):
    logits = F.normalize(q, dim=1) @ F.normalize(k, dim=1).T / temperature
    target = torch.arange(len(q))
    forth = F.cross_entropy(logits, target)
    return (forth + F.cross_entropy(logits.T, target)) / 2 if symmetric else forth


cases.add("info_nce", lambda q, k: info_nce(q, k, 0.07, False), q=cases.random(7, 5), k=cases.random(7, 5))
cases.add("info_nce_symmetric", lambda q, k: info_nce(q, k, 0.2, True), q=cases.random(7, 5), k=cases.random(7, 5))


def ctc(x, targets, target_lengths, input_lengths, blank=0, zero_infinity=False):
    return F.ctc_loss(torch.log_softmax(x, 2), targets.long(), input_lengths.long(), target_lengths.long(), blank=blank, zero_infinity=zero_infinity)


sequences = ints([[1, 2, 2, 3, 0], [4, 4, 4, 4, 0], [5, 1, 0, 0, 0], [0, 0, 0, 0, 0]])
cases.add("ctc", ctc, x=cases.random(12, 4, 6, low=-3, high=3), targets=sequences, target_lengths=ints([4, 4, 2, 0]), input_lengths=ints([12, 9, 7, 5]))
cases.add("ctc_blank_last", lambda **k: ctc(**k, blank=5), x=cases.random(8, 2, 6, low=-3, high=3), targets=ints([[0, 1, 1], [4, 3, 2]]), target_lengths=ints([3, 3]),
          input_lengths=ints([8, 8]))
# The second row needs 7 steps and has 6: infinite, and counted as zero here.
cases.add("ctc_zero_infinity", lambda **k: ctc(**k, zero_infinity=True), x=cases.random(8, 2, 6, low=-3, high=3), targets=ints([[1, 2, 3, 4], [4, 4, 4, 4]]),
          target_lengths=ints([4, 4]), input_lengths=ints([8, 6]))
cases.add("ctc_long", ctc, x=cases.random(60, 2, 10, low=-3, high=3), targets=torch.randint(1, 10, (2, 20), generator=cases.generator, dtype=torch.int32),
          target_lengths=ints([20, 17]), input_lengths=ints([60, 55]))

cases.save()
