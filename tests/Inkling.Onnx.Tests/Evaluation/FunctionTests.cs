namespace Inkling.Onnx.Tests.Evaluation;

/// <summary>Operators that a model brings along, made of others.</summary>
public sealed class FunctionTests
{
    private static readonly OnnxValue s_x = Op.Floats([3], -1, 2, 5);

    [Fact]
    public void A_function_takes_the_attributes_of_the_node_or_its_defaults()
    {
        // F(x) = max(leaky(x; slope), …) with slope from the caller, 0.5 when it gives none.
        Wire leaky = ModelBuilder.NodeOf("LeakyRelu", "x", "y").Message(5, new Wire().Text(1, "alpha").Text(21, "slope").Int(20, 1));
        Wire function = new Wire().Text(1, "F").Text(10, "mine").Text(4, "x").Text(5, "y").Text(6, "slope").Message(7, leaky)
            .Message(9, ModelBuilder.OpsetOf("", 16)).Message(11, ModelBuilder.Attribute("slope", 0.5f));
        OnnxModel model = new ModelBuilder(16).Opset("mine", 1).Input("x", OnnxElementType.Float, 3)
            .Node("mine:F", "x", "a", ("slope", 0.25f)).Node("mine:F", "x", "b").Function(function).Output("a").Output("b").Load();
        IReadOnlyDictionary<string, OnnxValue> results = model.Run(new Dictionary<string, OnnxValue> { ["x"] = s_x });

        Assert.Equal([-0.25f, 2, 5], results["a"].Values<float>());
        Assert.Equal([-0.5f, 2, 5], results["b"].Values<float>());
    }

    [Fact]
    public void A_function_has_its_own_names_and_its_own_operator_set()
    {
        // Within, Clip has attributes (operator set 6); without, inputs (13).
        Wire function = new Wire().Text(1, "Bounded").Text(10, "mine").Text(4, "a").Text(5, "y")
            .Message(7, ModelBuilder.NodeOf("Clip", "a", "y", ("min", 0f), ("max", 3f))).Message(9, ModelBuilder.OpsetOf("", 6));
        OnnxModel model = new ModelBuilder(13).Opset("mine", 1).Input("y", OnnxElementType.Float, 3).Node("mine:Bounded", "y", "a").Function(function).Output("a").Load();

        Assert.Equal([0, 2, 3], model.Run(new Dictionary<string, OnnxValue> { ["y"] = s_x })["a"].Values<float>());
    }

    [Fact]
    public void Functions_may_call_others_but_not_themselves()
    {
        Wire inner = Function("Inner", "Neg", "");
        OnnxModel model = new ModelBuilder(13).Opset("mine", 1).Input("x", OnnxElementType.Float, 3).Node("mine:Outer", "x", "y")
            .Function(Function("Outer", "mine:Inner", "mine")).Function(inner).Output("y").Load();
        Assert.Equal([1, -2, -5], model.Run(new Dictionary<string, OnnxValue> { ["x"] = s_x })["y"].Values<float>());

        byte[] endless = new ModelBuilder(13).Opset("mine", 1).Input("x", OnnxElementType.Float, 3).Node("mine:Again", "x", "y")
            .Function(Function("Again", "mine:Again", "mine")).Output("y").ToBytes();
        Assert.Contains("function 'Again' calls itself", Assert.Throws<OnnxException>(() => OnnxModel.Load(endless)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_that_grow_without_end_are_refused()
    {
        // Each calls the next one eight times: 8⁹ nodes.
        var builder = new ModelBuilder(13).Opset("mine", 1).Input("x", OnnxElementType.Float, 3).Node("mine:F0", "x", "y").Output("y");
        for (int level = 0; level < 9; level++)
        {
            Wire function = new Wire().Text(1, $"F{level}").Text(10, "mine").Text(4, "v0").Text(5, "v8").Message(9, ModelBuilder.OpsetOf("", 13)).Message(9, ModelBuilder.OpsetOf("mine", 1));
            for (int i = 0; i < 8; i++)
                function.Message(7, ModelBuilder.NodeOf(level == 8 ? "Neg" : $"mine:F{level + 1}", $"v{i}", $"v{i + 1}"));
            builder.Function(function);
        }

        byte[] model = builder.ToBytes();
        Assert.Contains("more than 1000000 nodes", Assert.Throws<OnnxException>(() => OnnxModel.Load(model)).Message, StringComparison.Ordinal);
    }

    private static Wire Function(string name, string operation, string domain) =>
        new Wire().Text(1, name).Text(10, "mine").Text(4, "x").Text(5, "y").Message(7, ModelBuilder.NodeOf(operation, "x", "y")).Message(9, ModelBuilder.OpsetOf(domain, 13));
}
