using System.Globalization;
using Inkling.Nn.Checkpoints;
using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// The weights of an LSTM language model as the decoder uses them: read from <c>weights.safetensors</c>, in 8 or 32 bits. Immutable.
/// </summary>
/// <remarks>
/// Names and shapes (V tokens, E embedding, H hidden, layer k; gates in the order i, f, g, o):
/// <c>embedding.weight</c> [V, E], <c>lstm.weight_ih_l{k}</c> [4H, E or H], <c>lstm.weight_hh_l{k}</c> [4H, H], <c>lstm.bias_l{k}</c> [4H],
/// <c>projection.weight</c> [E, H], <c>projection.bias</c> [E], <c>output.bias</c> [V]. A matrix in 8 bits has type I8 and beside it
/// <c>NAME.scale</c>, F32 [rows]: <c>W[i, j] = scale[i] · value[i, j]</c>.
/// </remarks>
public sealed class LstmWeights
{
    private LstmWeights(DecoderMatrix embedding, LstmLayerWeights[] layers, DecoderMatrix projection, float[] projectionBias, float[] outputBias)
    {
        Embedding = embedding;
        LayerWeights = layers;
        Projection = projection;
        ProjectionBias = projectionBias;
        OutputBias = outputBias;
    }

    /// <summary>Tokens, V.</summary>
    public int VocabularySize => Embedding.Rows;

    /// <summary>Width of the embedding, E.</summary>
    public int EmbeddingWidth => Embedding.Columns;

    /// <summary>Width of the recurrent layers, H.</summary>
    public int HiddenWidth => Projection.Columns;

    /// <summary>Number of recurrent layers.</summary>
    public int Layers => LayerWeights.Length;

    /// <summary>True when the matrices are kept in 8 bits.</summary>
    public bool IsQuantized => Embedding is DecoderMatrix8;

    /// <summary>Number of weights.</summary>
    public long Parameters
    {
        get
        {
            var sum = (long)VocabularySize * EmbeddingWidth + (long)Projection.Rows * Projection.Columns + ProjectionBias.Length + OutputBias.Length;
            foreach (var layer in LayerWeights)
                sum += (long)layer.Input.Rows * (layer.Input.Columns + layer.Hidden.Columns) + layer.Bias.Length;
            return sum;
        }
    }

    internal DecoderMatrix Embedding { get; }

    internal LstmLayerWeights[] LayerWeights { get; }

    internal DecoderMatrix Projection { get; }

    internal float[] ProjectionBias { get; }

    internal float[] OutputBias { get; }

    /// <summary>Reads weights; every matrix may be in 8 or 32 bits. Sizes follow from the shapes, which must fit each other.</summary>
    /// <param name="path">A safetensors file.</param>
    /// <exception cref="CheckpointException">The file is missing or damaged, a tensor is missing, of a wrong shape, or not finite.</exception>
    public static LstmWeights Load(string path)
    {
        using var file = SafetensorsFile.Open(path);
        var (vocabulary, embedding) = MatrixShape(file, path, "embedding.weight");
        var (gates, hidden) = MatrixShape(file, path, "lstm.weight_hh_l0");
        if (gates != 4 * hidden)
            throw new CheckpointException($"'{path}': lstm.weight_hh_l0 has shape [{gates}, {hidden}], expected [4H, H]. Copy or train the model again.");
        var layers = new List<LstmLayerWeights>();
        for (var k = 0; k == 0 || file.Contains(Name("lstm.weight_hh_l", k)); k++)
        {
            layers.Add(new LstmLayerWeights(
                ReadMatrix(file, Name("lstm.weight_ih_l", k), gates, k == 0 ? embedding : hidden),
                ReadMatrix(file, Name("lstm.weight_hh_l", k), gates, hidden),
                QuantizedWeights.ReadVector(file, Name("lstm.bias_l", k), gates)));
        }
        return new LstmWeights(
            ReadMatrix(file, "embedding.weight", vocabulary, embedding),
            [.. layers],
            ReadMatrix(file, "projection.weight", embedding, hidden),
            QuantizedWeights.ReadVector(file, "projection.bias", embedding),
            QuantizedWeights.ReadVector(file, "output.bias", vocabulary));
    }

    /// <summary>The same weights with every matrix in 8 bits, each row scaled by its largest magnitude.</summary>
    public LstmWeights Quantize() => new(
        Quantize(Embedding), [.. LayerWeights.Select(layer => new LstmLayerWeights(Quantize(layer.Input), Quantize(layer.Hidden), layer.Bias))],
        Quantize(Projection), ProjectionBias, OutputBias);

    /// <summary>The same weights in 32 bits.</summary>
    public LstmWeights Widen() => new(
        Widen(Embedding), [.. LayerWeights.Select(layer => new LstmLayerWeights(Widen(layer.Input), Widen(layer.Hidden), layer.Bias))],
        Widen(Projection), ProjectionBias, OutputBias);

    private static string Name(string stem, int layer) => stem + layer.ToString(CultureInfo.InvariantCulture);

    private static (int Rows, int Columns) MatrixShape(SafetensorsFile file, string path, string name)
    {
        var entry = file[name];
        return entry.Shape.Count == 2
            ? (entry.Shape[0], entry.Shape[1])
            : throw new CheckpointException($"'{path}': {name} has shape {entry.ShapeText}, expected a matrix. Copy or train the model again.");
    }

    private static DecoderMatrix ReadMatrix(SafetensorsFile file, string name, int rows, int columns)
    {
        if (file[name].Type != SafetensorsType.I8)
        {
            var wide = new float[checked(rows * columns)];
            file.ReadSingles(name, [rows, columns], wide);
            return new DecoderMatrix32(wide, rows, columns);
        }
        return new DecoderMatrix8(QuantizedWeights.ReadMatrix(file, name, rows, columns));
    }

    private static DecoderMatrix Quantize(DecoderMatrix matrix) => matrix is DecoderMatrix32 wide
        ? new DecoderMatrix8(QuantizedMatrix.Quantize(wide.Values.Span, wide.Rows, wide.Columns))
        : matrix;

    private static DecoderMatrix Widen(DecoderMatrix matrix)
    {
        if (matrix is DecoderMatrix32)
            return matrix;
        var values = new float[matrix.Rows * matrix.Columns];
        for (var i = 0; i < matrix.Rows; i++)
            matrix.CopyRow(i, values.AsSpan(i * matrix.Columns, matrix.Columns));
        return new DecoderMatrix32(values, matrix.Rows, matrix.Columns);
    }
}

/// <summary>One recurrent layer: input weights [4H, I], recurrent weights [4H, H], bias [4H].</summary>
internal sealed record LstmLayerWeights(DecoderMatrix Input, DecoderMatrix Hidden, float[] Bias);
