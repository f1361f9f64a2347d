"""libtorch trains two convolutions with ReLU and max pooling and a linear layer."""
from image_training import serve_network, torch

if not torch.backends.mkldnn.is_available():
    raise SystemExit("this torch was built without MKL-DNN, so its convolutions are slow ones")

serve_network(lambda: torch.nn.Sequential(
    torch.nn.Conv2d(1, 16, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
    torch.nn.Conv2d(16, 32, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
    torch.nn.Flatten(), torch.nn.Linear(32 * 7 * 7, 10)), 1, 28, 28)
