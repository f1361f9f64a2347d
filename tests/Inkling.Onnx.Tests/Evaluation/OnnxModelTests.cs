namespace Inkling.Onnx.Tests.Evaluation;

public sealed class OnnxModelTests
{
    [Fact]
    public void A_model_runs_from_named_inputs_to_named_outputs()
    {
        OnnxModel model = new ModelBuilder(13).Input("x", OnnxElementType.Float, "N", 2).Initializer("w", Op.Floats([2, 1], 10, 1))
            .Node("MatMul", "x w", "product").Node("Relu", "product", "y").Output("y", OnnxElementType.Float).Output("product").Load();
        IReadOnlyDictionary<string, OnnxValue> results = model.Run(new Dictionary<string, OnnxValue> { ["x"] = Op.Floats([2, 2], 1, 2, -3, 4) });

        Assert.Equal([12, 0], results["y"].Values<float>());
        Assert.Equal([12, -26], results["product"].Values<float>());
    }

    [Fact]
    public void A_model_says_what_it_is()
    {
        OnnxModel model = new ModelBuilder(13).Input("x", OnnxElementType.Float, "N", 2).Initializer("w", Op.Floats([2, 1], 10, 1))
            .Node("MatMul", "x w", "product").Node("Relu", "product", "a").Node("Relu", "a", "y").Output("y").Load();
        string text = model.ToString();

        Assert.Contains("test.onnx: 'graph' by tests, ai.onnx 13; 3 nodes, 2 parameters", text, StringComparison.Ordinal);
        Assert.Contains("x: float [N, 2]", text, StringComparison.Ordinal);
        Assert.Contains("Relu ×2, MatMul", text, StringComparison.Ordinal);
        Assert.Equal(13, model.Opsets[""]);
    }

    [Fact]
    public void All_unknown_operators_are_listed_at_once_those_in_graphs_and_functions_included()
    {
        Wire branch = new ModelBuilder().Node("Bogus", "", "b").Output("b").Graph();
        Wire function = new Wire().Text(1, "F").Text(10, "mine").Text(5, "o").Message(7, ModelBuilder.NodeOf("Hidden", "", "o")).Message(9, ModelBuilder.OpsetOf("", 13));
        byte[] model = new ModelBuilder(13).Opset("mine", 1).Input("c", OnnxElementType.Bool).Node("Unheard", "c", "u").Node("other:Strange", "u", "s")
            .Node("If", "c", "i", ("then_branch", branch), ("else_branch", branch)).Node("mine:F", "", "f").Node("Unheard", "u", "y").Function(function).Output("y").ToBytes();

        OnnxUnsupportedException error = Assert.Throws<OnnxUnsupportedException>(() => OnnxModel.Load(model, "odd.onnx"));
        Assert.Equal(["Bogus", "Hidden", "Unheard", "other:Strange"], error.Operators);
        Assert.Contains("'odd.onnx': the model needs 4 operators that are not implemented: Bogus, Hidden, Unheard, other:Strange", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_all_named()
    {
        OnnxModel model = new ModelBuilder(13).Input("a", OnnxElementType.Float, 2).Input("b", OnnxElementType.Float, "N", 2).Input("c", OnnxElementType.Int64)
            .Node("Identity", "a", "y").Output("y").Load();
        OnnxException error = Assert.Throws<OnnxException>(() => model.Run(new Dictionary<string, OnnxValue> { ["a"] = Op.Longs(1, 2), ["b"] = Op.Floats([1, 3], 1, 2, 3), ["d"] = Op.Longs(1) }));

        Assert.Contains("input a: float [2] was given int64 [2]", error.Message, StringComparison.Ordinal);
        Assert.Contains("input b: float [N, 2] was given float [1, 3]", error.Message, StringComparison.Ordinal);
        Assert.Contains("input c: int64 [] is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("there is no input 'd'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_with_a_value_in_the_file_may_be_left_out_or_replaced()
    {
        OnnxModel model = new ModelBuilder(13).Input("x", OnnxElementType.Float, 1).Input("w", OnnxElementType.Float, 1).Initializer("w", Op.Floats([1], 2))
            .Node("Mul", "x w", "y").Output("y").Load();

        Assert.Equal("x", Assert.Single(model.RequiredInputs).Name);
        Assert.Equal([6], model.Run(new Dictionary<string, OnnxValue> { ["x"] = Op.Floats([1], 3) })["y"].Values<float>());
        Assert.Equal([15], model.Run(new Dictionary<string, OnnxValue> { ["x"] = Op.Floats([1], 3), ["w"] = Op.Floats([1], 5) })["y"].Values<float>());
    }

    [Fact]
    public void A_failing_node_is_named_with_its_operands()
    {
        OnnxModel model = new ModelBuilder(13).Input("a", OnnxElementType.Float, "N").Input("b", OnnxElementType.Float, "M").Node("Add", "a b", "sum").Output("sum").Load();
        OnnxException error = Assert.Throws<OnnxException>(() => model.Run(new Dictionary<string, OnnxValue> { ["a"] = Op.Floats([2], 1, 2), ["b"] = Op.Floats([3], 1, 2, 3) }));

        Assert.Equal(
            "Add → 'sum': shapes [2] and [3] do not broadcast: from the last axis on, sizes must agree or one of them be 1; given float [2], float [3]", error.Message);
    }

    [Theory]
    [InlineData("Identity", "nobody", "y", "'nobody' is read before any node makes it")]
    [InlineData("Identity", "x", "x", "'x' is made twice")]
    [InlineData("Identity", "x", "z", "'y' is read before any node makes it")]
    public void Graphs_that_are_not_sound_are_refused(string operation, string inputs, string outputs, string problem)
    {
        byte[] bytes = new ModelBuilder(13).Input("x", OnnxElementType.Float, 1).Node(operation, inputs, outputs).Output("y").ToBytes();

        Assert.Contains(problem, Assert.Throws<OnnxException>(() => OnnxModel.Load(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_model_is_told_to_be_none()
    {
        Assert.Contains("holds no graph", Assert.Throws<OnnxException>(() => OnnxModel.Load([])).Message, StringComparison.Ordinal);
        Assert.Contains("'nowhere.onnx' cannot be read", Assert.Throws<OnnxException>(() => OnnxModel.Load("nowhere.onnx")).Message, StringComparison.Ordinal);
        byte[] sequence = new ModelBuilder(13).ToBytes();
        Assert.NotNull(OnnxModel.Load(sequence));
    }

    [Fact]
    public void Several_threads_may_run_one_model()
    {
        OnnxModel model = new ModelBuilder(13).Input("x", OnnxElementType.Float, 64, 64).Node("MatMul", "x x", "a").Node("Tanh", "a", "b").Node("MatMul", "b x", "y").Output("y").Load();
        OnnxValue<float>[] inputs = [.. Enumerable.Range(0, 8).Select(i => Op.Random(new Random(i), 64, 64))];
        float[][] alone = Array.ConvertAll(inputs, Run);
        float[][] together = new float[inputs.Length][];
        Parallel.For(0, inputs.Length, i => together[i] = Run(inputs[i]));

        Assert.Equal(alone, together);

        float[] Run(OnnxValue<float> x) => model.Run(new Dictionary<string, OnnxValue> { ["x"] = x })["y"].Values<float>().ToArray();
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_large_model_is_read_in_one_go()
    {
        // 40 MB of weights: read without a detour over single numbers.
        byte[] bytes = new ModelBuilder(13).Input("x", OnnxElementType.Float, 1).Initializer("w", OnnxValue.Create([10_000_000], new float[10_000_000]))
            .Node("Identity", "x", "y").Output("y").ToBytes();
        long before = GC.GetAllocatedBytesForCurrentThread();
        OnnxModel model = OnnxModel.Load(bytes);

        Assert.Equal(10_000_000, model.ParameterCount);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 40_000_000, 41_000_000);
    }
}
