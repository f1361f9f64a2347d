using Inkling.Nn;

namespace Inkling.Tests;

/// <summary>GRU, RNN and attention learn as the same formulas written out one by one, cell after cell.</summary>
public sealed class RecurrentPathTests
{
    private const int Time = 7, Batch = 5, Width = 6, Hidden = 9, Classes = 23, Steps = 60;

    private static readonly int[] Tokens = [.. Enumerable.Range(0, (Time + 1) * Batch).Select(i => ((i * i) + (3 * i)) % Classes)];

    [Theory]
    [InlineData("rnn")]
    [InlineData("gru")]
    [InlineData("attention")]
    public void The_curve_of_the_fused_layer_is_that_of_its_formulas(string kind)
    {
        Network fused = new Network(kind, plain: false).Build(seed: 3), plain = new Network(kind, plain: true).Build(seed: 4);
        plain.CopyFrom(fused);
        float[] quick = Curve(fused), slow = Curve(plain);
        Assert.True(quick[^1] < 0.5f * quick[0], $"not learnt: from {quick[0]} to {quick[^1]}");
        for (int step = 0; step < Steps; step++)
            Assert.True(Math.Abs(quick[step] - slow[step]) <= 2e-4f * quick[0], $"step {step}: {quick[step]} and {slow[step]}");
    }

    private static float[] Curve(Network network)
    {
        Adam adam = new(network.Parameters) { LearningRate = 0.02f };
        using Tape tape = new();
        float[] losses = new float[Steps];
        for (int step = 0; step < Steps; step++)
        {
            tape.Begin();
            Tensor loss = network.Loss(tape);
            losses[step] = loss.Item();
            tape.Backward(loss);
            adam.Step();
        }

        return losses;
    }

    private sealed class Network : Module
    {
        private readonly string _kind;
        private readonly bool _plain;
        private readonly int _gates;
        private readonly Embedding _embedding;
        private readonly Linear _output;
        private readonly Gru? _gru;
        private readonly Rnn? _rnn;
        private readonly MultiHeadAttention? _attention;
        private readonly Linear[] _input, _recurrent;

        public Network(string kind, bool plain)
        {
            (_kind, _plain) = (kind, plain);
            _gates = kind == "rnn" ? 1 : 3;
            _embedding = AddChild("embedding", new Embedding(Classes, Width, Initializer.Normal(0.3f)));
            int width = kind == "attention" ? Width : Hidden;
            if (!plain)
            {
                _gru = kind == "gru" ? AddChild("layer", new Gru(Width, Hidden)) : null;
                _rnn = kind == "rnn" ? AddChild("layer", new Rnn(Width, Hidden)) : null;
                _attention = kind == "attention" ? AddChild("layer", new MultiHeadAttention(Width, 1)) : null;
            }

            _input = plain ? [.. Enumerable.Range(0, _gates).Select(gate => AddChild("input" + gate, new Linear(Width, width)))] : [];
            _recurrent = plain ? [.. Enumerable.Range(0, kind == "attention" ? 1 : _gates).Select(gate => AddChild("recurrent" + gate, new Linear(width, width)))] : [];
            _output = AddChild("output", new Linear(width, Classes));
        }

        public void CopyFrom(Network fused)
        {
            foreach (string name in (string[])["embedding.weight", "output.weight", "output.bias"]) fused.Parameters[name].Values.CopyTo(Parameters[name].Values);
            (string wx, string bx, string wh, string bh) = _kind == "attention"
                ? ("layer.in_proj_weight", "layer.in_proj_bias", "layer.out_proj.weight", "layer.out_proj.bias")
                : ("layer.weight_ih_l0", "layer.bias_ih_l0", "layer.weight_hh_l0", "layer.bias_hh_l0");
            Copy(fused, wx, bx, _input);
            Copy(fused, wh, bh, _recurrent);
        }

        private static void Copy(Network fused, string weight, string bias, Linear[] parts)
        {
            for (int i = 0; i < parts.Length; i++)
            {
                int length = parts[i].Weight.Shape.Length, rows = parts[i].Weight.Shape[0];
                fused.Parameters[weight].Values.Slice(i * length, length).CopyTo(parts[i].Weight.Values);
                fused.Parameters[bias].Values.Slice(i * rows, rows).CopyTo(parts[i].Bias!.Values);
            }
        }

        public Tensor Loss(Tape tape)
        {
            if (!_plain)
            {
                Tensor x = _embedding.Forward(tape.Indices([Time, Batch], Tokens.AsSpan(0, Time * Batch)));
                Tensor h = _gru is not null ? _gru.Forward(x).Output : _rnn is not null ? _rnn.Forward(x).Output : _attention!.Forward(x, new AttentionRule { Causal = true });
                return Losses.LinearCrossEntropy(h, _output.Weight, _output.Bias, tape.Indices([Time, Batch], Tokens.AsSpan(Batch)));
            }

            return _kind == "attention" ? AttentionLoss(tape) : RecurrentLoss(tape);
        }

        private Tensor RecurrentLoss(Tape tape)
        {
            Tensor h = tape.Zeros([Batch, Hidden]), sum = tape.Constant(0);
            for (int t = 0; t < Time; t++)
            {
                Tensor x = _embedding.Forward(tape.Indices([Batch], Tokens.AsSpan(t * Batch, Batch)));
                if (_kind == "rnn")
                {
                    h = (_input[0].Forward(x) + _recurrent[0].Forward(h)).Tanh();
                }
                else
                {
                    Tensor r = (_input[0].Forward(x) + _recurrent[0].Forward(h)).Sigmoid(), z = (_input[1].Forward(x) + _recurrent[1].Forward(h)).Sigmoid();
                    Tensor n = (_input[2].Forward(x) + (r * _recurrent[2].Forward(h))).Tanh();
                    h = ((1 - z) * n) + (z * h);
                }

                sum += Losses.SoftmaxCrossEntropy(_output.Forward(h), tape.Indices([Batch], Tokens.AsSpan((t + 1) * Batch, Batch)));
            }

            return sum * (1f / Time);
        }

        /// <summary>One row of the batch after the other, one query after the other.</summary>
        private Tensor AttentionLoss(Tape tape)
        {
            Tensor sum = tape.Constant(0);
            for (int b = 0; b < Batch; b++)
            {
                Tensor x = _embedding.Forward(tape.Indices([Time], [.. Enumerable.Range(0, Time).Select(t => Tokens[(t * Batch) + b])]));
                Tensor q = _input[0].Forward(x), k = _input[1].Forward(x), v = _input[2].Forward(x);
                for (int t = 0; t < Time; t++)
                {
                    Tensor e = (q.Slice(t, 1).MatMul(k.Slice(0, t + 1), transposeRight: true) * (1 / MathF.Sqrt(Width))).Exp();
                    Tensor y = _recurrent[0].Forward(e.MatMul(v.Slice(0, t + 1)) / e.Sum());
                    sum += Losses.SoftmaxCrossEntropy(_output.Forward(y), tape.Indices([1], [Tokens[((t + 1) * Batch) + b]]));
                }
            }

            return sum * (1f / (Time * Batch));
        }
    }
}
