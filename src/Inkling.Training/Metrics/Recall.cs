namespace Inkling.Training.Metrics;

/// <summary>Of what is of a class, the share that was taken for it: <c>TP / (TP + FN)</c>, 0 … 1.</summary>
/// <remarks>With <see cref="Averaging"/>, over all classes; classes that neither occur nor are predicted do not count, and what would divide by 0 is 0, as in scikit-learn.</remarks>
public sealed class Recall : Metric
{
    private readonly ConfusionMatrix _matrix = new();
    private readonly Averaging _averaging;
    private readonly int? _class;

    /// <summary>Over all classes.</summary>
    /// <param name="averaging">How classes are brought together. Default: each counts the same.</param>
    public Recall(Averaging averaging = Averaging.Macro)
    {
        _averaging = averaging;
        Name = averaging == Averaging.Macro ? "recall" : averaging == Averaging.Micro ? "recall_micro" : "recall_weighted";
    }

    /// <summary>Of one class.</summary>
    /// <param name="class">Its number; 1 for the yes of yes and no.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public Recall(int @class)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(@class);
        _class = @class;
        Name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"recall_{@class}");
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override double Value => _class is not { } one ? _matrix.Average(_averaging, _matrix.Recall) : _matrix.Total == 0 ? double.NaN : one < _matrix.Classes ? _matrix.Recall(one) : 0;

    /// <summary>The figure of each class.</summary>
    public IReadOnlyList<double> PerClass => [.. Enumerable.Range(0, _matrix.Classes).Select(_matrix.Recall)];

    /// <inheritdoc/>
    public override void Reset() => _matrix.Reset();

    /// <inheritdoc/>
    public override void Add(in Predictions batch) => _matrix.Add(batch);
}
