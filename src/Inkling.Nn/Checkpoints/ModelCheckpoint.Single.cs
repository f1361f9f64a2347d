namespace Inkling.Nn.Checkpoints;

/// <summary>The parameters of a model as a safetensors file, each under its name, as floating point of 32 or 16 bits.</summary>
public static class ModelCheckpoint
{
    /// <summary>Writes all parameters.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="parameters">What to write.</param>
    /// <param name="metadata">Free text to keep with them, such as a version.</param>
    /// <param name="type"><see cref="SafetensorsType.F32"/>, or rounded <see cref="SafetensorsType.F16"/> or <see cref="SafetensorsType.BF16"/> for files of half the size. Default: F32.</param>
    /// <exception cref="CheckpointException">The file cannot be written, or a value is too large for the type; what was there is unchanged.</exception>
    public static void Save(string path, ParameterSet parameters, IReadOnlyDictionary<string, string>? metadata = null, SafetensorsType type = SafetensorsType.F32)
    {
        SafetensorsWriter writer = new();
        foreach ((string key, string value) in metadata ?? new Dictionary<string, string>()) writer.Metadata[key] = value;
        foreach (Parameter parameter in parameters) writer.Add(parameter.Name, parameter.Shape.ToArray(), () => parameter.Values, type);
        writer.Save(path);
    }

    /// <summary>
    /// Reads all parameters; a state_dict of PyTorch's has the same names and layouts. Where it keeps two biases of an LSTM and the model has one, it gets their sum. Everything is checked before the first value changes: a file that lacks a parameter, holds one of another
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
            Read(file, parameters[i], values[i]);
        }

        for (int i = 0; i < values.Length; i++) values[i].CopyTo(parameters[i].Values);
    }

    /// <summary>PyTorch keeps two biases of a recurrent layer where an LSTM of ours has their sum, <c>bias_l0</c>, unless told otherwise.</summary>
    private static void Read(SafetensorsFile file, Parameter parameter, float[] values)
    {
        int[] shape = parameter.Shape.ToArray();
        int at = parameter.Name.LastIndexOf("bias_l", StringComparison.Ordinal);
        if (at < 0 || file.Contains(parameter.Name) || !file.Contains(Of("ih")) || !file.Contains(Of("hh")))
        {
            file.ReadSingles(parameter.Name, shape, values);
            return;
        }

        float[] recurrent = new float[values.Length];
        file.ReadSingles(Of("ih"), shape, values);
        file.ReadSingles(Of("hh"), shape, recurrent);
        for (int i = 0; i < values.Length; i++) values[i] += recurrent[i];

        string Of(string which) => $"{parameter.Name[..at]}bias_{which}_{parameter.Name[(at + "bias_".Length)..]}";
    }
}
