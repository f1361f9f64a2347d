namespace Inkling.Training.Metrics;

/// <summary>A figure that says how good a model is, gathered over the batches of a set. Derive to add one.</summary>
public abstract class Metric
{
    /// <summary>What logs call it, such as <c>accuracy</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether more is better. Default: yes.</summary>
    public virtual bool HigherIsBetter => true;

    /// <summary>The figure over all that was added; NaN where there was too little.</summary>
    public abstract double Value { get; }

    /// <summary>Forgets what was added.</summary>
    public abstract void Reset();

    /// <summary>Adds a batch.</summary>
    /// <exception cref="ArgumentException">The batch is not of the kind that this measures.</exception>
    public abstract void Add(in Predictions batch);

    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name} {Value:0.####}");
}
