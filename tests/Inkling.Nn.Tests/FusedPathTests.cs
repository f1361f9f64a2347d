using Inkling.Nn;

namespace Inkling.Tests;

/// <summary>What is computed in one operation for speed learns as the same formulas written out one by one.</summary>
public sealed class FusedPathTests
{
    private const int Time = 7, Batch = 5, Width = 6, Hidden = 9, Classes = 23, Steps = 60;

    [Fact]
    public void The_curve_of_a_fused_language_model_is_that_of_its_formulas()
    {
        Fused fused = new Fused().Build(seed: 3);
        Plain plain = new Plain().Build(seed: 4);
        plain.CopyFrom(fused);
        int[] tokens = [.. Enumerable.Range(0, (Time + 1) * Batch).Select(i => ((i * i) + (3 * i)) % Classes)];
        float[] quick = Curve(fused.Parameters, tape => fused.Loss(tape, tokens));
        float[] slow = Curve(plain.Parameters, tape => plain.Loss(tape, tokens));
        Assert.True(quick[^1] < 0.3f * quick[0], $"not learnt: from {quick[0]} to {quick[^1]}");
        for (int step = 0; step < Steps; step++)
            Assert.True(Math.Abs(quick[step] - slow[step]) <= 2e-4f * quick[0], $"step {step}: {quick[step]} and {slow[step]}");
    }

    private static float[] Curve(ParameterSet parameters, Func<Tape, Tensor> lossOf)
    {
        Adam adam = new(parameters) { LearningRate = 0.02f };
        using Tape tape = new();
        float[] losses = new float[Steps];
        for (int step = 0; step < Steps; step++)
        {
            tape.Begin();
            Tensor loss = lossOf(tape);
            losses[step] = loss.Item();
            tape.Backward(loss);
            adam.Step();
        }

        return losses;
    }

    /// <summary>Tokens of some steps from <paramref name="start"/> on, [count, Batch].</summary>
    private static Indices Tokens(Tape tape, int[] tokens, int start, int count)
    {
        Indices indices = tape.Indices([count, Batch]);
        tokens.AsSpan(start * Batch, count * Batch).CopyTo(indices.Values);
        return indices;
    }

    /// <summary>One operation for the sequence, one for output and loss.</summary>
    private sealed class Fused : Module
    {
        public Fused()
        {
            Embedding = AddChild("embedding", new Embedding(Classes, Width));
            Lstm = AddChild("lstm", new Lstm(Width, Hidden));
            Output = AddChild("output", new Linear(Hidden, Classes));
        }

        public Embedding Embedding { get; }

        public Lstm Lstm { get; }

        public Linear Output { get; }

        public Tensor Loss(Tape tape, int[] tokens)
        {
            Tensor h = Lstm.Forward(Embedding.Forward(Tokens(tape, tokens, 0, Time))).Output;
            return Losses.LinearCrossEntropy(h, Output.Weight, Output.Bias, Tokens(tape, tokens, 1, Time));
        }
    }

    /// <summary>A product, a sum or a function at a time.</summary>
    private sealed class Plain : Module
    {
        private readonly Embedding _embedding;
        private readonly Linear[] _input = new Linear[4], _recurrent = new Linear[4];
        private readonly Linear _output;

        public Plain()
        {
            _embedding = AddChild("embedding", new Embedding(Classes, Width));
            for (int gate = 0; gate < 4; gate++)
            {
                _input[gate] = AddChild("input" + gate, new Linear(Width, Hidden));
                _recurrent[gate] = AddChild("recurrent" + gate, new Linear(Hidden, Hidden, bias: false));
            }

            _output = AddChild("output", new Linear(Hidden, Classes));
        }

        public void CopyFrom(Fused fused)
        {
            fused.Embedding.Weight.Values.CopyTo(_embedding.Weight.Values);
            fused.Output.Weight.Values.CopyTo(_output.Weight.Values);
            fused.Output.Bias!.Values.CopyTo(_output.Bias!.Values);
            ReadOnlySpan<float> wx = fused.Parameters.Single(p => p.Name == "lstm.weight_ih_l0").Values;
            ReadOnlySpan<float> wh = fused.Parameters.Single(p => p.Name == "lstm.weight_hh_l0").Values;
            ReadOnlySpan<float> bias = fused.Parameters.Single(p => p.Name == "lstm.bias_l0").Values;
            for (int gate = 0; gate < 4; gate++)
            {
                wx.Slice(gate * Hidden * Width, Hidden * Width).CopyTo(_input[gate].Weight.Values);
                wh.Slice(gate * Hidden * Hidden, Hidden * Hidden).CopyTo(_recurrent[gate].Weight.Values);
                bias.Slice(gate * Hidden, Hidden).CopyTo(_input[gate].Bias!.Values);
            }
        }

        public Tensor Loss(Tape tape, int[] tokens)
        {
            Tensor h = tape.Zeros([Batch, Hidden]), c = h, sum = tape.Constant(0);
            for (int t = 0; t < Time; t++)
            {
                Tensor x = _embedding.Forward(Tokens(tape, tokens, t, 1)).Reshape([Batch, Width]);
                Tensor i = Gate(0, x, h).Sigmoid(), f = Gate(1, x, h).Sigmoid(), g = Gate(2, x, h).Tanh(), o = Gate(3, x, h).Sigmoid();
                c = (f * c) + (i * g);
                h = o * c.Tanh();
                sum += Losses.SoftmaxCrossEntropy(_output.Forward(h), Tokens(tape, tokens, t + 1, 1));
            }

            return sum * (1f / Time);
        }

        private Tensor Gate(int gate, Tensor x, Tensor h) => _input[gate].Forward(x) + _recurrent[gate].Forward(h);
    }
}
