namespace Inkling.Onnx.Tests;

/// <summary>Runs one operator through a whole model: bytes, reader, planner, evaluator.</summary>
internal static class Op
{
    public const int Newest = 25;

    /// <summary>Runs it; null operands are left out.</summary>
    public static OnnxValue[] All(string operation, OnnxValue?[] inputs, int outputs, int opset, params (string Name, object Value)[] attributes)
    {
        OnnxModel model = Model(operation, inputs, outputs, opset, attributes).Load();
        Dictionary<string, OnnxValue> given = [];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] is { } value)
                given[$"i{i}"] = value;
        }

        IReadOnlyDictionary<string, OnnxValue> results = model.Run(given);
        return [.. Enumerable.Range(0, outputs).Select(i => results[$"o{i}"])];
    }

    public static ModelBuilder Model(string operation, OnnxValue?[] inputs, int outputs, int opset, params (string Name, object Value)[] attributes)
    {
        string domain = operation.Contains(':', StringComparison.Ordinal) ? operation.Split(':')[0] : "";
        var builder = new ModelBuilder(opset, domain);
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] is { } value)
                builder.Input($"i{i}", value.Type, [.. value.Shape.ToArray().Cast<object>()]);
        }

        builder.Node(operation, string.Join(' ', inputs.Select((value, i) => value is null ? "-" : $"i{i}")), string.Join(' ', Enumerable.Range(0, outputs).Select(i => $"o{i}")), attributes);
        for (int i = 0; i < outputs; i++)
            builder.Output($"o{i}");
        return builder;
    }

    public static OnnxValue Run(string operation, OnnxValue?[] inputs, params (string Name, object Value)[] attributes) =>
        All(operation, inputs, 1, Newest, attributes)[0];

    public static OnnxValue Run(string operation, int opset, OnnxValue?[] inputs, params (string Name, object Value)[] attributes) =>
        All(operation, inputs, 1, opset, attributes)[0];

    public static OnnxValue<float> Floats(int[] shape, params float[] values) => OnnxValue.Create(shape, values);

    public static OnnxValue<long> Longs(params long[] values) => OnnxValue.Create([values.Length], values);

    public static OnnxValue<float> Random(Random random, params int[] shape) =>
        OnnxValue.Create(shape, [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => (float)((random.NextDouble() * 4) - 2))]);
}
