"""libtorch trains 784-256-128-10 with ReLU."""
from image_training import serve_network, torch

serve_network(lambda: torch.nn.Sequential(
    torch.nn.Linear(784, 256), torch.nn.ReLU(), torch.nn.Linear(256, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10)), 784)
