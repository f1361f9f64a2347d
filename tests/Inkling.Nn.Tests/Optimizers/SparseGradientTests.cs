using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Numerics;

namespace Inkling.Tests;

/// <summary>Gradients of embeddings by rows: the same as dense ones where lazy updates are, and the published lazy rule where they are not.</summary>
public sealed class SparseGradientTests
{
    private const int Entries = 50, Width = 5, Padding = 3;

    public static TheoryData<string> SameAsDense => ["sgd", "adagrad"];

    [Theory]
    [MemberData(nameof(SameAsDense))]
    public void Optimizers_without_memory_of_rows_do_bit_for_bit_what_the_dense_update_does(string name)
    {
        float[] dense = Train(name, sparse: false, steps: 25), sparse = Train(name, sparse: true, steps: 25);
        Assert.Equal(dense, sparse);
        Assert.NotEqual(Train(name, sparse: true, steps: 1), sparse);
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("momentum")]
    public void A_table_that_something_else_uses_as_a_whole_is_updated_as_a_whole(string name)
        => Assert.Equal(Train(name, sparse: false, steps: 12, tied: true), Train(name, sparse: true, steps: 12, tied: true));

    [Theory]
    [InlineData("adam")]
    [InlineData("sgd")]
    public void Two_threads_do_what_one_does(string name)
    {
        using Team two = new(2);
        using Team one = new(1);
        Assert.Equal(Train(name, sparse: true, steps: 10, team: one), Train(name, sparse: true, steps: 10, team: two));
    }

    [Fact]
    public void Lazy_Adam_follows_its_formula()
        => Follows(parameters => new Adam(parameters) { LearningRate = 0.1f }, (state, g, step) =>
        {
            state.First = (0.9 * state.First) + (0.1 * g);
            state.Second = (0.999 * state.Second) + (0.001 * g * g);
            return -0.1 * (state.First / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(state.Second / (1 - Math.Pow(0.999, step))) + 1e-8);
        });

    [Fact]
    public void Lazy_AdamW_follows_its_formula()
        => Follows(parameters => new AdamW(parameters) { LearningRate = 0.1f, WeightDecay = 0 }, (state, g, step) =>
        {
            state.First = (0.9 * state.First) + (0.1 * g);
            state.Second = (0.999 * state.Second) + (0.001 * g * g);
            return -0.1 * (state.First / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(state.Second / (1 - Math.Pow(0.999, step))) + 1e-8);
        });

    [Fact]
    public void Lazy_momentum_follows_its_formula()
        => Follows(parameters => new Sgd(parameters, 0.1, momentum: 0.9), (state, g, _) => -0.1 * (state.First = (0.9 * state.First) + g));

    [Fact]
    public void Only_the_rows_of_the_step_are_touched()
    {
        Embedding table = new Embedding(1000, Width, padding: Padding) { SparseGradient = true }.Build(seed: 1);
        Adam adam = new(table.Parameters);
        using Tape tape = new();
        Assert.Equal(1000, table.Weight.TouchedRowCount);   // nothing is known before the first step
        foreach (int[] rows in (int[][])[[7, 7, 9], [2, Padding], [Padding]])
        {
            float[] before = table.Weight.Values.ToArray();
            tape.Begin();
            tape.Backward(table.Forward(tape.Indices([rows.Length], rows)).Square().Sum());
            int[] used = [.. rows.Where(row => row != Padding).Distinct()];
            Assert.Equal(used.Length, table.Weight.TouchedRowCount);
            Assert.All(Enumerable.Range(0, 1000).Except(used), row => Assert.All(Row(table.Weight.Gradients.ToArray(), row), g => Assert.Equal(0, g)));
            adam.Step();
            Assert.All(Enumerable.Range(0, 1000), row => Assert.Equal(used.Contains(row), !Row(before, row).SequenceEqual(Row(table.Weight.Values.ToArray(), row))));
        }
    }

    [Fact]
    public void Several_backward_passes_add_up_and_clipping_counts_each_row_once()
    {
        float Norm(bool sparse, float most, out float[] gradients)
        {
            Embedding table = new Embedding(Entries, Width) { SparseGradient = sparse }.Build(seed: 2);
            using Tape tape = new();
            foreach (int[] rows in (int[][])[[4, 8, 4], [8, 30], [31, 32, 33]])
            {
                tape.Begin();
                tape.Backward(table.Forward(tape.Indices([rows.Length], rows)).Square().Sum());
            }

            float norm = GradientClipping.ClipByGlobalNorm(table.Parameters, most);
            GradientClipping.ClipByValue(table.Parameters, 0.02f);
            gradients = table.Weight.Gradients.ToArray();
            if (sparse) Assert.Equal(6, table.Weight.TouchedRowCount);
            return norm;
        }

        float dense = Norm(false, 0.2f, out float[] wanted), sparse = Norm(true, 0.2f, out float[] found);
        Assert.True(dense > 0.2f);
        Assert.Equal(dense, sparse, dense * 1e-6f);
        for (int i = 0; i < wanted.Length; i++) Assert.Equal(wanted[i], found[i], 1e-6f);
    }

    [Fact]
    public void A_gradient_that_is_not_finite_is_found()
    {
        Embedding table = new Embedding(Entries, Width) { SparseGradient = true }.Build(seed: 2);
        Sgd sgd = new(table.Parameters, 0.1) { ChecksGradients = true };
        using Tape tape = new();
        tape.Begin();
        tape.Backward((table.Forward(tape.Indices([1], [6])) * float.PositiveInfinity).Sum());
        Assert.Equal("weight", Assert.Throws<NonFiniteGradientException>(sgd.Step).ParameterName);
    }

    [Fact]
    public void A_frozen_table_stays_and_learns_again_when_thawed()
    {
        Embedding table = new Embedding(Entries, Width) { SparseGradient = true }.Build(seed: 2);
        Linear linear = new Linear(Width, 1).Build(seed: 3);
        Adam adam = new(table.Parameters), other = new(linear.Parameters);
        using Tape tape = new();
        float[] first = table.Weight.Values.ToArray();
        table.Freeze();
        Step();
        Assert.Equal(first, table.Weight.Values.ToArray());
        table.Unfreeze();
        Step();
        Assert.NotEqual(first, table.Weight.Values.ToArray());
        Assert.Equal(1, table.Weight.TouchedRowCount);

        void Step()
        {
            tape.Begin();
            tape.Backward(linear.Forward(table.Forward(tape.Indices([1], [6]))).Sum());
            adam.Step();
            other.Step();
        }
    }

    [Fact]
    public void A_resumed_run_goes_on_bit_for_bit()
    {
        string path = Path.GetTempFileName();
        try
        {
            float[] whole = Train("adam", sparse: true, steps: 14);
            (Embedding table, Optimizer adam) = Make("adam", sparse: true, null);
            Run(table, adam, 0, 6, tied: false, null);
            ModelCheckpoint.Save(path, table.Parameters);
            float[] m = adam.State("m").ToArray(), v = adam.State("v").ToArray();

            (Embedding again, Optimizer resumed) = Make("adam", sparse: true, null);
            ModelCheckpoint.Load(path, again.Parameters);
            m.CopyTo(resumed.State("m"));
            v.CopyTo(resumed.State("v"));
            resumed.Steps = adam.Steps;
            Run(again, resumed, 6, 14, tied: false, null);
            Assert.Equal(whole, again.Weight.Values.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void It_can_be_turned_on_and_off_between_steps()
    {
        (Embedding table, Optimizer sgd) = Make("sgd", sparse: false, null);
        Run(table, sgd, 0, 3, tied: false, null);
        table.Weight.SparseGradient = true;
        Run(table, sgd, 3, 6, tied: false, null);
        table.Weight.SparseGradient = false;
        Run(table, sgd, 6, 9, tied: false, null);
        Assert.Equal(Train("sgd", sparse: false, steps: 9), table.Weight.Values.ToArray());
    }

    [Fact]
    public void A_steady_step_allocates_nothing()
    {
        Embedding table = new Embedding(Entries, Width) { SparseGradient = true }.Build(seed: 2);
        Adam adam = new(table.Parameters);
        using Tape tape = new();
        Indices rows = tape.Indices([8]);
        int step = 0;
        for (int i = 0; i < 2 * Entries; i++) Step();
        Allocation.AssertNone(Step);

        void Step()
        {
            for (int i = 0; i < rows.Length; i++) rows.Values[i] = (step * 7 + i * i) % Entries;
            step++;
            tape.Begin();
            tape.Backward(table.Forward(rows).Square().Sum());
            GradientClipping.ClipByGlobalNorm(table.Parameters, 0.1f);
            adam.Step();
        }
    }

    /// <summary>Compares 30 steps with a reference in double precision that knows one number at a time.</summary>
    private static void Follows(Func<ParameterSet, Optimizer> make, Func<State, double, int, double> rule)
    {
        Embedding table = new Embedding(Entries, Width) { SparseGradient = true }.Build(seed: 4);
        Optimizer optimizer = make(table.Parameters);
        double[] weights = [.. table.Weight.Values.ToArray().Select(w => (double)w)];
        State[] states = [.. weights.Select(_ => new State())];
        using Tape tape = new();
        for (int step = 1; step <= 30; step++)
        {
            int[] rows = Rows(step);
            tape.Begin();
            tape.Backward(table.Forward(tape.Indices([rows.Length], rows)).Square().Sum());
            optimizer.Step();
            foreach (IGrouping<int, int> row in rows.GroupBy(row => row))
            {
                for (int i = row.Key * Width; i < (row.Key + 1) * Width; i++) weights[i] += rule(states[i], 2 * weights[i] * row.Count(), step);
            }
        }

        for (int i = 0; i < weights.Length; i++) Assert.Equal(weights[i], table.Weight.Values[i], 2e-5);
    }

    private static float[] Train(string name, bool sparse, int steps, bool tied = false, Team? team = null)
    {
        (Embedding table, Optimizer optimizer) = Make(name, sparse, team);
        Run(table, optimizer, 0, steps, tied, team);
        return table.Weight.Values.ToArray();
    }

    private static (Embedding Table, Optimizer Optimizer) Make(string name, bool sparse, Team? team)
    {
        Embedding table = new Embedding(Entries, Width, padding: Padding) { SparseGradient = sparse }.Build(seed: 1);
        Optimizer optimizer = name switch
        {
            "sgd" => new Sgd(table.Parameters, 0.1),
            "momentum" => new Sgd(table.Parameters, 0.1, momentum: 0.9),
            "adagrad" => new Adagrad(table.Parameters) { LearningRate = 0.1f },
            _ => new Adam(table.Parameters) { LearningRate = 0.05f },
        };
        if (team is not null) optimizer.Team = team;
        return (table, optimizer);
    }

    private static void Run(Embedding table, Optimizer optimizer, int from, int to, bool tied, Team? team)
    {
        using Tape tape = new(team is null ? null : new TapeOptions { Team = team });
        for (int step = from; step < to; step++)
        {
            int[] rows = Rows(step);
            tape.Begin();
            Tensor x = table.Forward(tape.Indices([rows.Length], rows));
            Tensor y = table.Forward(tape.Indices([2], [rows[0], 11]));
            Tensor loss = x.Square().Sum() + y.Tanh().Sum();
            if (tied) loss += x.Affine(table.Weight).Square().Mean();
            tape.Backward(loss);
            optimizer.Step();
        }
    }

    private static int[] Rows(int step) => [.. Enumerable.Range(0, 6).Select(i => ((step * 13) + (i * i * 3)) % 20)];

    private static float[] Row(float[] all, int row) => all[(row * Width)..((row + 1) * Width)];

    private sealed class State
    {
        public double First { get; set; }

        public double Second { get; set; }
    }
}
