"""libtorch trains the network of bench/Inkling.Comparison/Training/TinyMlpTraining.cs: 2-8-8-1, tanh, batch 10, SGD."""
from peer import read, serve_training, torch

BATCH, BATCHES = 10, 16


def prepare(folder):
    network = torch.nn.Sequential(
        torch.nn.Linear(2, 8), torch.nn.Tanh(), torch.nn.Linear(8, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1))
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.copy_(read(folder, name, *parameter.shape))
    points = list(read(folder, "points", BATCHES, BATCH, 2))
    targets = list(read(folder, "targets", BATCHES, BATCH, 1))
    sgd = torch.optim.SGD(network.parameters(), lr=0.03)
    mean_squared_error = torch.nn.MSELoss()
    turn = 0

    def step():
        nonlocal turn
        loss = mean_squared_error(network(points[turn % BATCHES]), targets[turn % BATCHES])
        sgd.zero_grad(set_to_none=True)
        loss.backward()
        sgd.step()
        turn += 1
        return loss

    return step


serve_training(prepare)
