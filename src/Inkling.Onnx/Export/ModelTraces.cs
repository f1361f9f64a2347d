using Inkling.Recording;

namespace Inkling.Onnx.Export;

/// <summary>
/// The runs of a model with several sizes of its inputs. The first has the smallest of all; two more follow for each named size. What they recorded differs in sizes only, so
/// that one slot number means the same value in each.
/// </summary>
internal sealed class ModelTraces : IDisposable
{
    private const int UsualSize = 4;

    private readonly Dictionary<int, (int Node, int Result)> _producers = [];
    private readonly Dictionary<int, string> _inputSlots = [];

    private ModelTraces(IReadOnlyList<OnnxInput> inputs, string[] symbols, List<Dictionary<string, int>> sizes, OnnxTrace[] runs)
    {
        Inputs = inputs;
        Symbols = [.. symbols.Select(symbol => (symbol, new TracedSize([.. sizes.Select(run => run[symbol])])))];
        Runs = runs;
        Traces = Array.ConvertAll(runs, run => run.Tape.Trace());
        CheckThatRunsAgree(sizes);
        for (int i = 0; i < First.Nodes.Count; i++)
        {
            for (int k = 0; k < First.Nodes[i].OutputCount; k++)
                _producers[First.Nodes[i].FirstOutput + k] = (i, k);
        }

        foreach (OnnxInput input in inputs)
        {
            if (runs[0].NumbersOrNone(input.Name) is { } tensor)
                _inputSlots[tensor.Slot] = input.Name;
        }
    }

    /// <summary>What the model takes.</summary>
    public IReadOnlyList<OnnxInput> Inputs { get; }

    /// <summary>The named sizes and what they were in each run.</summary>
    public IReadOnlyList<(string Name, TracedSize Size)> Symbols { get; }

    public OnnxTrace[] Runs { get; }

    public TapeTrace[] Traces { get; }

    public TapeTrace First => Traces[0];

    /// <summary>Runs the model with all sizes.</summary>
    public static ModelTraces Run(IReadOnlyList<OnnxInput> inputs, Action<OnnxTrace> forward, OnnxExportOptions options)
    {
        string[] symbols = [.. inputs.SelectMany(input => input.Shape).Where(size => size.Size is null).Select(size => size.Name).Distinct(StringComparer.Ordinal)];
        Dictionary<string, int> least = symbols.ToDictionary(symbol => symbol, symbol => options.Sizes.TryGetValue(symbol, out int size) ? size : UsualSize);
        if (least.FirstOrDefault(one => one.Value < 2) is { Key: not null } small)
            throw new ArgumentException($"OnnxExport: the size '{small.Key}' is to be traced with {small.Value}; give at least 2, as 1 would hide what repeats.", nameof(options));
        List<Dictionary<string, int>> sizes = [least];
        foreach (string symbol in symbols)
        {
            foreach (int more in (int[])[1, Math.Max(3, least[symbol] / 2)])
                sizes.Add(new(least) { [symbol] = least[symbol] + more });
        }

        List<OnnxTrace> runs = [];
        try
        {
            foreach (Dictionary<string, int> run in sizes)
                runs.Add(RunOnce(inputs, forward, run));
            return new ModelTraces(inputs, symbols, sizes, [.. runs]);
        }
        catch
        {
            runs.ForEach(run => run.Tape.Dispose());
            throw;
        }
    }

    /// <summary>The operation that made a value, and which of its results it is; null for inputs, parameters, views and constants.</summary>
    public (int Node, int Result)? Producer(int slot) => _producers.TryGetValue(slot, out (int, int) found) ? found : null;

    /// <summary>The input that a slot is; null for other slots.</summary>
    public string? InputOf(int slot) => _inputSlots.GetValueOrDefault(slot);

    /// <summary>The sizes of a value.</summary>
    public TracedSize[] ShapeOf(int slot)
    {
        int[][] shapes = Array.ConvertAll(Traces, trace => trace.Value(slot).Shape.ToArray());
        return [.. Enumerable.Range(0, shapes[0].Length).Select(axis => new TracedSize(Array.ConvertAll(shapes, shape => shape[axis])))];
    }

    /// <summary>A number of elements or an offset of a value in each run.</summary>
    public TracedSize Each(Func<TapeTrace, int> what) => new(Array.ConvertAll(Traces, trace => what(trace)));

    public void Dispose()
    {
        foreach (OnnxTrace run in Runs)
            run.Tape.Dispose();
    }

    private static OnnxTrace RunOnce(IReadOnlyList<OnnxInput> inputs, Action<OnnxTrace> forward, Dictionary<string, int> sizes)
    {
        Tape tape = new(new TapeOptions { Recording = false, Name = "export" });
        try
        {
            tape.Begin();
            OnnxTrace run = new(tape, inputs, size => size.Size ?? sizes[size.Name]);
            forward(run);
            return run.Outputs.Count > 0 ? run
                : throw new ArgumentException("OnnxExport: the function named no output. Call Output(name, tensor) in it.", nameof(forward));
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException && sizes.Count > 0)
        {
            tape.Dispose();
            throw new OnnxException($"The model could not be traced with {Text(sizes)}: {error.Message} Where sizes are the reason, set them with OnnxExportOptions.Sizes, or give numbers in place of names.", error);
        }
    }

    private static string Text(Dictionary<string, int> sizes) => string.Join(", ", sizes.Select(one => $"{one.Key} = {one.Value}"));

    private void CheckThatRunsAgree(List<Dictionary<string, int>> sizes)
    {
        for (int r = 1; r < Traces.Length; r++)
        {
            IReadOnlyList<TracedNode> nodes = Traces[r].Nodes;
            bool agree = nodes.Count == First.Nodes.Count && Runs[r].Outputs.Select(Slots).SequenceEqual(Runs[0].Outputs.Select(Slots));
            for (int i = 0; agree && i < nodes.Count; i++)
            {
                TracedNode one = nodes[i], other = First.Nodes[i];
                agree = one.Operation.GetType() == other.Operation.GetType() && one.FirstOutput == other.FirstOutput && one.Inputs.AsSpan().SequenceEqual(other.Inputs);
            }

            if (!agree)
            {
                throw new OnnxException(
                    $"The model does not do the same with {Text(sizes[r])} as with {Text(sizes[0])}: {nodes.Count} operations, {First.Nodes.Count} before. A loop over a named size cannot be exported; give a number in place of the name.");
            }
        }

        static (string, int) Slots((string Name, Tensor Value) output) => (output.Name, output.Value.Slot);
    }
}
