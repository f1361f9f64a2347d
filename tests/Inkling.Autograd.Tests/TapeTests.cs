namespace Inkling.Tests;

public sealed class TapeTests
{
    [Fact]
    public void A_tensor_of_an_ended_step_throws_and_names_its_step()
    {
        using Tape tape = new();
        Tensor x = tape.Input([2], [1, 2]);
        for (int i = 0; i < 41; i++) tape.Begin();
        Tensor y = x * x;
        Assert.Equal([1f, 4f], y.ToArray());
        tape.Begin();
        Assert.Contains("step 41", Assert.Throws<InvalidOperationException>(() => y.ToArray()).Message, StringComparison.Ordinal);
        _ = x * x;      // takes the place of y: the old handle stays stale
        Assert.Throws<InvalidOperationException>(() => y.Shape);
        Assert.Throws<InvalidOperationException>(() => y + x);
        Assert.Equal([1f, 2f], x.ToArray());
        Assert.Contains("has ended", y.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Operands_of_two_tapes_throw_and_both_are_named()
    {
        using Tape a = new(new TapeOptions { Name = "train" }), b = new(new TapeOptions { Name = "valid" });
        string message = Assert.Throws<InvalidOperationException>(() => a.Input([1], [1]) + b.Input([1], [1])).Message;
        Assert.Contains("'train'", message, StringComparison.Ordinal);
        Assert.Contains("'valid'", message, StringComparison.Ordinal);
        Assert.Contains("default(Tensor)", Assert.Throws<InvalidOperationException>(() => default(Tensor).ToArray()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Carried_state_appears_at_the_next_step_and_not_before()
    {
        using Tape tape = new();
        CarriedState state = tape.State([2]);
        Tensor one = tape.Input([2], [1, 10]);
        for (int step = 1; step <= 3; step++)
        {
            tape.Begin();
            float[] before = state.Tensor.ToArray();
            tape.Carry(state.Tensor + one, state);
            Assert.Equal(before, state.Tensor.ToArray());
            Assert.Equal([step - 1f, (step - 1) * 10f], before);
        }

        Assert.Equal([3f, 30f], state.Values.ToArray());
        state.Reset();
        tape.Begin();
        Assert.Equal([0f, 0f], state.Tensor.ToArray());
        Assert.Throws<ArgumentException>(() => tape.Carry(tape.Zeros([3]), state));
    }

    [Fact]
    public void Backward_accumulates_until_the_gradients_are_used()
    {
        Parameter w = new("w", [2], (p, _) => p.Values.Fill(3));
        ParameterSet set = new([w]);
        set.InitializeAll(1);
        using Tape tape = new();
        void Pass()
        {
            tape.Begin();
            Tensor p = tape.Parameter(w);
            tape.Backward((p * p).Sum());
        }

        Pass();
        Assert.Equal([6f, 6f], w.Gradients.ToArray());
        Pass();
        Assert.Equal([12f, 12f], w.Gradients.ToArray());
        set.ConsumeGradients();
        Assert.Equal([12f, 12f], w.Gradients.ToArray());
        Pass();
        Assert.Equal([6f, 6f], w.Gradients.ToArray());
        w.Trainable = false;
        tape.Begin();
        Assert.Throws<InvalidOperationException>(() => tape.Backward(tape.Parameter(w).Sum()));
    }

    [Fact]
    public void Intermediate_gradients_are_kept_only_on_request()
    {
        using Tape tape = new();
        Tensor x = tape.Input([2], [2, 3], requiresGradient: true);
        tape.Begin();
        Tensor kept = x * 2f, dropped = kept * kept;
        tape.RetainGradient(kept);
        tape.Backward(dropped.Sum());
        Assert.Equal([8f, 12f], kept.Gradient.ToArray());
        Assert.Equal([16f, 24f], x.Gradient.ToArray());
        Assert.Throws<InvalidOperationException>(() => dropped.Gradient.ToArray());
    }

    [Fact]
    public void A_tape_that_does_not_record_refuses_backward()
    {
        using Tape tape = new(new TapeOptions { Recording = false });
        Tensor x = tape.Input([2], [2, 3], requiresGradient: true);
        tape.Begin();
        Assert.Contains("does not record", Assert.Throws<InvalidOperationException>(() => tape.Backward(x.Sum())).Message, StringComparison.Ordinal);
        Assert.Equal(x.ToArray(), x.Dropout(0.5f).ToArray());
    }

    [Fact]
    public void Shapes_may_change_between_steps_and_memory_settles_at_the_largest()
    {
        using Tape tape = new();
        Tensor x = tape.Input([64, 64], requiresGradient: true);
        long Step(int rows)
        {
            tape.Begin();
            tape.Backward(x.Slice(0, rows).Tanh().MatMul(x).Sum());
            return tape.MemoryBytes;
        }

        for (int i = 0; i < 3; i++) Step(64);
        long settled = Step(64);
        foreach (int rows in (int[])[1, 17, 64, 3, 64]) Assert.Equal(settled, Step(rows));
    }

    [Fact]
    public void Errors_name_the_operation_what_was_given_and_the_remedy()
    {
        using Tape tape = new();
        Tensor a = tape.Input([32, 128]), b = tape.Input([64, 256]);
        Assert.Equal("MatMul: inner sizes differ, [32, 128] · [64, 256] (128 ≠ 64). Transpose the right operand?", Assert.Throws<ArgumentException>(() => a.MatMul(b)).Message);
        Assert.Contains("[32, 128] and [64, 256]", Assert.Throws<ArgumentException>(() => a + b).Message, StringComparison.Ordinal);
        Assert.Contains("has 4096 elements", Assert.Throws<ArgumentException>(() => a.Reshape([3])).Message, StringComparison.Ordinal);
        Assert.Contains("values given", Assert.Throws<ArgumentException>(() => tape.Input([2], [1f])).Message, StringComparison.Ordinal);
        Parameter table = new("table", [4, 2]);
        _ = new ParameterSet([table]);
        Assert.Contains("index 4 is outside the table of 4", Assert.Throws<ArgumentOutOfRangeException>(() => tape.Indices([1], [4]).Lookup(table)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_operation_leaves_the_tape_usable()
    {
        using Tape tape = new();
        Tensor x = tape.Input([2, 3], requiresGradient: true);
        tape.Begin();
        Tensor y = x.Tanh();
        Assert.Throws<ArgumentException>(() => y.MatMul(y));
        tape.Backward(y.Sum());
        Assert.Equal(Enumerable.Repeat(1f, 6), x.Gradient.ToArray());
    }

    [Fact]
    public void Dropout_depends_on_seed_and_step_alone()
    {
        static float[] Draw(ulong seed, int step)
        {
            using Tape tape = new(new TapeOptions { Seed = seed });
            Tensor x = tape.Input([1000], [.. Enumerable.Repeat(1f, 1000)]);
            for (int i = 0; i < step; i++) tape.Begin();
            return x.Dropout(0.25f).ToArray();
        }

        Assert.Equal(Draw(1, 3), Draw(1, 3));
        Assert.NotEqual(Draw(1, 3), Draw(1, 4));
        Assert.NotEqual(Draw(1, 3), Draw(2, 3));
        float[] sample = Draw(5, 1);
        Assert.InRange(sample.Count(v => v == 0), 180, 320);
        Assert.All(sample, v => Assert.True(v == 0 || Math.Abs(v - (4f / 3)) < 1e-6f));
    }
}
