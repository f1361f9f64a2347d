"""libtorch trains the language model of bench/Inkling.Comparison/Training/LstmTraining.cs: embedding 256, LSTM 512, linear to 8,192."""
from peer import read, serve_training, torch

TIME, BATCH, VOCABULARY, EMBEDDING, HIDDEN, BATCHES = 64, 32, 8192, 256, 512, 8


def prepare(folder):
    embedding = torch.nn.Embedding(VOCABULARY, EMBEDDING)
    lstm = torch.nn.LSTM(EMBEDDING, HIDDEN)
    output = torch.nn.Linear(HIDDEN, VOCABULARY)
    with torch.no_grad():
        embedding.weight.copy_(read(folder, "embedding.weight", VOCABULARY, EMBEDDING))
        lstm.weight_ih_l0.copy_(read(folder, "lstm.weight_ih_l0", 4 * HIDDEN, EMBEDDING))
        lstm.weight_hh_l0.copy_(read(folder, "lstm.weight_hh_l0", 4 * HIDDEN, HIDDEN))
        lstm.bias_ih_l0.copy_(read(folder, "lstm.bias_l0", 4 * HIDDEN))
        lstm.bias_hh_l0.zero_()
        output.weight.copy_(read(folder, "output.weight", VOCABULARY, HIDDEN))
        output.bias.copy_(read(folder, "output.bias", VOCABULARY))
    # torch has two biases where one is enough: the second stays zero, so that both sides train the same weights.
    lstm.bias_hh_l0.requires_grad_(False)
    tokens = read(folder, "tokens", BATCHES, TIME, BATCH)
    targets = read(folder, "targets", BATCHES, TIME * BATCH)
    parameters = [p for module in (embedding, lstm, output) for p in module.parameters() if p.requires_grad]
    adam = torch.optim.Adam(parameters)
    cross_entropy = torch.nn.CrossEntropyLoss()
    turn = 0

    def step():
        nonlocal turn
        i, turn = turn % BATCHES, turn + 1
        hidden, _ = lstm(embedding(tokens[i]))                                       # [T, B, H]
        loss = cross_entropy(output(hidden).reshape(TIME * BATCH, VOCABULARY), targets[i])
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        return loss

    return step


serve_training(prepare)
