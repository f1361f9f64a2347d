using Inkling.Numerics;

namespace Inkling.Tests;

/// <summary>Operands of a shape that changes from step to step, and finding where numbers went wrong.</summary>
public sealed class BatchOperandTests
{
    [Fact]
    public void Numbers_that_live_for_the_step_may_have_another_shape_in_each_and_allocate_nothing()
    {
        using Tape tape = new();
        Parameter weight = new("weight", [2, 3], (parameter, _) => parameter.Values.Fill(1));
        ParameterSet set = new([weight]);
        weight.Values.Fill(1);
        float[] values = [.. Enumerable.Range(0, 30).Select(i => (float)i)];
        Steps(10);
        Allocation.AssertNone(() => Steps(20));
        Assert.Contains("5 values given for the shape [2, 3] of 6", Assert.Throws<ArgumentException>(() => tape.Constant([2, 3], new float[5])).Message, StringComparison.Ordinal);

        void Steps(int count)
        {
            for (int step = 0; step < count; step++)
            {
                int rows = 1 + (step % 5);
                tape.Begin();
                Tensor x = tape.Constant([rows, 3], values.AsSpan(0, rows * 3));
                Tensor y = x.Affine(weight, null);
                if (y.Values[^1] != (9 * rows) - 6) Assert.Fail($"row {rows} is {y.Values[^1]}");
                tape.Backward(y.Sum());
                set.ConsumeGradients();
            }
        }
    }

    [Fact]
    public void Indices_take_other_shapes_without_new_memory()
    {
        using Tape tape = new();
        Indices indices = tape.Indices([4, 3]);
        Allocation.AssertNone(() => indices.Resize([2, 5]));
        Assert.Equal((10, [2, 5]), (indices.Length, indices.Shape));
        indices.Write([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        Assert.Equal(9, indices.Values[^1]);
        Assert.Throws<ArgumentException>(() => indices.Write([1]));
        indices.Resize([5, 5]);
        Assert.Equal(25, indices.Values.Length);
    }

    [Fact]
    public void The_first_operation_with_a_result_that_is_not_finite_is_found()
    {
        using Tape tape = new();
        Parameter weight = new("layer.weight", [1, 1]);
        _ = new ParameterSet([weight]);
        weight.Values[0] = 2;
        Tensor x = tape.Input([2, 1], [1, -1]);
        tape.Begin();
        _ = x.Affine(weight, null).Exp();
        Assert.Null(tape.FindNonFinite());
        tape.Begin();
        _ = x.Affine(weight, null).Log().Sum();
        Assert.Equal(("Log", 1, "layer.weight", null), Found(tape));
        weight.Values[0] = float.NaN;
        tape.Begin();
        _ = x.Affine(weight, null);
        Assert.Equal(("Linear", 0, "layer.weight", "layer.weight"), Found(tape));
    }

    private static (string Operation, int Index, string Layer, string? Spoilt) Found(Tape tape) =>
        tape.FindNonFinite() is { } found ? (found.Operation.Name, found.Operation.Index, found.Layer, found.Spoilt) : default;
}
