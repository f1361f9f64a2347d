using Inkling.Language;

namespace Inkling.Playground;

/// <summary>
/// Everything that decides what the page of letters shows: the text, the network that learns it, and the unit that is looked at. It is the page's address, see
/// <see cref="LettersAddress"/>; the same setup and text give the same run, bit for bit.
/// </summary>
public sealed record LettersSetup
{
    /// <summary>The most units of a layer.</summary>
    public const int MostUnits = 128;

    /// <summary>The longest text of one's own that stands in the address, and the longest text to read that does.</summary>
    public const int LongestInAddress = 500;

    /// <summary>The longest text that is read and coloured, in characters.</summary>
    public const int LongestReading = 600;

    /// <summary>The name of a model that is opened instead of learning a text; empty, the default, for none.</summary>
    public string Model { get; init; } = "";

    /// <summary>The text, a name of <see cref="LettersTexts"/>, or <c>own</c>. Default: <c>story</c>.</summary>
    public string Text { get; init; } = LettersTexts.Story;

    /// <summary>The text of one's own; see <see cref="LettersRun.LongestText"/>. Default: none.</summary>
    public string Own { get; init; } = "";

    /// <summary>The kind of cell. Default: LSTM.</summary>
    public RecurrentCellKind Cell { get; init; }

    /// <summary>Units of a layer, 4 to <see cref="MostUnits"/>. Default: 64.</summary>
    public int Units { get; init; } = 64;

    /// <summary>Layers, 1 or 2. Default: 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>The learning rate of Adam, 0.00001 to 1. Default: 0.01.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>How many characters back gradients reach, 4 to 128. Default: 32.</summary>
    public int SequenceLength { get; init; } = 32;

    /// <summary>Decides first weights and samples, 0 to 999,999,999. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The text that is read and coloured; empty, the default, for the beginning of the one that is learnt.</summary>
    public string Reading { get; init; } = "";

    /// <summary>The layer that is looked at, from 1; beyond the last one, the last. Default: 1.</summary>
    public int Layer { get; init; } = 1;

    /// <summary>The unit that is looked at, from 1; beyond the last one, the last. Default: 1.</summary>
    public int Unit { get; init; } = 1;

    /// <summary>How daring samples are, 0 to 2: 0 always writes the likeliest. Default: 0.8.</summary>
    public double Temperature { get; init; } = 0.8;

    /// <summary>Whether another setup makes another network or another text of this one.</summary>
    internal bool NeedsNewRun(LettersSetup after) =>
        (Model, Text, Own, Cell, Units, Layers, SequenceLength, Seed) != (after.Model, after.Text, after.Own, after.Cell, after.Units, after.Layers, after.SequenceLength, after.Seed);
}
