"""libtorch trains the network of bench/Inkling.Comparison/Training/CnnTraining.cs: two convolutions with ReLU and max pooling, a linear layer, batch 64, Adam."""
from peer import read, serve_training, torch

BATCH, IMAGES, LABELS = 64, 50, 53


def prepare(folder):
    if not torch.backends.mkldnn.is_available():
        raise SystemExit("this torch was built without MKL-DNN, so its convolutions are slow ones")
    network = torch.nn.Sequential(
        torch.nn.Conv2d(1, 16, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(16, 32, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Flatten(), torch.nn.Linear(32 * 7 * 7, 10))
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.copy_(read(folder, name, *parameter.shape))
    images = list(read(folder, "images", IMAGES, BATCH, 1, 28, 28))
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
