"""Attention and transformer blocks, with gradients of everything. Time comes first, [T, B, D].

PyTorch's own modules where there are some (multi-head attention, encoder and decoder layers); the rest, which this PyTorch lacks, written out from its
published formula: scaled dot-product attention (Vaswani et al. 2017, 3.2.1), additive attention (Bahdanau et al. 2015, A.1.2), dot-product attention
(Luong et al. 2015, 3.1), rotary embedding (Su et al. 2021, 3.4.2), sinusoids (Vaswani et al. 2017, 3.5), a block of a GPT as in nanoGPT.
"""
import math

import torch
from torch.nn.functional import gelu, layer_norm, linear

from golden import Cases

T, S, B, D, HEADS, FF, LENGTHS = 5, 4, 2, 8, 2, 12, [4, 2]
cases = Cases("attention", seed=5)


def tanh_gelu(x):
    return gelu(x, approximate="tanh")


def split(x):
    """[T, B, heads * d] -> [B, heads, T, d]"""
    return x.reshape(x.shape[0], x.shape[1], HEADS, -1).permute(1, 2, 0, 3)


def attend(q, k, v, mask):
    """Scaled dot-product attention of several heads; the mask is added to scores [B, heads, Tq, Tk]."""
    q, k, v = split(q), split(k), split(v)
    scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1]) + mask
    return (scores.softmax(-1) @ v).permute(2, 0, 1, 3).flatten(2)


def causal(queries, keys):
    return torch.full((queries, keys), -math.inf, dtype=torch.float64).triu(1 + keys - queries)


def padding(keys):
    return torch.tensor([[0.0 if j < length else -math.inf for j in range(keys)] for length in LENGTHS], dtype=torch.float64)[:, None, None, :]


def lengths(case, values=LENGTHS):
    cases.tensors[f"{case}/in.lengths"] = torch.tensor(values, dtype=torch.int32)


def with_parameters(module, **operands):
    module = module.double()
    for parameter in module.parameters():
        parameter.data = cases.random(*parameter.shape, low=-0.6, high=0.6).detach()
    return module, {**operands, **dict(module.named_parameters())}


# The operation.
free = lambda q=T, k=S: {"q": cases.random(q, B, D), "k": cases.random(k, B, D), "v": cases.random(k, B, 2 * D)}
cases.add("attend", lambda q, k, v: attend(q, k, v, 0), **free())
cases.add("attend-causal", lambda q, k, v: attend(q, k, v, causal(T, T)), **free(k=T))
cases.add("attend-causal-cached", lambda q, k, v: attend(q, k, v, causal(2, T)), **free(q=2, k=T))
cases.add("attend-lengths", lambda q, k, v: attend(q, k, v, padding(S)), **free())
lengths("attend-lengths")
masks = {"2": cases.random(T, S), "3": cases.random(B, T, S), "4": cases.random(B, HEADS, T, S)}
for rank, mask in masks.items():
    mask = mask.detach()
    cases.add(f"attend-mask-{rank}", lambda q, k, v: attend(q, k, v, mask[:, None] if mask.dim() == 3 else mask), **free())
    cases.tensors[f"attend-mask-{rank}/in.mask"] = mask

# PyTorch's layers.
padded = torch.tensor([[j >= length for j in range(T)] for length in LENGTHS])
padded_memory = torch.tensor([[j >= length for j in range(S)] for length in LENGTHS])
attention, operands = with_parameters(torch.nn.MultiheadAttention(D, HEADS), x=cases.random(T, B, D))
cases.add("multi-head-self", lambda x, **_: attention(x, x, x, key_padding_mask=padded, need_weights=False)[0], **operands)
lengths("multi-head-self")
cross, operands = with_parameters(torch.nn.MultiheadAttention(D, HEADS), x=cases.random(T, B, D), memory=cases.random(S, B, D))
cases.add("multi-head-cross", lambda x, memory, **_: cross(x, memory, memory, key_padding_mask=padded_memory, need_weights=False)[0], **operands)
lengths("multi-head-cross")
for order in ("post", "pre"):
    options = dict(dim_feedforward=FF, dropout=0.0, norm_first=order == "pre", activation=tanh_gelu if order == "pre" else "relu")
    encoder, operands = with_parameters(torch.nn.TransformerEncoderLayer(D, HEADS, **options), x=cases.random(T, B, D))
    cases.add(f"encoder-layer-{order}", lambda x, **_: encoder(x, src_mask=causal(T, T), src_key_padding_mask=padded), **operands)
    lengths(f"encoder-layer-{order}")
    decoder, operands = with_parameters(torch.nn.TransformerDecoderLayer(D, HEADS, **options), x=cases.random(T, B, D), memory=cases.random(S, B, D))
    cases.add(f"decoder-layer-{order}", lambda x, memory, **_: decoder(x, memory, tgt_mask=causal(T, T), memory_key_padding_mask=padded_memory), **operands)
    lengths(f"decoder-layer-{order}")
    stack = torch.nn.TransformerEncoder(torch.nn.TransformerEncoderLayer(D, HEADS, **options), 2, torch.nn.LayerNorm(D) if order == "pre" else None)
    stack, operands = with_parameters(stack, x=cases.random(T, B, D))
    cases.add(f"encoder-{order}", lambda x, **_: stack(x), **operands)


# Formulas.
def additive(q, k, v, values, length):
    scores = torch.tanh(q[:, None] + k[None]) @ v                                              # [Tq, Tk, B]
    scores = scores + torch.tensor([[0.0 if j < n else -math.inf for n in length] for j in range(scores.shape[1])], dtype=torch.float64)
    weights = scores.softmax(1)
    return torch.einsum("qkb,kbd->qbd", weights, values), weights.permute(0, 2, 1)


cases.add("additive", lambda q, k, v, values: additive(q, k, v, values, LENGTHS),
          q=cases.random(T, B, 3), k=cases.random(S, B, 3), v=cases.random(3), values=cases.random(S, B, D))
lengths("additive")
cases.add("dot", lambda q, x, w: torch.einsum("qkb,kbd->qbd", torch.einsum("qbd,kbd->qkb", q, linear(x, w)).softmax(1), x),
          q=cases.random(T, B, 3), x=cases.random(S, B, D), w=cases.random(3, D))


def rotate(x, interleaved):
    d = D // HEADS
    angles = torch.arange(x.shape[0], dtype=torch.float64)[:, None] * 10000.0 ** (-2 * torch.arange(d // 2, dtype=torch.float64) / d)
    cos, sin = angles.cos()[:, None, None], angles.sin()[:, None, None]                         # [T, 1, 1, d / 2]
    x = x.reshape(x.shape[0], x.shape[1], -1, d)
    a, b = (x[..., 0::2], x[..., 1::2]) if interleaved else (x[..., : d // 2], x[..., d // 2:])
    first, second = a * cos - b * sin, b * cos + a * sin
    y = torch.stack((first, second), -1).flatten(-2) if interleaved else torch.cat((first, second), -1)
    return y.flatten(2)


cases.add("rotary-halves", lambda x: rotate(x, False), x=cases.random(T, B, D))
cases.add("rotary-interleaved", lambda x: rotate(x, True), x=cases.random(T, B, D))


def sinusoids(x):
    t, i = torch.arange(x.shape[0], dtype=torch.float64)[:, None], torch.arange(0, D, 2, dtype=torch.float64)
    angles = t / 10000.0 ** (i / D)
    return x + torch.stack((angles.sin(), angles.cos()), -1).flatten(-2)[:, None]


cases.add("sinusoids", sinusoids, x=cases.random(T, B, D))


def gpt(turned):
    def block(x, **p):
        weights = lambda name: (p[name + ".weight"], p[name + ".bias"])
        q, k, v = linear(layer_norm(x, (D,), *weights("ln_1")), *weights("attn.c_attn")).chunk(3, -1)
        q, k = (rotate(q, False), rotate(k, False)) if turned else (q, k)
        x = x + linear(attend(q, k, v, causal(T, T)), *weights("attn.c_proj"))
        return x + linear(tanh_gelu(linear(layer_norm(x, (D,), *weights("ln_2")), *weights("mlp.c_fc"))), *weights("mlp.c_proj"))
    return block


shapes = {"ln_1": (D,), "attn.c_attn": (3 * D, D), "attn.c_proj": (D, D), "ln_2": (D,), "mlp.c_fc": (4 * D, D), "mlp.c_proj": (D, 4 * D)}
for turned in (False, True):
    operands = {"x": cases.random(T, B, D)}
    for name, shape in shapes.items():
        operands[name + ".weight"], operands[name + ".bias"] = cases.random(*shape, low=-0.6, high=0.6), cases.random(shape[0], low=-0.6, high=0.6)
    cases.add("gpt-rotary" if turned else "gpt", gpt(turned), **operands)
cases.save()
