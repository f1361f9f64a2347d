namespace Inkling.Training.Metrics;

/// <summary>The harmonic mean of precision and recall: <c>2 TP / (2 TP + FP + FN)</c>, 0 … 1 (van Rijsbergen 1979, ch. 7).</summary>
/// <remarks>With <see cref="Averaging"/>, over all classes; classes that neither occur nor are predicted do not count, and what would divide by 0 is 0, as in scikit-learn.</remarks>
public sealed class F1 : Metric
{
    private readonly ConfusionMatrix _matrix = new();
    private readonly Averaging _averaging;
    private readonly int? _class;

    /// <summary>Over all classes.</summary>
    /// <param name="averaging">How classes are brought together. Default: each counts the same.</param>
    public F1(Averaging averaging = Averaging.Macro)
    {
        _averaging = averaging;
        Name = averaging == Averaging.Macro ? "f1" : averaging == Averaging.Micro ? "f1_micro" : "f1_weighted";
    }

    /// <summary>Of one class.</summary>
    /// <param name="class">Its number; 1 for the yes of yes and no.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public F1(int @class)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(@class);
        _class = @class;
        Name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"f1_{@class}");
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override double Value => _class is not { } one ? _matrix.Average(_averaging, _matrix.F1) : _matrix.Total == 0 ? double.NaN : one < _matrix.Classes ? _matrix.F1(one) : 0;

    /// <summary>The figure of each class.</summary>
    public IReadOnlyList<double> PerClass => [.. Enumerable.Range(0, _matrix.Classes).Select(_matrix.F1)];

    /// <inheritdoc/>
    public override void Reset() => _matrix.Reset();

    /// <inheritdoc/>
    public override void Add(in Predictions batch) => _matrix.Add(batch);
}
