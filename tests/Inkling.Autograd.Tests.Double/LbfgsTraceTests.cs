using Inkling.Nn;

namespace Inkling.Tests;

/// <summary>Steps of L-BFGS in double against PyTorch's; the numbers are printed by <c>tests/golden/optimizers.py</c>.</summary>
public sealed class LbfgsTraceTests
{
    [Fact]
    public void Fixed_steps() => Check(p => new Lbfgs(p) { MostIterations = 3, LearningRate = 0.8 },
        [0.69314718056, 0.441900825337, 0.42389363392, 0.423575930279, 0.423572968047, 0.423572752003], [0.740781442449, -0.847411265931, -0.144777009977, 0.55814139301], 17);

    [Fact]
    public void Short_history() => Check(p => new Lbfgs(p, history: 2) { MostIterations = 4 },
        [0.69314718056, 0.424537148091, 0.423572792152, 0.423572750341, 0.423572750341, 0.423572750341], [0.740796278157, -0.847417574428, -0.144765171956, 0.558175347707], 14);

    [Fact]
    public void Strong_Wolfe_line_search() => Check(p => new Lbfgs(p, lineSearch: true) { MostIterations = 3 },
        [0.69314718056, 0.428342930519, 0.423578998397, 0.423573366456, 0.4235727508, 0.423572749762], [0.740790915426, -0.847416363087, -0.144764705501, 0.558113524758], 16);

    private static void Check(Func<ParameterSet, Lbfgs> make, double[] losses, double[] weights, int evaluations)
    {
        Parameter w = new("w", [1, 4]);
        ParameterSet set = new([w]);
        using Tape tape = new();
        Tensor x = tape.Input([12, 4], [.. Enumerable.Range(0, 48).Select(k => (((7 * (k / 4)) + (3 * (k % 4))) % 11 - 5) / 4.0)]);
        Tensor y = tape.Input([12, 1], [.. Enumerable.Range(0, 12).Select(i => i % 3 == 0 ? 1.0 : 0)]);
        int calls = 0;
        double Closure()
        {
            calls++;
            tape.Begin();
            Tensor loss = Losses.BinaryCrossEntropyWithLogits(x.Affine(w), y) + (tape.Parameter(w).Square().Square().Sum() * 0.05);
            tape.Backward(loss);
            return loss.Item();
        }

        Lbfgs lbfgs = make(set);
        for (int i = 0; i < losses.Length; i++) Assert.Equal(losses[i], lbfgs.Step(Closure), 1e-9);
        for (int i = 0; i < weights.Length; i++) Assert.Equal(weights[i], w.Values[i], 1e-6);
        Assert.Equal(evaluations, calls);
    }
}
