"""libtorch steps through the model of bench/Inkling.Comparison/Streaming/StreamModel.cs, one token at a time, with the softmax.

Lines: "start FOLDER"; "predict N" writes the distribution after N tokens; "run SECONDS" answers steps a second; "plain SECONDS" the same
with a linear layer 512 -> 8,192 in place of the projection and the tied embedding.
"""
import array
import os
import time

from peer import clock, read, serve, torch

VOCABULARY, EMBEDDING, HIDDEN = 8192, 256, 512


class Model:
    def __init__(self, folder):
        self.folder = folder
        self.tokens = list(read(folder, "tokens", -1, 1))
        self.embedding = read(folder, "embedding.weight", VOCABULARY, EMBEDDING)
        self.projection = read(folder, "projection.weight", EMBEDDING, HIDDEN)
        self.projection_bias = read(folder, "projection.bias", EMBEDDING)
        self.output_bias = read(folder, "output.bias", VOCABULARY)
        self.plain = torch.randn(VOCABULARY, HIDDEN) * 0.05
        self.lstm = torch.nn.LSTM(EMBEDDING, HIDDEN)
        self.lstm.weight_ih_l0.copy_(read(folder, "lstm.weight_ih_l0", 4 * HIDDEN, EMBEDDING))
        self.lstm.weight_hh_l0.copy_(read(folder, "lstm.weight_hh_l0", 4 * HIDDEN, HIDDEN))
        self.lstm.bias_ih_l0.copy_(read(folder, "lstm.bias_l0", 4 * HIDDEN))
        self.lstm.bias_hh_l0.zero_()
        self.reset()

    def reset(self):
        self.turn = 0
        self.state = (torch.zeros(1, 1, HIDDEN), torch.zeros(1, 1, HIDDEN))

    def hidden(self):
        token = self.tokens[self.turn % len(self.tokens)]
        self.turn += 1
        x = torch.nn.functional.embedding(token, self.embedding).unsqueeze(0)             # [1, 1, E]
        h, self.state = self.lstm(x, self.state)
        return h[0]                                                                       # [1, H]

    def step(self):
        features = torch.nn.functional.linear(self.hidden(), self.projection, self.projection_bias)
        return torch.softmax(torch.nn.functional.linear(features, self.embedding, self.output_bias), -1)

    def plain_step(self):
        return torch.softmax(torch.nn.functional.linear(self.hidden(), self.plain, self.output_bias), -1)


def speed(step, seconds):
    step()
    steps, start, until = 0, clock(), time.perf_counter() + seconds
    while time.perf_counter() < until:
        step()
        steps += 1
    return steps / (clock() - start)


model = None


def answer(words):
    global model
    if words[0] == "start":
        model = Model(words[1])
    elif words[0] == "predict":
        model.reset()
        for _ in range(int(words[1])):
            probabilities = model.step()
        with open(os.path.join(model.folder, "probabilities.f32"), "wb") as file:
            file.write(array.array("f", probabilities.reshape(-1).tolist()).tobytes())
    else:
        return speed(model.step if words[0] == "run" else model.plain_step, float(words[1]))
    return "ready"


with torch.inference_mode():
    serve(answer)
