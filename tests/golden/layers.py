"""Golden values of activations, rearrangements, convolutions, pooling and normalisation, by PyTorch; RMS normalisation and noisy activations by their formulas."""
import torch
import torch.nn.functional as F

from golden import Cases

c = Cases("layers")
r = c.random

for name, function in {
    "celu": F.celu, "elu": F.elu, "gelu": F.gelu, "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"), "hardsigmoid": F.hardsigmoid, "hardswish": F.hardswish,
    "hardtanh": F.hardtanh, "leaky_relu": F.leaky_relu, "log_softmax": lambda x: F.log_softmax(x, -1), "mish": F.mish, "relu": F.relu, "relu6": F.relu6, "selu": F.selu,
    "sigmoid": torch.sigmoid, "silu": F.silu, "softmax": lambda x: F.softmax(x, -1), "softplus": F.softplus, "softsign": F.softsign, "tanh": torch.tanh,
}.items():
    c.add("activation_" + name, lambda x: function(x), x=r(5, 7, low=-8, high=8))
c.add("activation_rrelu", lambda x: F.rrelu(x, training=False), x=r(5, 7, low=-8, high=8))
c.add("activation_prelu", lambda x, weight: F.prelu(x, weight), x=r(2, 3, 4, 5), weight=r(3))

c.add("concat", lambda a, b, d: torch.cat([a, b, d], 1), a=r(2, 3, 4), b=r(2, 1, 4), d=r(2, 2, 4))
c.add("stack", lambda a, b: torch.stack([a, b], 2), a=r(2, 3, 4), b=r(2, 3, 4))
c.add("slice", lambda x: x[:, :, 1:4], x=r(2, 3, 5))
c.add("permute", lambda x: x.permute(0, 2, 3, 1), x=r(2, 3, 4, 5))
c.add("permute_wide", lambda x: x.permute(2, 0, 1), x=r(9, 3, 17))
c.add("sum_axis", lambda x: x.sum(1), x=r(3, 4, 5))
c.add("mean_axis", lambda x: x.mean(-1, keepdim=True), x=r(3, 4, 5))
c.add("max_axis", lambda x: x.max(1).values, x=r(3, 4, 5))
c.add("pow", lambda x: x.pow(3), x=r(4, 5))
c.add("pow_root", lambda x: x.pow(-0.7), x=r(4, 5, low=0.2, high=3))
c.add("clip", lambda x: x.clamp(-0.5, 0.75), x=r(4, 5))
c.add("masked_fill", lambda x: x.masked_fill(torch.tensor([True, False, False, True, False]), -2.5), x=r(2, 4, 5))
c.add("where", lambda a, b: torch.where(torch.tensor([[True], [False], [True], [False]]), a, b), a=r(2, 4, 5), b=r(2, 4, 5))

# name: input, output, kernel, stride, padding, dilation, groups, image
CONVOLUTIONS = {
    "conv2d": (3, 8, (3, 3), (1, 1), (1, 1), (1, 1), 1, (9, 11)),
    "conv2d_stride": (2, 5, (3, 2), (2, 3), (1, 0), (1, 1), 1, (9, 10)),
    "conv2d_dilation": (2, 7, (3, 3), (1, 2), (2, 3), (2, 3), 1, (8, 11)),
    "conv2d_groups": (4, 6, (3, 3), (2, 1), (1, 1), (1, 1), 2, (7, 9)),
    "conv2d_depthwise": (3, 3, (3, 3), (1, 1), (1, 1), (1, 1), 3, (6, 19)),
    "conv2d_point": (5, 4, (1, 1), (1, 1), (0, 0), (1, 1), 1, (4, 7)),
    "conv1d": (3, 5, (4,), (3,), (2,), (2,), 1, (23,)),
}
for name, (channels, outputs, kernel, stride, padding, dilation, groups, size) in CONVOLUTIONS.items():
    function = F.conv1d if len(size) == 1 else F.conv2d
    transposed = F.conv_transpose1d if len(size) == 1 else F.conv_transpose2d
    c.add(name, lambda x, weight, bias: function(x, weight, bias, stride, padding, dilation, groups),
          x=r(2, channels, *size), weight=r(outputs, channels // groups, *kernel), bias=r(outputs))
    small = tuple(s // 2 for s in size)
    extra = tuple(max(s, d) - 1 for s, d in zip(stride, dilation))
    c.add(name.replace("conv", "convtranspose"), lambda x, weight, bias: transposed(x, weight, bias, stride, padding, extra, groups, dilation),
          x=r(2, outputs, *small), weight=r(outputs, channels // groups, *kernel), bias=r(channels))

c.add("maxpool2d", lambda x: F.max_pool2d(x, 2), x=r(2, 3, 6, 37))
c.add("maxpool2d_window", lambda x: F.max_pool2d(x, (3, 2), (2, 1), (1, 1), (1, 2)), x=r(2, 3, 8, 9))
c.add("maxpool1d", lambda x: F.max_pool1d(x, 3, 2, 1), x=r(2, 3, 11))
c.add("avgpool2d", lambda x: F.avg_pool2d(x, (3, 2), (2, 1), (1, 1)), x=r(2, 3, 8, 9))
c.add("avgpool2d_inside", lambda x: F.avg_pool2d(x, 3, 2, 1, count_include_pad=False), x=r(2, 3, 8, 9))
c.add("avgpool1d", lambda x: F.avg_pool1d(x, 3, 2, 1), x=r(2, 3, 11))
c.add("adaptiveavgpool2d", lambda x: F.adaptive_avg_pool2d(x, (3, 4)), x=r(2, 3, 8, 9))
c.add("adaptivemaxpool2d", lambda x: F.adaptive_max_pool2d(x, (3, 4)), x=r(2, 3, 8, 9))
c.add("adaptiveavgpool1d", lambda x: F.adaptive_avg_pool1d(x, 4), x=r(2, 3, 11))
c.add("globalavgpool", lambda x: x.mean((2, 3)), x=r(2, 3, 8, 9))


def batch_norm(training):
    def run(x, weight, bias, running_mean, running_var):
        mean, variance = running_mean.clone(), running_var.clone()
        y = F.batch_norm(x, mean, variance, weight, bias, training, 0.1, 1e-5)
        return (y, mean, variance) if training else y
    return run


for name, shape in {"batchnorm_features": (9, 4), "batchnorm1d": (3, 4, 7), "batchnorm2d": (3, 4, 5, 6)}.items():
    for training in (True, False):
        c.add(name + ("" if training else "_eval"), batch_norm(training), x=r(*shape), weight=r(4), bias=r(4),
              running_mean=r(4).detach(), running_var=r(4, low=0.5, high=2).detach())
c.add("groupnorm", lambda x, weight, bias: F.group_norm(x, 2, weight, bias), x=r(3, 6, 4, 5), weight=r(6), bias=r(6))
c.add("instancenorm", lambda x, weight, bias: F.instance_norm(x, weight=weight, bias=bias), x=r(3, 4, 5, 6), weight=r(4), bias=r(4))
c.add("layernorm", lambda x, weight, bias: F.layer_norm(x, (7,), weight, bias), x=r(3, 4, 7), weight=r(7), bias=r(7))
c.add("rmsnorm", lambda x, weight: x / torch.sqrt((x * x).mean(-1, keepdim=True) + 1e-6) * weight, x=r(3, 4, 7), weight=r(7))
c.add("embedding_padding", lambda weight: F.embedding(torch.tensor([[2, 1, 2], [0, 4, 1]]), weight, padding_idx=2), weight=r(5, 3))
c.save()
