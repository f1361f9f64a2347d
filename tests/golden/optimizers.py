"""Traces of 100 steps of every optimizer, and the values of schedules, computed by PyTorch in double. Lion is its published formula (Chen et al. 2023, Alg. 2).

The problem: gradient of weight i at step t is a_i (w_i - c_i) + noise[t, i].
"""
import torch
from torch.optim import lr_scheduler as lrs

from golden import save

STEPS, SIZE, FACTORS = 100, 11, 60
generator = torch.Generator().manual_seed(6)


def uniform(*shape, low, high):
    return (torch.rand(shape, generator=generator, dtype=torch.float32) * (high - low) + low).double()


start, goal, curvature, noise = uniform(SIZE, low=-2, high=2), uniform(SIZE, low=-1, high=1), uniform(SIZE, low=0.2, high=3), uniform(STEPS, SIZE, low=-1, high=1)
tensors = {"problem/in.start": start, "problem/in.goal": goal, "problem/in.curvature": curvature, "problem/in.noise": noise}


class Lion(torch.optim.Optimizer):
    def __init__(self, params, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(params, dict(lr=lr, betas=betas, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                state, (b1, b2) = self.state[p], group["betas"]
                m = state.setdefault("m", torch.zeros_like(p))
                update = torch.sign(b1 * m + (1 - b1) * p.grad)
                p -= group["lr"] * (update + group["weight_decay"] * p)
                state["m"] = b2 * m + (1 - b2) * p.grad


def trace(name, make):
    w = start.clone().requires_grad_()
    optimizer, rows = make([w]), []
    for t in range(STEPS):
        w.grad = curvature * (w.detach() - goal) + noise[t]
        optimizer.step()
        rows.append(w.detach().clone())
    tensors[f"{name}/out.trace"] = torch.stack(rows)


o = torch.optim
trace("sgd", lambda p: o.SGD(p, lr=0.05))
trace("sgd_l2", lambda p: o.SGD(p, lr=0.05, weight_decay=0.1))
trace("sgd_momentum", lambda p: o.SGD(p, lr=0.02, momentum=0.9))
trace("sgd_dampening", lambda p: o.SGD(p, lr=0.05, momentum=0.8, dampening=0.3, weight_decay=0.1))
trace("sgd_nesterov", lambda p: o.SGD(p, lr=0.02, momentum=0.9, nesterov=True, weight_decay=0.1))
trace("adagrad", lambda p: o.Adagrad(p, lr=0.1))
trace("adagrad_options", lambda p: o.Adagrad(p, lr=0.1, lr_decay=0.01, weight_decay=0.1, initial_accumulator_value=0.5, eps=1e-6))
trace("adadelta", lambda p: o.Adadelta(p))
trace("adadelta_options", lambda p: o.Adadelta(p, lr=0.5, rho=0.95, eps=1e-4, weight_decay=0.1))
trace("rmsprop", lambda p: o.RMSprop(p))
trace("rmsprop_momentum", lambda p: o.RMSprop(p, lr=0.005, momentum=0.8, alpha=0.9))
trace("rmsprop_centred", lambda p: o.RMSprop(p, centered=True))
trace("rmsprop_all", lambda p: o.RMSprop(p, lr=0.005, momentum=0.8, centered=True, weight_decay=0.1, eps=1e-4))
trace("adam", lambda p: o.Adam(p, lr=0.02))
trace("adam_l2", lambda p: o.Adam(p, lr=0.02, betas=(0.8, 0.99), eps=1e-4, weight_decay=0.1))
trace("adamw", lambda p: o.AdamW(p, lr=0.02))
trace("adamw_decay", lambda p: o.AdamW(p, lr=0.02, betas=(0.8, 0.99), eps=1e-4, weight_decay=0.5))
trace("adamax", lambda p: o.Adamax(p, lr=0.02))
trace("adamax_l2", lambda p: o.Adamax(p, lr=0.02, betas=(0.8, 0.95), weight_decay=0.1))
# The implementation of PyTorch 1.13 for single tensors has one factor too many (mu_product * mu * mu_next); the other one follows the paper.
trace("nadam", lambda p: o.NAdam(p, lr=0.02, foreach=True))
trace("nadam_l2", lambda p: o.NAdam(p, lr=0.02, betas=(0.8, 0.99), momentum_decay=0.01, weight_decay=0.1, foreach=True))
trace("radam", lambda p: o.RAdam(p, lr=0.02))
trace("radam_l2", lambda p: o.RAdam(p, lr=0.02, betas=(0.8, 0.99), eps=1e-4, weight_decay=0.1))
trace("lion", lambda p: Lion(p, lr=0.01))
trace("lion_decay", lambda p: Lion(p, lr=0.01, betas=(0.8, 0.95), weight_decay=0.5))
trace("rprop", lambda p: o.Rprop(p))
trace("rprop_options", lambda p: o.Rprop(p, lr=0.05, etas=(0.4, 1.5), step_sizes=(1e-3, 0.1)))


def factors(name, make, steps=FACTORS):
    optimizer = o.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedule, rows = make(optimizer), []
    for _ in range(steps):
        rows.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    tensors[f"{name}/out.factors"] = torch.tensor(rows, dtype=torch.float64)


factors("step", lambda p: lrs.StepLR(p, 7, gamma=0.3))
factors("multi_step", lambda p: lrs.MultiStepLR(p, [5, 20, 20, 41], gamma=0.5))
factors("exponential", lambda p: lrs.ExponentialLR(p, 0.93))
factors("linear", lambda p: lrs.LinearLR(p, start_factor=0.25, end_factor=0.8, total_iters=31))
factors("polynomial", lambda p: lrs.PolynomialLR(p, total_iters=40, power=1.7))
factors("cosine", lambda p: lrs.CosineAnnealingLR(p, T_max=59, eta_min=0.1))
factors("cosine_restarts", lambda p: lrs.CosineAnnealingWarmRestarts(p, T_0=7, T_mult=2, eta_min=0.05))
factors("cosine_restarts_even", lambda p: lrs.CosineAnnealingWarmRestarts(p, T_0=9))
factors("one_cycle", lambda p: lrs.OneCycleLR(p, max_lr=1.0, total_steps=FACTORS, cycle_momentum=False), FACTORS - 1)
factors("one_cycle_linear", lambda p: lrs.OneCycleLR(p, max_lr=1.0, total_steps=FACTORS, pct_start=0.2, div_factor=10, final_div_factor=100, anneal_strategy="linear",
                                                     cycle_momentum=False), FACTORS - 1)
factors("noam", lambda p: lrs.LambdaLR(p, lambda s: 512 ** -0.5 * min((s + 1) ** -0.5, (s + 1) * 12 ** -1.5)))
factors("warmup", lambda p: lrs.SequentialLR(p, [lrs.LinearLR(p, start_factor=0.1, end_factor=1.0, total_iters=9), lrs.ExponentialLR(p, 0.9)], [10]))

# What a plateau sees: falls, stalls, rises, falls by less than the threshold.
losses = [1.0, 0.8, 0.8, 0.79999, 0.81, 0.7, 0.70, 0.70, 0.70, 0.71, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.5, 0.5, 0.5, 0.5]
tensors["plateau/in.losses"] = torch.tensor(losses, dtype=torch.float64)
for name, options in [("plateau", dict(factor=0.5, patience=1, threshold=1e-3, threshold_mode="abs", min_lr=0.2)),
                      ("plateau_relative", dict(factor=0.3, patience=2, threshold=1e-2, threshold_mode="rel", cooldown=2))]:
    optimizer, rows = o.SGD([torch.zeros(1, requires_grad=True)], lr=1.0), []
    schedule = lrs.ReduceLROnPlateau(optimizer, **options)
    for loss in losses:
        schedule.step(loss)
        rows.append(optimizer.param_groups[0]["lr"])
    tensors[f"{name}/out.factors"] = torch.tensor(rows, dtype=torch.float64)


def lbfgs(name, **options):
    """A logistic regression with a little curvature everywhere; loss before each step, and the weights after it. The test repeats it in double, with these literals."""
    x = torch.tensor([[((7 * i + 3 * j) % 11 - 5) / 4 for j in range(4)] for i in range(12)], dtype=torch.float64)
    y = torch.tensor([[float(i % 3 == 0)] for i in range(12)], dtype=torch.float64)
    w = torch.zeros(1, 4, dtype=torch.float64, requires_grad=True)
    optimizer, rows = o.LBFGS([w], **options), []

    def closure():
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ w.T, y) + 0.05 * (w ** 4).sum()
        loss.backward()
        return loss

    for _ in range(6):
        rows.append(float(optimizer.step(closure)))
    print(name, ", ".join(f"{v:.12g}" for v in rows), "|", ", ".join(f"{v:.12g}" for v in w.detach().flatten().tolist()), "|", optimizer.state[w]["func_evals"])


lbfgs("lbfgs", max_iter=3, lr=0.8)
lbfgs("lbfgs history 2", max_iter=4, history_size=2)
lbfgs("lbfgs wolfe", max_iter=3, line_search_fn="strong_wolfe")
save("optimizers", {name: value.numpy() for name, value in tensors.items()}, torch=torch.__version__)
