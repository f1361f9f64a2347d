namespace Inkling.Nn.Checkpoints;

/// <summary>The parameters of a model as a safetensors file, each under its name, as 32-bit floating point.</summary>
public static class ModelCheckpoint
{
    /// <summary>Writes all parameters.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="parameters">What to write.</param>
    /// <param name="metadata">Free text to keep with them, such as a version.</param>
    /// <exception cref="CheckpointException">The file cannot be written; what was there is unchanged.</exception>
    public static void Save(string path, ParameterSet parameters, IReadOnlyDictionary<string, string>? metadata = null)
    {
        SafetensorsWriter writer = new();
        foreach ((string key, string value) in metadata ?? new Dictionary<string, string>()) writer.Metadata[key] = value;
        foreach (Parameter parameter in parameters) writer.Add(parameter.Name, parameter.Shape.ToArray(), () => parameter.Values);
        writer.Save(path);
    }

    /// <summary>
    /// Reads all parameters. Everything is checked before the first value changes: a file that lacks a parameter, holds one of another
    /// shape or holds values that are not finite changes nothing.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">Receives the values; further tensors in the file are ignored.</param>
    /// <exception cref="CheckpointException">The file is missing, damaged or of another model.</exception>
    public static void Load(string path, ParameterSet parameters)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        float[][] values = new float[parameters.Count][];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = new float[parameters[i].Shape.Length];
            file.ReadSingles(parameters[i].Name, parameters[i].Shape.ToArray(), values[i]);
        }

        for (int i = 0; i < values.Length; i++) values[i].CopyTo(parameters[i].Values);
    }
}
