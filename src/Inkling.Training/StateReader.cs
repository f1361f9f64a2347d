using System.Globalization;
using Inkling.Nn.Checkpoints;

namespace Inkling.Training;

/// <summary>Reads back what a <see cref="StateWriter"/> wrote. Everything missing or of another size is one <see cref="CheckpointException"/>.</summary>
public sealed class StateReader : IDisposable
{
    private readonly string path;
    private readonly SafetensorsFile file;

    /// <summary>Opens a state.</summary>
    /// <exception cref="CheckpointException">The file is missing or damaged.</exception>
    public StateReader(string path)
    {
        this.path = path;
        file = SafetensorsFile.Open(path);
    }

    /// <summary>Whether an array of this name was kept.</summary>
    public bool Has(string name) => file.Contains(name);

    /// <summary>Reads an array into place.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">The shape it must have.</param>
    /// <param name="into">Receives the values.</param>
    public void Array(string name, ReadOnlySpan<int> shape, Span<float> into) => file.ReadSingles(name, shape, into);

    /// <summary>Reads a whole number.</summary>
    public long Integer(string name) => long.TryParse(Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out long value)
        ? value
        : throw Broken(name);

    /// <summary>Reads a whole number that older states may lack.</summary>
    public long Integer(string name, long otherwise) => file.Metadata.ContainsKey(name) ? Integer(name) : otherwise;

    /// <summary>Reads a number.</summary>
    public double Number(string name) => double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        ? value
        : throw Broken(name);

    /// <summary>Reads a text.</summary>
    public string Text(string name) => file.Metadata.TryGetValue(name, out string? value)
        ? value
        : throw new CheckpointException($"'{path}' lacks '{name}': it is of another version or not a training state. Start without --resume.");

    /// <summary>Reads a text that older states may lack.</summary>
    public string Text(string name, string otherwise) => file.Metadata.TryGetValue(name, out string? value) ? value : otherwise;

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private CheckpointException Broken(string name) => new($"'{path}' is damaged: '{name}' is not a number. Start without --resume.");
}
