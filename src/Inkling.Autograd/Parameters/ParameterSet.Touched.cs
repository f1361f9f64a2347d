namespace Inkling;

public sealed partial class ParameterSet
{
    private readonly List<(int Offset, int Length)> _gradientRuns = [];
    private bool _gradientRunsKnown;
    private Parameter[]? _placed;

    /// <summary>The parts of <see cref="Gradients"/> that can be other than zero: all of it, but of parameters with row-sparse gradients the touched rows only.</summary>
    internal List<(int Offset, int Length)> GradientRuns()
    {
        if (_gradientRunsKnown) return _gradientRuns;
        _gradientRuns.Clear();
        _placed ??= [.. _parameters.OrderBy(p => p.Offset)];
        int from = 0;
        foreach (Parameter parameter in _placed)
        {
            if (parameter.Touched is not { All: false } touched) continue;
            if (parameter.Offset > from) _gradientRuns.Add((from, parameter.Offset - from));
            int width = parameter.RowLength;
            for (int at = 0; touched.TryNext(ref at, out int first, out int count);) _gradientRuns.Add((parameter.Offset + (first * width), count * width));
            from = parameter.Offset + parameter.Shape.Length;
        }

        if (from < Gradients.Length) _gradientRuns.Add((from, Gradients.Length - from));
        _gradientRunsKnown = true;
        return _gradientRuns;
    }

    private void ForgetGradientRuns() => _gradientRunsKnown = false;
}
