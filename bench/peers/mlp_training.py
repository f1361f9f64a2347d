"""libtorch trains the network of bench/Inkling.Comparison/Training/MlpTraining.cs: 784-256-128-10, ReLU, batch 64, Adam."""
from peer import read, serve_training, torch

BATCH, IMAGES, LABELS = 64, 50, 53


def prepare(folder):
    network = torch.nn.Sequential(
        torch.nn.Linear(784, 256), torch.nn.ReLU(), torch.nn.Linear(256, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.copy_(read(folder, name, *parameter.shape))
    images = list(read(folder, "images", IMAGES, BATCH, 784))
    labels = list(read(folder, "labels", LABELS, BATCH))
    adam = torch.optim.Adam(network.parameters())
    cross_entropy = torch.nn.CrossEntropyLoss()
    turn = 0

    def step():
        nonlocal turn
        loss = cross_entropy(network(images[turn % IMAGES]), labels[turn % LABELS])
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        turn += 1
        return loss

    return step


serve_training(prepare)
