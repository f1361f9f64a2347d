using Inkling.Nn;
using Inkling.Recording;

namespace Inkling.Tests;

/// <summary>Summaries, gradient checks, hooks, the search for NaN, and what a debugger shows.</summary>
public sealed class InspectionTests
{
    [Fact]
    public void A_summary_counts_parameters_operations_and_memory()
    {
        Linear first = new(784, 256);
        Sequential model = new Sequential(first, new Activation<Relu>(), new Dropout(0.5), new Linear(256, 10)).Build(1);
        ModelSummary summary = model.Summary([64, 784]);
        Assert.Equal(["Linear", "Relu", "Linear"], summary.Rows.Select(r => r.Operation));
        Assert.Equal(["0", "", "3"], summary.Rows.Select(r => r.Module));
        Assert.Equal([64, 256], summary.Rows[0].Output.ToArray());
        Assert.Equal([200_960, 0, 2_570], summary.Rows.Select(r => r.ParameterCount));
        Assert.Equal((2.0 * 64 * 784 * 256) + (64 * 256), summary.Rows[0].Flops);
        Assert.Equal(4 * ((64 * 256 * 2) + 640), summary.ActivationBytes);
        Assert.Equal(203_530, summary.ParameterCount);
        first.Freeze();
        string table = model.Summary([64, 784]).ToString();
        Assert.Contains("203,530 parameters (814.1 kB), 200,960 of them frozen", table, StringComparison.Ordinal);
        Assert.Contains("[64, 256]", table, StringComparison.Ordinal);
        Assert.Single(table.Split('\n').Take(5).Select(line => line.Length).Distinct());
    }

    [Fact]
    public void A_summary_counts_tied_weights_once_and_takes_any_forward_pass()
    {
        Lstm lstm = new Lstm(8, 16, layers: 2).Build(1);
        ModelSummary summary = lstm.Summary(tape =>
        {
            Tensor x = tape.Input([5, 3, 8]);
            lstm.Forward(x);
            lstm.Forward(x);
        });
        Assert.Equal(lstm.Parameters.ElementCount, summary.Rows.Sum(r => r.ParameterCount));
        Assert.Equal(2.0 * 15 * ((64 * 8) + (64 * 16)), summary.Rows[0].Flops);
        Assert.Equal(4, summary.Rows.Count);
    }

    [Fact]
    public void A_gradient_check_passes_what_is_right()
    {
        Sequential model = new Sequential(new Linear(3, 8), new Activation<Tanh>(), new Dropout(0.3), new Linear(8, 8), new Activation<Relu>(), new Linear(8, 4)).Build(2);
        float[] before = model.Parameters.Values.ToArray();
        GradientCheck check = GradientCheck.Run(model.Parameters, tape => Losses.CrossEntropy(model.Forward(tape.Input([5, 3], Inputs)), tape.Indices([5], [0, 3, 1, 2, 2]), labelSmoothing: 0.1));
        Assert.True(check.Passed, check.ToString());
        Assert.Equal(6, check.Parameters.Count);
        Assert.All(check.Parameters, p => Assert.True(p.Compared >= 2, p.ToString()));
        Assert.Equal(before, model.Parameters.Values.ToArray());
    }

    [Theory]
    [InlineData(0.9f)]
    [InlineData(-1f)]
    [InlineData(0f)]
    public void A_gradient_check_names_what_is_wrong(float factor)
    {
        Sequential model = new Sequential(new Linear(3, 8), new Activation<Tanh>(), new Linear(8, 4)).Build(2);
        GradientCheck check = GradientCheck.Run(model.Parameters, tape =>
        {
            // The gradient on the way to the first layer is spoilt, as by an operation with a wrong derivative.
            Tensor hidden = model.Layers[1].Forward(model.Layers[0].Forward(tape.Input([5, 3], Inputs)));
            tape.OnGradient(hidden, (_, gradient) =>
            {
                foreach (ref float g in gradient) g *= factor;
            });
            return Losses.CrossEntropy(model.Layers[2].Forward(hidden), tape.Indices([5], [0, 3, 1, 2, 2]));
        });
        Assert.False(check.Passed);
        Assert.StartsWith("0.", check.Worst!.Parameter, StringComparison.Ordinal);
        Assert.All(check.Parameters.Where(p => p.Parameter.StartsWith("2.", StringComparison.Ordinal)), p => Assert.True(p.Error <= 1, p.ToString()));
        Assert.Contains($"the worst is '{check.Worst.Parameter}'", check.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hooks_see_gradients_when_they_are_complete()
    {
        Sequential model = new Sequential(new Linear(2, 3)).Build(1);
        using Tape tape = new();
        Tensor x = tape.Input([2], [3, 4], requiresGradient: true);
        List<string> seen = [];
        tape.Recorded = record => seen.Add(record.ToString());
        tape.Begin();
        Tensor square = x.Square(), sum = (square + square).Sum();
        Assert.Equal(["0: Square [2] → [2]", "1: Add [2], [2] → [2]", "2: Sum [2] → []"], seen);
        tape.Recorded = null;
        tape.OnGradient(square, (t, g) =>
        {
            Assert.Equal(square.Shape, t.Shape);
            seen.Add($"square {g[0]}, {g[1]}");
            g[0] = 5;
        });
        tape.OnGradient(x, (_, g) => seen.Add($"x {g[0]}, {g[1]}"));
        tape.Backward(sum);
        Assert.Equal(["square 2, 2", "x 30, 16"], seen[3..]);

        tape.Begin();
        tape.Backward(x.Square().Sum());
        Assert.Equal(5, seen.Count);
        Tensor step = tape.Input([2], [1, 1]);
        Assert.Throws<InvalidOperationException>(() => tape.OnGradient(step, (_, _) => { }));
        Assert.Throws<ArgumentException>(() => tape.OnGradient(x.Square().Reshape([2, 1]), (_, _) => { }));
        tape.Begin();
        Tensor parameter = tape.Parameter(model.Parameters[0]), input = tape.Input([1, 2], [1, 2]);
        float[]? gradient = null;
        tape.OnGradient(parameter, (_, g) => gradient = g.ToArray());
        tape.Backward(model.Forward(input).Sum());
        Assert.Equal([1, 2, 1, 2, 1, 2], gradient!);
    }

    [Fact]
    public void The_first_operation_that_returns_no_number_is_found_with_its_cause()
    {
        Sequential model = new Sequential(new Linear(2, 3), new Activation<Tanh>()).Build(1);
        using Tape tape = new();
        Tensor x = tape.Input([1, 2], [1, 2]);
        tape.Begin();
        Tensor y = model.Forward(x);
        Assert.Null(tape.FindNonFinite());
        _ = (y - y).Log().Sum();
        NonFiniteFinding found = tape.FindNonFinite()!;
        Assert.Equal(("Log", 3), (found.Operation.Name, found.Count));
        Assert.Contains("operands are finite", found.Cause, StringComparison.Ordinal);

        x.Write([1, float.NaN]);
        tape.Begin();
        model.Forward(x);
        Assert.Contains("the data hold NaN", tape.FindNonFinite()!.ToString(), StringComparison.Ordinal);

        x.Write([1, 2]);
        model.Parameters["0.bias"].Values[2] = float.PositiveInfinity;
        tape.Begin();
        model.Forward(x);
        found = tape.FindNonFinite()!;
        Assert.Equal("Linear", found.Operation.Name);
        Assert.Contains("'0.bias'", found.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_debugger_shows_what_helps()
    {
        Sequential model = new Sequential(new Linear(2, 8).InGroup("low"), new Activation<Tanh>(), new Linear(8, 1)).Build(1);
        model.Parameters[0].Trainable = false;
        using Tape tape = new();
        Tensor x = tape.Input([2, 4], [1, 2, 3, 4, 5, 6, float.NaN, -7]);
        Assert.Equal("[2, 4] { 1, 2, 3, 4, 5, 6, … } -7 … 6, mean 2, 1 not finite", x.ToString());
        Assert.Equal("[2] { 1, 2 }", tape.Input([2], [1, 2]).ToString());
        Assert.Equal("[3] { 4, 0, 2 }", tape.Indices([3], [4, 0, 2]).ToString());
        Assert.StartsWith("0.weight [8, 2] (frozen) (group low), {", model.Parameters[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("p [3], not built", new Parameter("p", [3]).ToString());
        Assert.Equal("Sequential(Linear(2 → 8), Tanh, Linear(8 → 1))", model.ToString());
        Assert.Equal("4 parameters, 33 numbers, 16 frozen", model.Parameters.ToString());
        Assert.Equal("Adam(rate 0.001, 33 numbers, 0 steps)", new Adam(model.Parameters).ToString());
    }

    private static float[] Inputs => [1, 0.5f, -1, 2, -0.3f, 0.7f, -1.5f, 0.2f, 0.4f, 0.9f, 1.1f, -0.6f, -0.2f, -0.8f, 1.7f];
}
