namespace Inkling.Tests;

/// <summary>Gradients of pooling against differences, and what a window sees.</summary>
public sealed class PoolingTests
{
    [Fact]
    public void Gradients_of_maxima()
    {
        Gradients.Check(x => x[0].MaxPool(PoolingWindow.SideBySide(2)), [[2, 3, 4, 6]]);
        Gradients.Check(x => x[0].MaxPool(new(3, 2, 1, 1)).Square(), [[2, 2, 5, 6]]);
        Gradients.Check(x => x[0].MaxPool(new((2, 3), 1, (1, 0), (2, 1))), [[1, 2, 5, 5]]);
        Gradients.Check(x => x[0].MaxPool(new(3, 2, 1, 1)), [[2, 3, 7]]);
        Gradients.Check(x => x[0].Square().MaxPool(PoolingWindow.SideBySide(2)) * x[0].MaxPool(PoolingWindow.SideBySide(2)), [[1, 2, 4, 4]]);
    }

    [Fact]
    public void Gradients_of_means()
    {
        foreach (bool counted in (bool[])[false, true])
        {
            Gradients.Check(x => x[0].AveragePool(PoolingWindow.SideBySide(2), counted), [[2, 3, 4, 6]]);
            Gradients.Check(x => x[0].AveragePool(new(3, 2, 1, 1), counted).Square(), [[2, 2, 5, 6]]);
            Gradients.Check(x => x[0].AveragePool(new(3, 2, 1, 1), counted), [[2, 3, 7]]);
        }
    }

    [Fact]
    public void Gradients_of_adaptive_windows()
    {
        Gradients.Check(x => x[0].AdaptiveAveragePool((2, 3)), [[2, 2, 5, 7]]);
        Gradients.Check(x => x[0].AdaptiveAveragePool(1) * x[0], [[2, 2, 5, 7]]);
        Gradients.Check(x => x[0].AdaptiveMaxPool((2, 3)), [[2, 2, 5, 7]]);
        Gradients.Check(x => x[0].AdaptiveAveragePool(3), [[2, 2, 2]]);
        Gradients.Check(x => x[0].AdaptiveMaxPool(4), [[2, 2, 7]]);
    }

    [Fact]
    public void Windows_that_cannot_be_are_refused()
    {
        using Tape tape = new();
        Tensor x = tape.Input([1, 1, 4, 4]);
        tape.Begin();
        void Refused(string what, Func<Tensor> f) => Assert.Contains(what, Assert.ThrowsAny<ArgumentException>(() => _ = f()).Message, StringComparison.Ordinal);
        Refused("more than half the window", () => x.MaxPool(new(2, 2, 2, 1)));
        Refused("does not fit axis ^1", () => x.MaxPool(new(5, 1, 0, 1)));
        Refused("the stride 0×0", () => x.MaxPool(new(2, 0, 0, 1)));
        Refused("must be [N, C, L]", () => x.Reshape([16]).MaxPool(new(2, 2, 0, 1)));
        Refused("it must be 1", () => x.AveragePool(new(2, 1, 0, 2)));
        Refused("can miss all of axis ^1", () => x.Reshape([1, 4, 2, 2]).MaxPool(new(2, 1, 1, 3)));
        Refused("at least 1", () => x.AdaptiveAveragePool(0));
    }
}
