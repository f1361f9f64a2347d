namespace Inkling.Onnx.Evaluation;

/// <summary>The constants of a node by name, ready for use: numbers, texts, tensors, graphs and lists of the first three.</summary>
internal sealed class NodeAttributes
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    /// <summary>Enters one: a <see cref="float"/>, <see cref="long"/>, <see cref="string"/>, an array of these, a value or a graph.</summary>
    public void Add(string name, object value) => _values[name] = value;

    /// <summary>Whether there is one of this name.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Whether any graph is among them.</summary>
    public IEnumerable<GraphPlan> Graphs => _values.Values.OfType<GraphPlan>();

    /// <summary>A whole number.</summary>
    public long Int(string name, long otherwise) => Find<long>(name, out long value) ? value : otherwise;

    /// <summary>A whole number that must be given.</summary>
    public long Int(string name) => Find<long>(name, out long value) ? value : throw Missing(name);

    /// <summary>A truth value: a whole number that is not 0.</summary>
    public bool Flag(string name, bool otherwise = false) => Int(name, otherwise ? 1 : 0) != 0;

    /// <summary>A floating-point number.</summary>
    public float Float(string name, float otherwise) => Find<float>(name, out float value) ? value : otherwise;

    /// <summary>Text.</summary>
    public string Text(string name, string otherwise) => Find<string>(name, out string? value) ? value! : otherwise;

    /// <summary>A list of whole numbers; null when not given.</summary>
    public long[]? Ints(string name) => List<long>(name);

    /// <summary>A list of floating-point numbers; null when not given.</summary>
    public float[]? Floats(string name) => List<float>(name);

    /// <summary>A list of texts; null when not given.</summary>
    public string[]? Texts(string name) => List<string>(name);

    /// <summary>A tensor; null when not given.</summary>
    public OnnxValue? Tensor(string name) => Find(name, out OnnxValue? value) ? value : null;

    /// <summary>A graph that must be given.</summary>
    public GraphPlan Graph(string name) => Find(name, out GraphPlan? value) ? value! : throw Missing(name);

    // A list of no elements does not say in a file of what kind it is.
    private T[]? List<T>(string name) =>
        _values.GetValueOrDefault(name) is Array { Length: 0 } ? [] : Find(name, out T[]? value) ? value : null;

    private bool Find<T>(string name, out T? value)
    {
        value = default;
        if (!_values.TryGetValue(name, out object? found))
            return false;
        if (found is not T fitting)
            throw new OnnxException($"attribute '{name}' is {Kind(found.GetType())} where {Kind(typeof(T))} is wanted");
        value = fitting;
        return true;
    }

    private static OnnxException Missing(string name) => new($"attribute '{name}' is missing");

    private static string Kind(Type type) => type switch
    {
        _ when type == typeof(long) => "a whole number",
        _ when type == typeof(float) => "a floating-point number",
        _ when type == typeof(string) => "text",
        _ when type == typeof(long[]) => "a list of whole numbers",
        _ when type == typeof(float[]) => "a list of floating-point numbers",
        _ when type == typeof(string[]) => "a list of texts",
        _ when type == typeof(GraphPlan) => "a graph",
        _ => "a tensor",
    };
}
