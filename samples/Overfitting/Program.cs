// A network that knows its few examples by heart, and what keeps it from that. The data are made up: two classes, divided by a curve, a tenth of the labels wrong.
using Inkling;
using Inkling.Nn;
using Inkling.Numerics;
const int Inputs = 6, Training = 100, Testing = 2000, Steps = 1500;
(float[] trainX, float[] trainY) = Make(Training, stream: 1);
(float[] validX, float[] validY) = Make(Testing, stream: 2);
(float[] testX, float[] testY) = Make(Testing, stream: 3);

Console.WriteLine("remedy               loss: training    test     gap   right: training    test");
Run("none", p => new Adam(p));
Run("L1, λ = 0.005", p => new Adam(p) { L1 = 0.005f });
Run("L2, λ = 0.04", p => new Adam(p) { L2 = 0.04f });
Run("dropout, p = 0.7", p => new Adam(p), dropout: 0.7);
Run("early stopping", p => new Adam(p), stopEarly: true);
Run("max-norm, c = 0.5", p => new Adam(p), maxNorm: 0.5f);
Run("noise, σ = 0.8", p => new Adam(p), noise: 0.8f);

void Run(string name, Func<ParameterSet, Optimizer> make, double dropout = 0, bool stopEarly = false, float maxNorm = float.MaxValue, float noise = 0)
{
    var model = new Sequential(new Linear(Inputs, 64), new Activation<Relu>(), new Dropout(dropout), new Linear(64, 64), new Activation<Relu>(), new Dropout(dropout), new Linear(64, 1)).Build(seed: 7);
    Optimizer optimizer = make(model.Parameters);
    var constraint = new MaxNorm(model.Parameters, maxNorm);
    using var tape = new Tape(new TapeOptions { Seed = 7 });
    Tensor x = tape.Input([Training, Inputs], trainX), y = tape.Input([Training, 1], trainY);
    (float Loss, float[] Weights) best = (float.PositiveInfinity, []);
    for (int step = 0; step < Steps; step++)
    {
        if (noise > 0) x.Write([.. trainX.Select((v, i) => v + (noise * Normal(9, (ulong)((step * trainX.Length) + i))))]);   // augmentation: never the same examples twice
        tape.Begin();
        tape.Backward(Losses.BinaryCrossEntropyWithLogits(model.Forward(x), y));
        optimizer.Step();
        constraint.Apply();
        if (!stopEarly || step % 10 != 9) continue;
        float loss = Judge(model, validX, validY).Loss;
        if (loss < best.Loss) best = (loss, model.Parameters.Values.ToArray());
    }
    if (stopEarly) best.Weights.CopyTo(model.Parameters.Values);
    (float trainLoss, double trainRight) = Judge(model, trainX, trainY);
    (float testLoss, double testRight) = Judge(model, testX, testY);
    Console.WriteLine($"{name,-20}{trainLoss,15:0.000}{testLoss,8:0.000}{testLoss - trainLoss,8:0.000}{trainRight,18:0.0 %}{testRight,8:0.0 %}");
}

static (float Loss, double Right) Judge(Sequential model, float[] inputs, float[] labels)
{
    using var tape = new Tape(new TapeOptions { Recording = false });
    Tensor logits = model.Forward(tape.Input([labels.Length, Inputs], inputs));
    double right = logits.ToArray().Zip(labels, (logit, label) => logit > 0 == label > 0.5f ? 1.0 : 0).Average();
    return (Losses.BinaryCrossEntropyWithLogits(logits, tape.Input([labels.Length, 1], labels)).Item(), right);
}

static (float[] X, float[] Y) Make(int count, ulong stream)
{
    float[] x = [.. Enumerable.Range(0, count * Inputs).Select(i => Normal(stream, (ulong)i))];
    return (x, [.. Enumerable.Range(0, count).Select(i => (x[i * Inputs] + (x[(i * Inputs) + 1] * x[(i * Inputs) + 1]) > 0.8f) ^ (CounterRandom.Uniform(1, stream + 100, (ulong)i) < 0.1f) ? 1f : 0f)]);
}

static float Normal(ulong stream, ulong i)
    => MathF.Sqrt(-2 * MathF.Log(1 - CounterRandom.Uniform(1, stream, 2 * i))) * MathF.Cos(2 * MathF.PI * CounterRandom.Uniform(1, stream, (2 * i) + 1));
