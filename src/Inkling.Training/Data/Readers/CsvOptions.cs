namespace Inkling.Training.Data;

/// <summary>How a <see cref="CsvDataSet"/> reads a table.</summary>
public sealed record CsvOptions
{
    /// <summary>What stands between fields. Default: a comma.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Whether the first line names the columns; else they are called <c>0</c>, <c>1</c> … Default: yes.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Columns of real numbers, which make the field <c>numbers</c> <c>[n]</c>.</summary>
    public IReadOnlyList<string> Numeric { get; init; } = [];

    /// <summary>Columns of categories, which make the field <c>categories</c> <c>[c]</c> of whole numbers: 0 for the first in alphabetical order of its column.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>The column to be predicted: the field <c>target</c>. Null, the default, for none.</summary>
    public string? Target { get; init; }

    /// <summary>Whether the target is a category, one whole number; else it is a real number <c>[1]</c>. Default: yes.</summary>
    public bool TargetIsCategory { get; init; } = true;

    /// <summary>What stands for a missing number, beside nothing at all, such as <c>?</c>. Default: nothing else.</summary>
    public string? Missing { get; init; }

    /// <summary>What a missing number is read as; null, the default, makes it an error. Missing categories are a category of their own.</summary>
    public float? MissingNumber { get; init; }

    /// <summary>Whether spaces around fields without quotes belong to them not. Default: yes, they are removed.</summary>
    public bool TrimSpaces { get; init; } = true;
}
