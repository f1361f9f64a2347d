using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Tests;

/// <summary>A network that learns its examples by heart, and each remedy that makes the gap between training and test smaller.</summary>
public sealed class OverfittingTests
{
    private const int Inputs = 6, Training = 100, Testing = 1_000, Steps = 600;

    public static TheoryData<string> Remedies => ["L1", "L2", "dropout", "early stopping", "max-norm", "noise"];

    [Theory]
    [MemberData(nameof(Remedies))]
    [Trait("Speed", "Slow")]
    public void Each_remedy_halves_the_gap_at_least(string remedy)
    {
        (double gapOfNone, double testOfNone) = Gap("none");
        (double gap, double test) = Gap(remedy);
        Assert.True(gapOfNone > 0.7, $"{gapOfNone}");
        Assert.True(gap < gapOfNone / 2 && test < testOfNone, $"gap {gap}, {gapOfNone} without; test loss {test}, {testOfNone} without");
    }

    private static (double Gap, double Test) Gap(string remedy)
    {
        (float[] trainX, float[] trainY) = Make(Training, 1);
        (float[] validX, float[] validY) = Make(Testing, 2);
        (float[] testX, float[] testY) = Make(Testing, 3);
        double dropout = remedy == "dropout" ? 0.7 : 0;
        Sequential model = new Sequential(new Linear(Inputs, 64), new Activation<Relu>(), new Dropout(dropout), new Linear(64, 64), new Activation<Relu>(), new Dropout(dropout), new Linear(64, 1)).Build(7);
        Adam adam = new(model.Parameters) { LearningRate = 0.002f, L1 = remedy == "L1" ? 0.005f : 0, L2 = remedy == "L2" ? 0.04f : 0, Team = Team.Single };
        MaxNorm maxNorm = new(model.Parameters, remedy == "max-norm" ? 0.5f : float.MaxValue);
        using Tape tape = new(new TapeOptions { Seed = 7, Team = Team.Single });
        Tensor x = tape.Input([Training, Inputs], trainX), y = tape.Input([Training, 1], trainY);
        (float Loss, float[] Weights) best = (float.PositiveInfinity, []);
        for (int step = 0; step < Steps; step++)
        {
            if (remedy == "noise") x.Write([.. trainX.Select((v, i) => v + (0.8f * Normal(9, (ulong)((step * trainX.Length) + i))))]);
            tape.Begin();
            tape.Backward(Losses.BinaryCrossEntropyWithLogits(model.Forward(x), y));
            adam.Step();
            maxNorm.Apply();
            if (remedy != "early stopping" || step % 10 != 9) continue;
            float loss = LossOf(model, validX, validY);
            if (loss < best.Loss) best = (loss, model.Parameters.Values.ToArray());
        }

        if (best.Weights.Length > 0) best.Weights.CopyTo(model.Parameters.Values);
        double test = LossOf(model, testX, testY);
        return (test - LossOf(model, trainX, trainY), test);
    }

    private static float LossOf(Sequential model, float[] x, float[] y)
    {
        using Tape tape = new(new TapeOptions { Recording = false, Team = Team.Single });
        tape.Begin();
        return Losses.BinaryCrossEntropyWithLogits(model.Forward(tape.Input([y.Length, Inputs], x)), tape.Input([y.Length, 1], y)).Item();
    }

    private static (float[] X, float[] Y) Make(int count, ulong stream)
    {
        float[] x = [.. Enumerable.Range(0, count * Inputs).Select(i => Normal(stream, (ulong)i))];
        return (x, [.. Enumerable.Range(0, count).Select(i => (x[i * Inputs] + (x[(i * Inputs) + 1] * x[(i * Inputs) + 1]) > 0.8f) ^ (CounterRandom.Uniform(1, stream + 100, (ulong)i) < 0.1f) ? 1f : 0f)]);
    }

    private static float Normal(ulong stream, ulong i)
        => MathF.Sqrt(-2 * MathF.Log(1 - CounterRandom.Uniform(1, stream, 2 * i))) * MathF.Cos(2 * MathF.PI * CounterRandom.Uniform(1, stream, (2 * i) + 1));
}
