#!/usr/bin/env python3
"""Moves the weights of PyTorch's layers through safetensors files, which it writes and reads from the format's specification.

    pytorch_layers.py make FILE     a network of PyTorch's layers with random weights: its state_dict, "x", and "y" that it makes of x
    pytorch_layers.py run FILE      loads the state_dict of the file into such a network, strictly, and prints what it makes of "x" as JSON
"""
import json
import struct
import sys

import torch

from safetensors_reader import read


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(2, 4, (3, 2), stride=(2, 1), padding=(1, 0), groups=2)
        self.norm = torch.nn.BatchNorm2d(4)
        self.up = torch.nn.ConvTranspose2d(4, 3, 3, stride=2, padding=1, output_padding=1)
        self.line = torch.nn.Conv1d(3, 5, 3, dilation=2)
        self.back = torch.nn.ConvTranspose1d(5, 4, 2, bias=False)
        self.linear = torch.nn.Linear(4, 6)
        self.lstm = torch.nn.LSTM(6, 4, num_layers=2, bidirectional=True)
        self.gru = torch.nn.GRU(8, 3, bidirectional=True)
        self.rnn = torch.nn.RNN(6, 3, nonlinearity="relu")
        self.scale = torch.nn.LayerNorm(3)

    def forward(self, x):
        x = self.up(torch.tanh(self.norm(self.conv(x)))).mean(2)
        x = self.linear(self.back(self.line(x)).permute(2, 0, 1))
        return self.scale(self.rnn(self.gru(self.lstm(x)[0])[0])[0])


def write(path, tensors):
    header, data = {}, b""
    for name, tensor in tensors.items():
        raw = tensor.detach().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


torch.set_num_threads(1)
net = Net().eval()
if sys.argv[1] == "make":
    generator = torch.Generator().manual_seed(6)
    state = {name: value for name, value in net.state_dict().items() if "num_batches" not in name}
    for name, value in state.items():
        value.copy_(torch.rand(value.shape, generator=generator) * (1 if "running_var" in name else 0.8) + (0.5 if "running_var" in name else -0.4))
    x = torch.rand((2, 2, 7, 9), generator=generator) * 2 - 1
    write(sys.argv[2], {**state, "x": x, "y": net(x)})
    print("{}")
else:
    tensors = {name: torch.tensor(t["values"], dtype=torch.float32).reshape(t["shape"]) for name, t in read(sys.argv[2])["tensors"].items()}
    x = tensors.pop("x")
    net.load_state_dict({**tensors, "norm.num_batches_tracked": torch.tensor(0)}, strict=True)
    json.dump(net(x).flatten().tolist(), sys.stdout)
