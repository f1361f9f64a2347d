namespace Inkling.Onnx.Evaluation;

/// <summary>The names of one graph while it is planned, and the graphs around it.</summary>
/// <param name="outer">The scope around this one; null for the outermost graph and for functions.</param>
internal sealed class PlanScope(PlanScope? outer)
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<int> _lastUse = [];

    /// <summary>The position of the node that is being planned.</summary>
    public int Node { get; set; } = -1;

    /// <summary>Places so far.</summary>
    public int Count => _lastUse.Count;

    /// <summary>Gives a name a place.</summary>
    /// <exception cref="OnnxException">The graph has the name already.</exception>
    public int Define(string name)
    {
        if (!_places.TryAdd(name, Count))
            throw new OnnxException($"the value '{name}' is made twice");
        // What nobody reads is given up by the node that makes it.
        _lastUse.Add(Node);
        return Count - 1;
    }

    /// <summary>The place of a name in this graph, if it has one.</summary>
    public bool TryFind(string name, out int place) => _places.TryGetValue(name, out place);

    /// <summary>Finds a name here or further out, and notes that it is still needed.</summary>
    /// <exception cref="OnnxException">Nothing before the node makes such a value.</exception>
    public Location Resolve(string name)
    {
        int depth = 0;
        for (PlanScope? scope = this; scope is not null; scope = scope.Outer, depth++)
        {
            if (!scope._places.TryGetValue(name, out int place))
                continue;
            scope._lastUse[place] = scope.Node;
            return new Location(depth, place);
        }

        throw new OnnxException($"the value '{name}' is read before any node makes it");
    }

    /// <summary>The places that nobody reads after a node, by node.</summary>
    /// <param name="kept">Places that must stay.</param>
    public ILookup<int, int> Released(IReadOnlySet<int> kept) =>
        Enumerable.Range(0, Count).Where(place => _lastUse[place] >= 0 && !kept.Contains(place)).ToLookup(place => _lastUse[place]);

    private PlanScope? Outer => outer;
}
