"""libtorch trains the small GPT of bench/Inkling.Comparison/Training/GptTraining.cs: 4 blocks, width 256, 4 heads, linear to 8,192.

The blocks are its own TransformerEncoderLayer with a causal mask.
"""
from peer import read, serve_training, torch

TIME, BATCH, VOCABULARY, WIDTH, HEADS, LAYERS, BATCHES = 128, 16, 8192, 256, 4, 4, 8


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = torch.nn.Embedding(VOCABULARY, WIDTH)
        self.positions = torch.nn.Embedding(TIME, WIDTH)
        block = torch.nn.TransformerEncoderLayer(
            WIDTH, HEADS, 4 * WIDTH, dropout=0.0, norm_first=True, activation=lambda x: torch.nn.functional.gelu(x, approximate="tanh"))
        self.blocks = torch.nn.TransformerEncoder(block, LAYERS, torch.nn.LayerNorm(WIDTH), enable_nested_tensor=False)
        self.output = torch.nn.Linear(WIDTH, VOCABULARY)
        self.register_buffer("mask", torch.full((TIME, TIME), float("-inf")).triu(1))

    def forward(self, tokens):
        x = self.embedding(tokens) + self.positions.weight[:, None]                   # [T, B, D]
        return self.output(self.blocks(x, self.mask))                                  # [T, B, V]


def prepare(folder):
    network = Network()
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.copy_(read(folder, name, *parameter.shape))
    tokens = read(folder, "tokens", BATCHES, TIME, BATCH)
    targets = read(folder, "targets", BATCHES, TIME * BATCH)
    adam = torch.optim.Adam(network.parameters())
    cross_entropy = torch.nn.CrossEntropyLoss()
    turn = 0

    def step():
        nonlocal turn
        i, turn = turn % BATCHES, turn + 1
        loss = cross_entropy(network(tokens[i]).reshape(TIME * BATCH, VOCABULARY), targets[i])
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        return loss

    return step


serve_training(prepare)
