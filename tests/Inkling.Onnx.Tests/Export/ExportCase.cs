using Inkling.Nn;

namespace Inkling.Onnx.Tests.Export;

/// <summary>A model that is exported, run elsewhere with several sizes of its inputs, and compared.</summary>
internal sealed class ExportCase
{
    private readonly Dictionary<string, (int Least, Func<Dictionary<string, int>, int> Most)> _ranges = [];
    private Action<OnnxTrace> _forward = _ => { };

    private ExportCase(string name, Type layer, OnnxInput[] inputs) => (Name, Layer, Inputs) = (name, layer, inputs);

    public string Name { get; }

    public Type Layer { get; }

    public OnnxInput[] Inputs { get; }

    public OnnxExportOptions? Options { get; private set; }

    /// <summary>Sizes to run with, none of them that of the trace.</summary>
    public List<Dictionary<string, int>> Sizes { get; } = [];

    /// <summary>A layer with one input.</summary>
    public static ExportCase Of<TLayer>(string what, Func<TLayer> make, params OnnxDimension[] shape)
        where TLayer : Module, ILayer
    {
        ExportCase one = new($"{typeof(TLayer).Name.Split('`')[0]}, {what}", typeof(TLayer), [OnnxInput.Numbers("x", shape)]);
        TLayer? layer = null;
        one._forward = run => run.Output("y", (layer ??= Filled(make())).Forward(run.Numbers("x")));
        return one;
    }

    /// <summary>Any module.</summary>
    public static ExportCase Of<TModule>(string what, Func<TModule> make, Action<TModule, OnnxTrace> forward, params OnnxInput[] inputs)
        where TModule : Module
    {
        ExportCase one = new($"{typeof(TModule).Name.Split('`')[0]}, {what}", typeof(TModule), inputs);
        TModule? module = null;
        one._forward = run => forward(module ??= Filled(make()), run);
        return one;
    }

    /// <summary>A function of tensors.</summary>
    public static ExportCase Function(string what, Action<OnnxTrace> forward, params OnnxInput[] inputs) => new(what, typeof(Lambda), inputs) { _forward = forward };

    public ExportCase With(params (string Symbol, int Size)[] sizes)
    {
        Sizes.Add(sizes.ToDictionary(one => one.Symbol, one => one.Size));
        return this;
    }

    public ExportCase Tracing(params (string Symbol, int Size)[] sizes)
    {
        Options = new OnnxExportOptions { Sizes = sizes.ToDictionary(one => one.Symbol, one => one.Size) };
        return this;
    }

    public ExportCase Range(string input, int least, int most)
    {
        _ranges[input] = (least, _ => most);
        return this;
    }

    public ExportCase Range(string input, int least, string most)
    {
        _ranges[input] = (least, sizes => sizes[most]);
        return this;
    }

    public byte[] Export() => OnnxExport.ToBytes(Inputs, _forward, Options);

    /// <summary>Random inputs and what the model makes of them.</summary>
    public (Dictionary<string, OnnxValue> Inputs, Dictionary<string, OnnxValue> Outputs) Run(Dictionary<string, int> sizes, int seed)
    {
        Random random = new(seed);
        using Tape tape = new(new TapeOptions { Recording = false });
        tape.Begin();
        OnnxTrace trace = new(tape, Inputs, size => size.Size ?? sizes[size.Name]);
        Dictionary<string, OnnxValue> inputs = [];
        foreach (OnnxInput input in Inputs)
        {
            if (input.IsInteger)
            {
                Indices indices = trace.Integers(input.Name);
                (int least, Func<Dictionary<string, int>, int> most) = _ranges[input.Name];
                foreach (ref int value in indices.Values) value = random.Next(least, most(sizes) + 1);
                inputs[input.Name] = OnnxValue.Create(indices.Shape.ToArray(), indices.Values.ToArray().Select(one => (long)one).ToArray());
                continue;
            }

            Tensor tensor = trace.Numbers(input.Name);
            float[] values = new float[tensor.Length];
            foreach (ref float value in values.AsSpan()) value = (float)((random.NextDouble() * 4) - 2);
            tensor.Write(values);
            inputs[input.Name] = OnnxValue.Create(tensor.Shape.ToArray(), values);
        }

        _forward(trace);
        return (inputs, trace.Outputs.ToDictionary(one => one.Name, one => (OnnxValue)OnnxValue.Create(one.Value.Shape.ToArray(), one.Value.ToArray())));
    }

    public override string ToString() => Name;

    /// <summary>Random parameters, none of them where it begins: statistics and gains above 0.</summary>
    private static TModule Filled<TModule>(TModule module)
        where TModule : Module
    {
        if (!IsBuilt(module)) module.Build(seed: 7);
        Random random = new(5);
        foreach (Parameter parameter in module.DeclaredParameters)
        {
            bool positive = parameter.Name.EndsWith("running_var", StringComparison.Ordinal);
            double spread = parameter.Shape.Rank > 1 ? 2 / Math.Sqrt(parameter.Shape[^1]) : 1;
            foreach (ref float value in parameter.Values) value = (float)(positive ? 0.5 + random.NextDouble() : ((random.NextDouble() * 2) - 1) * spread);
        }

        return module;
    }

    private static bool IsBuilt(Module module)
    {
        try
        {
            return module.Parameters is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
