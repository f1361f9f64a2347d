"""libtorch trains the language models of bench/Inkling.Comparison/Training/RecurrentTraining.cs: embedding 256, LSTM, GRU or RNN 512, linear to 8,192.

Which it is, is told by the weights in the folder.
"""
import os

from peer import read, serve_training, torch

TIME, BATCH, VOCABULARY, EMBEDDING, HIDDEN, BATCHES = 64, 32, 8192, 256, 512, 8


def prepare(folder):
    embedding = torch.nn.Embedding(VOCABULARY, EMBEDDING)
    kind = next(name for name in ("lstm", "gru", "rnn") if os.path.exists(os.path.join(folder, name + ".weight_ih_l0.f32")))
    layer = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}[kind](EMBEDDING, HIDDEN)
    output = torch.nn.Linear(HIDDEN, VOCABULARY)
    with torch.no_grad():
        embedding.weight.copy_(read(folder, "embedding.weight", VOCABULARY, EMBEDDING))
        for name, parameter in layer.named_parameters():
            if kind != "lstm" or name.startswith("weight"):
                parameter.copy_(read(folder, f"{kind}.{name}", *parameter.shape))
        if kind == "lstm":
            # torch has two biases where one is enough: the second stays zero, so that both sides train the same weights.
            layer.bias_ih_l0.copy_(read(folder, "lstm.bias_l0", 4 * HIDDEN))
            layer.bias_hh_l0.zero_()
            layer.bias_hh_l0.requires_grad_(False)
        output.weight.copy_(read(folder, "output.weight", VOCABULARY, HIDDEN))
        output.bias.copy_(read(folder, "output.bias", VOCABULARY))
    tokens = read(folder, "tokens", BATCHES, TIME, BATCH)
    targets = read(folder, "targets", BATCHES, TIME * BATCH)
    parameters = [p for module in (embedding, layer, output) for p in module.parameters() if p.requires_grad]
    adam = torch.optim.Adam(parameters)
    cross_entropy = torch.nn.CrossEntropyLoss()
    turn = 0

    def step():
        nonlocal turn
        i, turn = turn % BATCHES, turn + 1
        hidden, _ = layer(embedding(tokens[i]))                                       # [T, B, H]
        loss = cross_entropy(output(hidden).reshape(TIME * BATCH, VOCABULARY), targets[i])
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        return loss

    return step


serve_training(prepare)
