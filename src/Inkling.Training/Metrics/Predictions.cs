namespace Inkling.Training.Metrics;

/// <summary>What a model said about a batch, and what is true.</summary>
public readonly ref struct Predictions
{
    /// <summary>What the model returned, row-major: one row for each thing to be said.</summary>
    public ReadOnlySpan<float> Outputs { get; init; }

    /// <summary>Numbers in a row: classes for a classifier, 1 for a single number or the logit of yes.</summary>
    public int Width { get; init; }

    /// <summary>The true class of each row; −1 where a row does not count. Empty where numbers are predicted.</summary>
    public ReadOnlySpan<int> Classes { get; init; }

    /// <summary>The true numbers, laid out as <see cref="Outputs"/>; empty where classes are predicted.</summary>
    public ReadOnlySpan<float> Numbers { get; init; }

    /// <summary>The mean loss of the batch.</summary>
    public double Loss { get; init; }

    /// <summary>Over how many targets that mean was taken.</summary>
    public int Targets { get; init; }

    /// <summary>How many rows there are.</summary>
    public int Rows => Width == 0 ? 0 : Outputs.Length / Width;

    /// <summary>A row of <see cref="Outputs"/>.</summary>
    public ReadOnlySpan<float> Row(int row) => Outputs.Slice(row * Width, Width);

    /// <summary>The class a row speaks for: that of its largest number, the first of equals; of a single number, 1 when it is more than 0 (a probability above one half).</summary>
    public int PredictedClass(int row)
    {
        ReadOnlySpan<float> scores = Row(row);
        if (scores.Length == 1) return scores[0] > 0 ? 1 : 0;
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best]) best = i;
        }

        return best;
    }

    /// <summary>The true class of a row, from <see cref="Classes"/> or, for yes and no, from <see cref="Numbers"/> of 0 and 1; −1 where it does not count.</summary>
    public int TrueClass(int row) => !Classes.IsEmpty ? Classes[row] : Numbers[row] > 0.5f ? 1 : 0;

    internal void CheckClasses(string metric)
    {
        if (Classes.Length != Rows && !(Width == 1 && Numbers.Length == Rows))
            throw new ArgumentException($"{metric}: {Rows} rows of {Width} numbers need one true class each; there are {Classes.Length}.");
        foreach (int truth in Classes)
        {
            if (truth >= Math.Max(2, Width)) throw new ArgumentException($"{metric}: the true class {truth} is none of the {Math.Max(2, Width)} classes (0 to {Math.Max(2, Width) - 1}).");
        }
    }

    internal void CheckNumbers(string metric)
    {
        if (Numbers.Length != Outputs.Length) throw new ArgumentException($"{metric}: {Outputs.Length} numbers were predicted, but {Numbers.Length} are known.");
    }
}
