using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Numerics;

namespace Inkling.Tests;

/// <summary>What holds for the layers of a convolutional network as a whole.</summary>
public sealed class LayerTests
{
    private static Sequential Network() => new Sequential(
        new Conv2D(2, 8, 3, padding: 1), new BatchNorm2D(8), new Activation<Relu>(), new MaxPool2D(2),
        new Residual(new Sequential(new Conv2D(8, 8, 3, padding: 1, groups: 2), new GroupNorm(4, 8), new ParametricActivation<LeakyRelu>()), new Conv2D(8, 8, 1)),
        new SpatialDropout(0.2), new ParametricRelu(8), new AveragePool2D(2), new ConvTranspose2D(8, 6, 2, stride: 2), new RandomizedLeakyRelu(), new InstanceNorm(6),
        new AdaptiveAveragePool((3, 2)), new Flatten(), new RmsNorm(36), new Linear(36, 5), new Lambda("log softmax", x => x.LogSoftmax())).Build(seed: 7);

    private static Tensor Loss(Sequential network, Tensor images) => network.Forward(images).Slice(1, 0, 1).Mean() * -1;

    [Fact]
    public void A_steady_step_allocates_nothing()
    {
        Sequential network = Network();
        using Tape tape = new(new TapeOptions { Team = Team.Single });
        Tensor images = tape.Input([6, 2, 16, 20], Numbers(6 * 2 * 16 * 20));
        Adam adam = new(network.Parameters) { Team = Team.Single };
        void Step()
        {
            tape.Begin();
            tape.Backward(Loss(network, images));
            adam.Step();
        }

        for (int i = 0; i < 20; i++) Step();
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 5; i++) Step();
        });
    }

    [Fact]
    public void Rearranging_allocates_nothing()
    {
        using Tape tape = new(new TapeOptions { Team = Team.Single });
        Tensor x = tape.Input([4, 3, 5], Numbers(60), requiresGradient: true);
        Indices mask = tape.Indices([5], [0, 1, 0, 0, 1]);
        void Step()
        {
            tape.Begin();
            Tensor y = Tensor.Concat(1, x, x.Permute(0, 2, 1).Transpose().Slice(1, 1, 2)).MaskedFill(mask, -1);
            Tensor z = Tensor.Stack(0, y, y.Pow(3)).Max(2).Clip(-1, 1) + y.Mean(1).Softmax() + Tensor.Where(mask, y, y.Gelu()).Sum(1).NoisyRelu();
            tape.Backward(z.Sum());
        }

        for (int i = 0; i < 20; i++) Step();
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 5; i++) Step();
        });
    }

    [Fact]
    public void One_thread_and_two_agree_in_every_bit()
    {
        float[] one = Trained(1), two = Trained(2);
        Assert.Equal(one, two);
        Assert.Equal(one, Trained(1));
        Assert.All(one, value => Assert.True(float.IsFinite(value)));
    }

    private static float[] Trained(int threads)
    {
        using Team team = new(threads);
        using Tape tape = new(new TapeOptions { Team = team, Seed = 3 });
        Sequential network = Network();
        Tensor images = tape.Input([24, 2, 28, 28], Numbers(24 * 2 * 28 * 28));
        Adam adam = new(network.Parameters) { Team = team };
        for (int i = 0; i < 4; i++)
        {
            tape.Begin();
            tape.Backward(Loss(network, images));
            adam.Step();
        }

        return network.Parameters.Values.ToArray();
    }

    [Fact]
    public void Running_statistics_are_in_checkpoints_under_the_names_of_PyTorch()
    {
        string path = Path.Combine(Path.GetTempPath(), $"inkling-layers-{Guid.NewGuid():N}.safetensors");
        try
        {
            Sequential network = Network(), copy = Network();
            using Tape tape = new();
            tape.Begin();
            tape.Backward(Loss(network, tape.Input([6, 2, 16, 20], Numbers(6 * 2 * 16 * 20))));
            new Adam(network.Parameters).Step();
            ModelCheckpoint.Save(path, network.Parameters);
            using (SafetensorsFile file = SafetensorsFile.Open(path)) Assert.True(file.Contains("1.running_mean") && file.Contains("1.running_var"));
            Assert.NotEqual(network.Parameters["1.running_mean"].Values.ToArray(), copy.Parameters["1.running_mean"].Values.ToArray());
            ModelCheckpoint.Load(path, copy.Parameters);
            foreach (Parameter parameter in network.Parameters) Assert.Equal(parameter.Values.ToArray(), copy.Parameters[parameter.Name].Values.ToArray());
            Assert.Equal(network.Parameters["1.running_var"].Values.ToArray(), copy.Parameters["1.running_var"].Values.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Convolutions_learn_where_something_is()
    {
        // A bright spot in the upper or in the lower half; which one is the class.
        const int Batch = 32;
        Sequential network = new Sequential(
            new Conv2D(1, 6, 3, padding: 1), new BatchNorm2D(6), new Activation<Relu>(), new MaxPool2D(2), new Conv2D(6, 8, 3, stride: 2), new Activation<Relu>(), new Flatten(), new Linear(32, 2)).Build(seed: 2);
        using Tape tape = new();
        Adam adam = new(network.Parameters) { LearningRate = 0.01f };
        Tensor images = tape.Input([Batch, 1, 10, 10]);
        Indices labels = tape.Indices([Batch]);
        Random random = new(5);
        float first = 0, last = 0;
        for (int step = 0; step < 120; step++)
        {
            float[] pixels = new float[Batch * 100];
            for (int i = 0; i < Batch; i++)
            {
                int row = random.Next(10);
                labels.Values[i] = row / 5;
                pixels[(i * 100) + (row * 10) + random.Next(10)] = 3;
            }

            images.Write(pixels);
            tape.Begin();
            Tensor loss = Losses.SoftmaxCrossEntropy(network.Forward(images), labels);
            tape.Backward(loss);
            adam.Step();
            last = loss.Item();
            if (step == 0) first = last;
        }

        Assert.True(first > 0.5f && last < 0.05f, $"from {first} to {last}");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(14)]
    [InlineData(22)]
    [InlineData(37)]
    public void Windows_of_two_by_two_find_the_first_of_the_largest(int width)
    {
        using Tape tape = new();
        Random random = new(width);
        float[] x = [.. Enumerable.Range(0, 6 * width).Select(_ => random.Next(4) == 0 ? float.NaN : random.Next(3))];
        Tensor input = tape.Input([1, 1, 6, width], x, requiresGradient: true);
        tape.Begin();
        Tensor y = input.MaxPool(PoolingWindow.SideBySide(2));
        tape.Backward(y.Sum());
        float[] expected = new float[x.Length];
        for (int i = 0; i < y.Length; i++)
        {
            int corner = (i / (width / 2) * 2 * width) + (i % (width / 2) * 2);
            int best = corner;
            foreach (int at in (int[])[corner + 1, corner + width, corner + width + 1])
            {
                if (!float.IsNaN(x[best]) && !(x[at] <= x[best])) best = at;
            }

            Assert.Equal(x[best], y.Values[i]);
            expected[best]++;
        }

        Assert.Equal(expected, input.Gradient.ToArray());
    }

    [Fact]
    public void Each_step_of_a_sequence_goes_through_a_layer_alone()
    {
        Sequential inner = new(new Conv2D(1, 2, 3), new Flatten());
        TimeDistributed layer = new TimeDistributed(inner).Build(seed: 1);
        Assert.Equal(["layer.0.weight", "layer.0.bias"], layer.Parameters.Select(p => p.Name));
        using Tape tape = new();
        Tensor x = tape.Input([3, 2, 1, 4, 5], Numbers(120));
        tape.Begin();
        Tensor y = layer.Forward(x);
        Assert.Equal([3, 2, 12], y.Shape);
        Assert.Equal(inner.Forward(x.Select(2)).ToArray(), y.Select(2).ToArray());
    }

    [Fact]
    public void Dropout_of_channels_takes_all_of_one_or_nothing()
    {
        using Tape tape = new(new TapeOptions { Seed = 9 }), validation = new(new TapeOptions { Recording = false });
        tape.Begin();
        float[] y = new SpatialDropout(0.25).Forward(tape.Input([8, 16, 3, 3], [.. Enumerable.Repeat(3f, 8 * 16 * 9)])).ToArray();
        float[] channels = [.. y.Chunk(9).Select(channel => Assert.Single(channel.Distinct()))];
        Assert.All(channels, value => Assert.True(value is 0 or 4));
        Assert.InRange(channels.Count(value => value == 0), 16, 50);
        validation.Begin();
        Assert.All(new SpatialDropout(0.25).Forward(validation.Input([1, 2, 2], [3, 3, 3, 3])).ToArray(), value => Assert.Equal(3, value));
    }

    [Fact]
    public void Every_activation_has_a_line_in_the_catalogue()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Inkling.slnx"))) folder = Path.GetDirectoryName(folder);
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(folder!, "src", "Inkling.Autograd", "Ops", "Activations"), "*.cs").Select(file => Path.GetFileNameWithoutExtension(file));
        Assert.Equal(files.Order(StringComparer.Ordinal), ActivationCatalogue.Operations.Select(type => type.Name).Order(StringComparer.Ordinal));
        foreach (string name in ActivationCatalogue.Names) Assert.NotNull(ActivationCatalogue.Create(name.ToUpperInvariant()));
        Assert.Contains("There are: celu, elu,", Assert.Throws<ArgumentException>(() => ActivationCatalogue.Create("swishy")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_refuse_what_does_not_fit()
    {
        using Tape tape = new();
        Tensor flat = tape.Input([4, 3]), images = tape.Input([2, 3, 6, 6]);
        tape.Begin();
        void Refused(string what, Func<object> f) => Assert.Contains(what, Assert.ThrowsAny<ArgumentException>(f).Message, StringComparison.Ordinal);
        Refused("Conv2D: the input is [4, 3]; it must be [N, C, H, W]", () => new Conv2D(3, 2, 3).Build(1).Forward(flat));
        Refused("the weight [2, 4, 3, 3] must have 3 in its second axis", () => new Conv2D(4, 2, 3).Build(1).Forward(images));
        Refused("Conv2D: 2 groups do not divide 3 input", () => new Conv2D(3, 2, 3, groups: 2));
        Refused("the kernel 0×3 must be at least 1", () => new Conv2D(3, 2, (0, 3)));
        Refused("MaxPool1D: the input is [2, 3, 6, 6]", () => new MaxPool1D(2).Forward(images));
        Refused("BatchNorm2D: the input is [4, 3]", () => new BatchNorm2D(3).Build(1).Forward(flat));
        Refused("no two values a channel", () => new BatchNorm1D(3).Build(1).Forward(flat.Slice(0, 1)));
        Refused("the input [4, 3] has 3 channels, operand 1 is [5]", () => new BatchNorm1D(5).Build(1).Forward(flat));
        Refused("GroupNorm: 2 groups do not divide 3", () => new GroupNorm(2, 3));
        Refused("with 4 slopes it must be [N, 4, …]", () => new ParametricRelu(4).Build(1).Forward(images));
        Refused("Residual: the body makes [2, 3, 3, 3]", () => new Residual(new MaxPool2D(2)).Forward(images));
        Refused("the padding entry 9 is outside", () => new Embedding(4, 3, padding: 9));
    }

    private static float[] Numbers(int count)
    {
        Random random = new(count);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }
}
