using Inkling.Golden;
using Inkling.Nn;

namespace Inkling.Tests;

/// <summary>Losses and their gradients against PyTorch's, and what a training loop relies on.</summary>
public sealed class LossGoldenTests
{
    private delegate Tensor Loss(Case of);

    private static readonly Dictionary<string, Loss> s_cases = new()
    {
        ["mae"] = c => Losses.MeanAbsoluteError(c["x"], c["t"]),
        ["mse"] = c => Losses.MeanSquaredError(c["x"], c["t"]),
        ["huber"] = c => Losses.Huber(c["x"], c["t"]),
        ["huber_0.4"] = c => Losses.Huber(c["x"], c["t"], delta: 0.4),
        ["smooth_l1_0.3"] = c => Losses.SmoothL1(c["x"], c["t"], beta: 0.3),
        ["bce"] = c => Losses.BinaryCrossEntropyWithLogits(c["x"], c["t"]),
        ["bce_positive"] = c => Losses.BinaryCrossEntropyWithLogits(c["x"], c["t"], c["w"]),
        ["bce_positive_classes"] = c => Losses.BinaryCrossEntropyWithLogits(c["x"], c["t"], c["w"]),
        ["cross_entropy_plain"] = c => Losses.CrossEntropy(c["x"], c.Indices("y")),
        ["cross_entropy_weights"] = c => Losses.CrossEntropy(c["x"], c.Indices("y"), c["w"]),
        ["cross_entropy_smooth"] = c => Losses.CrossEntropy(c["x"], c.Indices("y"), labelSmoothing: 0.1),
        ["cross_entropy_smooth_weights"] = c => Losses.CrossEntropy(c["x"], c.Indices("y"), c["w"], labelSmoothing: 0.25),
        ["nll"] = c => Losses.NegativeLogLikelihood(c["x"], c.Indices("y")),
        ["nll_weights"] = c => Losses.NegativeLogLikelihood(c["x"], c.Indices("y"), c["w"]),
        ["kl_target"] = c => Losses.KlDivergence(c["x"], c["t"]),
        ["hinge"] = c => Losses.Hinge(c["x"], c["t"]),
        ["hinge_squared"] = c => Losses.Hinge(c["x"], c["t"], margin: 0.5, squared: true),
        ["multi_margin"] = c => Losses.MultiMargin(c["x"], c.Indices("y")),
        ["multi_margin_squared"] = c => Losses.MultiMargin(c["x"], c.Indices("y"), margin: 0.5, squared: true),
        ["cosine"] = c => Losses.CosineEmbedding(c["a"], c["b"], c.Indices("y")),
        ["cosine_margin"] = c => Losses.CosineEmbedding(c["a"], c["b"], c.Indices("y"), margin: 0.3),
        ["triplet"] = c => Losses.TripletMargin(c["a"], c["p"], c["n"]),
        ["triplet_margin"] = c => Losses.TripletMargin(c["a"], c["p"], c["n"], margin: 0.2),
        ["info_nce"] = c => Losses.InfoNce(c["q"], c["k"]),
        ["info_nce_symmetric"] = c => Losses.InfoNce(c["q"], c["k"], temperature: 0.2, symmetric: true),
        ["ctc"] = c => Losses.Ctc(c["x"], c.Indices("targets"), c.Indices("target_lengths"), c.Indices("input_lengths")),
        ["ctc_blank_last"] = c => Losses.Ctc(c["x"], c.Indices("targets"), c.Indices("target_lengths"), c.Indices("input_lengths"), blank: 5),
        ["ctc_zero_infinity"] = c => Losses.Ctc(c["x"], c.Indices("targets"), c.Indices("target_lengths"), c.Indices("input_lengths"), zeroInfinity: true),
        ["ctc_long"] = c => Losses.Ctc(c["x"], c.Indices("targets"), c.Indices("target_lengths"), c.Indices("input_lengths")),
    };

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Fact]
    public void Every_golden_loss_is_tested()
    {
        using GoldenFamily golden = GoldenFamily.Open("losses");
        // Plain kl goes through a log-softmax, whose place is another test's.
        Assert.Equal(golden.Cases.Where(c => c != "kl").Order(), s_cases.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Loss_and_gradients_are_those_of_PyTorch(string name)
    {
        using GoldenFamily golden = GoldenFamily.Open("losses");
        using Tape tape = new();
        Case of = new(golden, name, tape);
        tape.Begin();
        Tensor loss = s_cases[name](of);
        golden.AssertClose(name, "out.0", loss.Values);
        tape.Backward(loss, scale: golden.Values(name, "seed.0")[0]);
        int compared = 0;
        foreach ((string operand, Tensor tensor) in of.Given)
        {
            if (!golden.Has(name, "grad." + operand)) continue;
            // Over 60 steps the logarithms reach −150, whose last place is 1.5e-5: probabilities are known to about that.
            golden.AssertClose(name, "grad." + operand, tensor.Gradient, name == "ctc_long" ? 3e-5 : 1e-5);
            compared++;
        }

        Assert.True(compared > 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_steady_step_allocates_nothing(string name)
    {
        using GoldenFamily golden = GoldenFamily.Open("losses");
        using Tape tape = new();
        Case of = new(golden, name, tape);
        Loss loss = s_cases[name];
        for (int step = 0; step < 3; step++) Step();
        Allocation.AssertNone(Step);

        void Step()
        {
            tape.Begin();
            tape.Backward(loss(of));
        }
    }

    [Fact]
    public void Divergence_of_a_softmax_ignores_what_cannot_be()
    {
        using GoldenFamily golden = GoldenFamily.Open("losses");
        using Tape tape = new();
        float[] logits = golden.Values("kl", "in.x");
        int[] shape = golden.Shape("kl", "in.x");
        for (int i = 0; i < shape[0]; i++)
        {
            double sum = Enumerable.Range(0, shape[1]).Sum(j => Math.Exp(logits[(i * shape[1]) + j]));
            for (int j = 0; j < shape[1]; j++) logits[(i * shape[1]) + j] -= (float)Math.Log(sum);
        }

        tape.Begin();
        Tensor loss = Losses.KlDivergence(tape.Input([shape[0], shape[1]], logits), tape.Input([shape[0], shape[1]], golden.Values("kl", "in.t")));
        golden.AssertClose("kl", "out.0", loss.Values);
        Assert.Contains(0f, golden.Values("kl", "in.t"));
    }

    /// <summary>The operands of a golden case on a tape.</summary>
    private sealed class Case
    {
        private readonly Dictionary<string, Tensor> _tensors = [];
        private readonly Dictionary<string, Indices> _indices = [];

        public Case(GoldenFamily golden, string name, Tape tape)
        {
            foreach (string operand in (string[])["x", "t", "w", "a", "b", "p", "n", "q", "k", "y", "targets", "target_lengths", "input_lengths"])
            {
                string key = "in." + operand;
                if (!golden.Has(name, key)) continue;
                Shape shape = Shape.Create(golden.Shape(name, key));
                if (operand.Length > 1 || operand == "y") _indices[operand] = tape.Indices(shape, golden.Integers(name, key));
                else _tensors[operand] = tape.Input(shape, golden.Values(name, key), requiresGradient: golden.Has(name, "grad." + operand));
            }
        }

        public IEnumerable<KeyValuePair<string, Tensor>> Given => _tensors;

        public Tensor this[string operand] => _tensors[operand];

        public Indices Indices(string operand) => _indices[operand];
    }
}
