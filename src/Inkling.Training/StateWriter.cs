using System.Globalization;
using Inkling.Nn.Checkpoints;

namespace Inkling.Training;

/// <summary>
/// Collects what an exact continuation of a training run needs: named arrays and numbers, written as one safetensors file.
/// Arrays are read when <see cref="Save"/> runs.
/// </summary>
public sealed class StateWriter
{
    private readonly SafetensorsWriter _file = new();

    /// <summary>Keeps an array.</summary>
    /// <param name="name">Its name, unique in the state, as in <c>optimizer.m</c>.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="values">Gives the values when the file is written.</param>
    public void Array(string name, ReadOnlySpan<int> shape, TensorValues values) => _file.Add(name, shape, values);

    /// <summary>Keeps a whole number.</summary>
    public void Number(string name, long value) => _file.Metadata.Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Keeps a number to its last bit.</summary>
    public void Number(string name, double value) => _file.Metadata.Add(name, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Keeps a text.</summary>
    public void Text(string name, string value) => _file.Metadata.Add(name, value);

    /// <summary>Writes everything to a temporary file and renames it.</summary>
    /// <exception cref="CheckpointException">The file cannot be written; what was there is unchanged.</exception>
    public void Save(string path) => _file.Save(path);
}
