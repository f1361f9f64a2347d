namespace Inkling.Tests;

/// <summary>Compares gradients of the tape with central differences, in double.</summary>
internal static class Gradients
{
    private const double Step = 1e-5;

    /// <summary>
    /// Checks d(weighted sum of f)/d(inputs). The weights are fixed and random, so that every element of every result matters.
    /// </summary>
    public static void Check(Func<Tensor[], Tensor> f, Shape[] shapes, Func<int, double>? value = null, double tolerance = 1e-6, ulong seed = 1)
    {
        using Tape tape = new(new TapeOptions { Seed = seed });
        Random random = new(17);
        Tensor[] inputs = [.. shapes.Select(s => tape.Input(s, Values(s.Length, random, value), requiresGradient: true))];
        tape.Begin();
        Tensor loss = Loss(f(inputs));
        tape.Backward(loss);
        double[][] gradients = [.. inputs.Select(i => i.Gradient.ToArray())];
        for (int k = 0; k < inputs.Length; k++)
        {
            double[] original = inputs[k].ToArray();
            for (int i = 0; i < original.Length; i++)
            {
                double up = Moved(tape, f, inputs, k, original, i, Step), down = Moved(tape, f, inputs, k, original, i, -Step);
                double expected = (up - down) / (2 * Step);
                Assert.True(Math.Abs(expected - gradients[k][i]) <= tolerance * Math.Max(1, Math.Abs(expected)),
                    $"operand {k} {shapes[k]}, element {i}: gradient {gradients[k][i]:G9}, differences {expected:G9}");
            }
        }
    }

    private static double Moved(Tape tape, Func<Tensor[], Tensor> f, Tensor[] inputs, int k, double[] original, int i, double by)
    {
        double[] moved = [.. original];
        moved[i] += by;
        inputs[k].Write(moved);
        long step = tape.Step;
        tape.Begin();
        tape.Step = step;     // the same random numbers
        double loss = Loss(f(inputs)).Item();
        inputs[k].Write(original);
        return loss;
    }

    private static Tensor Loss(Tensor y)
    {
        if (y.Length == 1) return y.Reshape([]);
        Random random = new(5);
        double[] w = Values(y.Length, random, null);
        Tensor input = y.Tape.Input(y.Shape, w);
        return (y * input).Sum();
    }

    private static double[] Values(int length, Random random, Func<int, double>? value)
        => [.. Enumerable.Range(0, length).Select(i => value is null ? (random.NextDouble() * 3) - 1.5 : value(i))];
}
