namespace Inkling.Onnx.Tests.Evaluation;

/// <summary>If, Loop and Scan: graphs that see the values around their node.</summary>
public sealed class ControlTests
{
    [Theory]
    [InlineData(true, new[] { 2f, 4 })]
    [InlineData(false, new[] { 0f, 1 })]
    public void One_branch_is_run_and_sees_what_is_around_it(bool condition, float[] expected)
    {
        Wire twice = new ModelBuilder().Node("Add", "x x", "a").Output("a").Graph();
        Wire minusOne = new ModelBuilder().Node("Sub", "x one", "b").Output("b").Graph();
        OnnxModel model = new ModelBuilder(16).Input("c", OnnxElementType.Bool).Input("x", OnnxElementType.Float, 2).Initializer("one", Op.Floats([1], 1))
            .Node("If", "c", "y", ("then_branch", twice), ("else_branch", minusOne)).Output("y").Load();

        Assert.Equal(expected, model.Run(new Dictionary<string, OnnxValue> { ["c"] = OnnxValue.Scalar(condition), ["x"] = Op.Floats([2], 1, 2) })["y"].Values<float>());
    }

    [Theory]
    [InlineData(5L, new[] { 1L, 3, 6 }, 6L)]
    [InlineData(2L, new[] { 1L, 3 }, 3L)]
    [InlineData(0L, new long[0], 0L)]
    public void A_loop_ends_by_count_or_condition_and_gathers_what_it_made(long most, long[] gathered, long last)
    {
        // sum += number of the run + 1, while sum < 6.
        Wire body = new ModelBuilder().Input("i", OnnxElementType.Int64).Input("goes", OnnxElementType.Bool).Input("sum", OnnxElementType.Int64)
            .Node("Add", "i one", "next").Node("Add", "sum next", "total").Node("Less", "total six", "on").Node("Identity", "total", "seen")
            .Output("on").Output("total").Output("seen", OnnxElementType.Int64).Graph();
        OnnxModel model = new ModelBuilder(16).Input("most", OnnxElementType.Int64).Initializer("one", OnnxValue.Scalar(1L)).Initializer("six", OnnxValue.Scalar(6L)).Initializer("zero", OnnxValue.Scalar(0L))
            .Node("Loop", "most - zero", "total all", ("body", body)).Output("total").Output("all").Load();
        IReadOnlyDictionary<string, OnnxValue> results = model.Run(new Dictionary<string, OnnxValue> { ["most"] = OnnxValue.Scalar(most) });

        Assert.Equal([last], results["total"].Values<long>());
        Assert.Equal(gathered, results["all"].Values<long>());
        Assert.Equal([gathered.Length], results["all"].Shape);
    }

    [Fact]
    public void A_scan_goes_along_an_axis_in_either_direction()
    {
        Wire body = new ModelBuilder().Input("sum", OnnxElementType.Float).Input("slice", OnnxElementType.Float)
            .Node("Add", "sum slice", "total").Node("Identity", "total", "seen").Output("total").Output("seen").Graph();
        OnnxModel model = new ModelBuilder(16).Input("x", OnnxElementType.Float, 2, 3).Initializer("zero", Op.Floats([2], 0, 0))
            .Node("Scan", "zero x", "total all", ("body", body), ("num_scan_inputs", 1), ("scan_input_axes", new[] { 1 }), ("scan_input_directions", new[] { 1 }), ("scan_output_axes", new[] { 1 }))
            .Output("total").Output("all").Load();
        IReadOnlyDictionary<string, OnnxValue> results = model.Run(new Dictionary<string, OnnxValue> { ["x"] = Op.Floats([2, 3], 1, 2, 3, 10, 20, 30) });

        Assert.Equal([6, 60], results["total"].Values<float>());
        Assert.Equal([2, 3], results["all"].Shape);
        Assert.Equal([3, 5, 6, 30, 50, 60], results["all"].Values<float>());
    }

    [Fact]
    public void A_value_that_only_an_inner_graph_reads_stays_until_then()
    {
        Wire inner = new ModelBuilder().Node("Neg", "early", "n").Output("n").Graph();
        Wire outer = new ModelBuilder().Node("If", "c", "o", ("then_branch", inner), ("else_branch", inner)).Output("o").Graph();
        OnnxModel model = new ModelBuilder(16).Input("c", OnnxElementType.Bool).Input("x", OnnxElementType.Float, 1)
            .Node("Add", "x x", "early").Node("Exp", "x", "between").Node("If", "c", "y", ("then_branch", outer), ("else_branch", outer)).Output("y").Load();

        Assert.Equal([-6], model.Run(new Dictionary<string, OnnxValue> { ["c"] = OnnxValue.Scalar(true), ["x"] = Op.Floats([1], 3) })["y"].Values<float>());
    }
}
