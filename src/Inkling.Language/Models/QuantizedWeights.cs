using Inkling.Nn.Checkpoints;
using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// The weights of a model in 8 bits, as <c>weights.safetensors</c> keeps them: each matrix <c>name</c> as I8 [rows, columns] with
/// <c>name.scale</c> as F32 [rows], <c>w ≈ scale · value</c>; each vector as F32.
/// </summary>
public static class QuantizedWeights
{
    private const string Scale = ".scale";

    /// <summary>Quantises and writes all parameters.</summary>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void Save(string path, ParameterSet parameters)
    {
        SafetensorsWriter writer = new();
        writer.Metadata["format"] = "int8 rows, float32 scale for each row";
        foreach (Parameter parameter in parameters)
        {
            int[] shape = parameter.Shape.ToArray();
            if (shape.Length != 2)
            {
                writer.Add(parameter.Name, shape, () => parameter.Values);
                continue;
            }

            QuantizedMatrix matrix = QuantizedMatrix.Quantize(parameter.Values, shape[0], shape[1]);
            writer.Add(parameter.Name, shape, matrix.Values.ToArray());
            writer.Add(parameter.Name + Scale, [shape[0]], matrix.Scales.ToArray());
        }

        writer.Save(path);
    }

    /// <summary>
    /// Reads all parameters back, rounded as they are. Everything is checked before the first value changes.
    /// </summary>
    /// <exception cref="CheckpointException">The file is missing, damaged or of another model.</exception>
    public static void Load(string path, ParameterSet parameters)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        float[][] all = [.. parameters.Select(parameter => Dequantize(file, parameter))];
        for (int i = 0; i < all.Length; i++) all[i].CopyTo(parameters[i].Values);
    }

    /// <summary>Reads one matrix as it is.</summary>
    /// <exception cref="CheckpointException">It is missing, or of another type or shape.</exception>
    internal static QuantizedMatrix ReadMatrix(SafetensorsFile file, string name, int rows, int columns)
    {
        sbyte[] values = new sbyte[checked(rows * columns)];
        file.ReadSBytes(name, [rows, columns], values);
        return new QuantizedMatrix(values, ReadVector(file, name + Scale, rows), rows, columns);
    }

    /// <summary>Reads one vector.</summary>
    /// <exception cref="CheckpointException">It is missing, or of another type or shape.</exception>
    internal static float[] ReadVector(SafetensorsFile file, string name, int length)
    {
        float[] values = new float[length];
        file.ReadSingles(name, [length], values);
        return values;
    }

    private static float[] Dequantize(SafetensorsFile file, Parameter parameter)
    {
        int[] shape = parameter.Shape.ToArray();
        if (shape.Length != 2) return ReadVector(file, parameter.Name, parameter.Shape.Length);
        QuantizedMatrix matrix = ReadMatrix(file, parameter.Name, shape[0], shape[1]);
        float[] values = new float[parameter.Shape.Length];
        for (int row = 0, i = 0; row < shape[0]; row++)
        {
            float scale = matrix.Scales[row];
            for (int end = i + shape[1]; i < end; i++) values[i] = matrix.Values[i] * scale;
        }

        return values;
    }
}
