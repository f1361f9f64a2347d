namespace Inkling.Onnx.Evaluation;

/// <summary>The values of one run of a graph.</summary>
internal sealed class Frame
{
    private readonly Frame? _outer;
    private readonly OnnxValue?[] _values;

    /// <summary>Makes the frame of a run, with the constants in their places.</summary>
    /// <param name="plan">The graph.</param>
    /// <param name="outer">The frame of the graph around it; null for the outermost one and for functions.</param>
    public Frame(GraphPlan plan, Frame? outer)
    {
        _outer = outer;
        _values = new OnnxValue?[plan.Places];
        foreach ((int place, OnnxValue value) in plan.Constants)
            _values[place] = value;
    }

    /// <summary>The value at a location; null when it is left out.</summary>
    public OnnxValue? this[Location location]
    {
        get
        {
            if (location.Depth < 0)
                return null;
            Frame frame = this;
            for (int i = 0; i < location.Depth; i++)
                frame = frame._outer!;
            return frame._values[location.Place];
        }
    }

    /// <summary>Enters a value, or gives it up.</summary>
    public void Set(int place, OnnxValue? value) => _values[place] = value;
}
