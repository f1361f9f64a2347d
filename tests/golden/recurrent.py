"""Recurrent layers of PyTorch: RNN, GRU and LSTM, one to two layers, both directions, packed by length, with gradients of everything.

Cases are called KIND-LAYERSxDIRECTIONS, and -packed where rows have lengths. Operands: x [T, B, I], h [layers * directions, B, H], c for the
LSTM, `lengths` [B], and the parameters under PyTorch's names. Results: output [T, B, H * directions], h_n, c_n.
"""
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from golden import Cases

TIME, BATCH, INPUT, HIDDEN, LENGTHS = 5, 3, 4, 3, [3, 5, 2]


def add(cases, name, module, layers, directions, lengths):
    module = module.double()
    for parameter in module.parameters():
        parameter.data = cases.random(*parameter.shape, low=-0.8, high=0.8).detach()
    states = layers * directions, BATCH, HIDDEN
    operands = {"x": cases.random(TIME, BATCH, INPUT), "h": cases.random(*states)}
    if isinstance(module, torch.nn.LSTM):
        operands["c"] = cases.random(*states)
    operands.update(module.named_parameters())

    def run(x, h, c=None, **_):
        if lengths:
            x = pack_padded_sequence(x, torch.tensor(lengths), enforce_sorted=False)
        output, last = module(x, h if c is None else (h, c))
        if lengths:
            output, _ = pad_packed_sequence(output, total_length=TIME)
        return (output, last) if c is None else (output, *last)

    case = f"{name}-{layers}x{directions}" + ("-packed" if lengths else "")
    cases.add(case, run, **operands)
    if lengths:
        cases.tensors[f"{case}/in.lengths"] = torch.tensor(lengths, dtype=torch.int32)


cases = Cases("recurrent", seed=4)
kinds = {
    "rnn-tanh": lambda **options: torch.nn.RNN(INPUT, HIDDEN, nonlinearity="tanh", **options),
    "rnn-relu": lambda **options: torch.nn.RNN(INPUT, HIDDEN, nonlinearity="relu", **options),
    "gru": lambda **options: torch.nn.GRU(INPUT, HIDDEN, **options),
    "lstm": lambda **options: torch.nn.LSTM(INPUT, HIDDEN, **options),
}
for kind, make in kinds.items():
    for layers, directions, lengths in [(1, 1, None), (2, 2, None), (1, 1, LENGTHS), (2, 2, LENGTHS)]:
        add(cases, kind, make(num_layers=layers, bidirectional=directions == 2), layers, directions, lengths)
cases.save()
