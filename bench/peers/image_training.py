"""libtorch trains the networks of bench/Inkling.Comparison/Training/ImageTraining.cs: batch 64, cross-entropy, Adam."""
from peer import read, serve_training, torch

BATCH, IMAGES, LABELS = 64, 50, 53


def serve_network(build, *shape):
    """Serves the training of build(), a network that takes images of that shape."""
    def prepare(folder):
        network = build()
        with torch.no_grad():
            for name, parameter in network.named_parameters():
                parameter.copy_(read(folder, name, *parameter.shape))
        images = list(read(folder, "images", IMAGES, BATCH, *shape))
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
