using System.Globalization;
using System.Text.Json.Nodes;
using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// A trained encoder of sentences and short texts, an averaging network (<see cref="SentenceModel"/>) with 8-bit words: a microsecond a text, nothing
/// allocated, any number of threads. Kept as a model folder.
/// </summary>
/// <example><code>
/// SentenceEncoder encoder = SentenceEncoder.Load("models/sentence");
/// float[] vector = new float[encoder.Dimensions];
/// encoder.Encode("When do we meet?", vector);
/// </code></example>
public sealed class SentenceEncoder : ITextEncoder
{
    internal const int MostDimensions = 1024;

    private readonly QuantizedMatrix _words;
    private readonly float[] _linear;
    private readonly float[] _bias;
    private readonly float[] _up;
    private readonly float[] _upBias;
    private readonly float[] _down;

    internal SentenceEncoder(SentenceVocabulary vocabulary, QuantizedMatrix words, float[] linear, float[] bias, float[] up, float[] upBias, float[] down)
    {
        Vocabulary = vocabulary;
        (_words, _linear, _bias, _up, _upBias, _down) = (words, linear, bias, up, upBias, down);
        ulong print = WordAverage.Print(_down, WordAverage.Print(_linear, WordAverage.Print(words.Scales)));
        Name = string.Create(CultureInfo.InvariantCulture, $"sentence-{Dimensions}-{print:x16}");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Dimensions => _words.Columns;

    /// <summary>Its words.</summary>
    public SentenceVocabulary Vocabulary { get; }

    /// <summary>Hidden units.</summary>
    internal int Hidden => _upBias.Length;

    internal QuantizedMatrix Words => _words;

    internal IEnumerable<(string Name, int[] Shape, float[] Values)> Projection =>
    [
        ("linear.weight", [Dimensions, Dimensions], _linear),
        ("linear.bias", [Dimensions], _bias),
        ("up.weight", [Hidden, Dimensions], _up),
        ("up.bias", [Hidden], _upBias),
        ("down.weight", [Dimensions, Hidden], _down),
    ];

    /// <summary>Makes an encoder of a trained model: weights of words go into their rows, which become 8 bits.</summary>
    /// <param name="model">The model.</param>
    /// <param name="vocabulary">Its words.</param>
    /// <exception cref="ArgumentException">The two do not fit, or a weight is not finite.</exception>
    public static SentenceEncoder Of(SentenceModel model, SentenceVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (model.Rows != vocabulary.Rows || model.Width > MostDimensions) throw new ArgumentException($"SentenceEncoder: a model of {model.Rows} × {model.Width} for {vocabulary.Rows} rows of at most {MostDimensions}.", nameof(vocabulary));
        float[] rows = model.Words.Weight.Values.ToArray();
        ReadOnlySpan<float> weights = model.Weights.Weight.Values;
        for (int row = 0; row < weights.Length; row++) Elementwise.Scale(rows.AsSpan(row * model.Width, model.Width), row == SentenceVocabulary.Padding ? 0 : weights[row]);
        return new SentenceEncoder(vocabulary, QuantizedMatrix.Quantize(rows, model.Rows, model.Width), model.Linear.Values.ToArray(), model.Bias.Values.ToArray(),
            model.Up.Values.ToArray(), model.UpBias.Values.ToArray(), model.Down.Values.ToArray());
    }

    /// <summary>Reads a model folder.</summary>
    /// <param name="folder">The folder, with <c>config.json</c>, <c>words.txt</c> and <c>weights.safetensors</c>.</param>
    /// <exception cref="InvalidDataException">A file is missing, damaged or does not fit the others; the message names it and the remedy.</exception>
    public static SentenceEncoder Load(string folder) => SentenceEncoderFolder.Load(folder);

    /// <summary>Writes a model folder, file by file to temporary names that are then renamed; the configuration comes last.</summary>
    /// <param name="folder">The folder, made if it is not there.</param>
    /// <param name="training">How the model came about, for people; nothing depends on it.</param>
    /// <exception cref="Nn.Checkpoints.CheckpointException">A file cannot be written.</exception>
    public void Save(string folder, JsonObject? training = null) => SentenceEncoderFolder.Save(this, folder, training);

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> text, Span<float> vector)
    {
        int width = Dimensions;
        WordAverage.Check(nameof(SentenceEncoder), width, vector);
        Span<char> room = stackalloc char[WordReader.LongestWord];
        Span<float> sum = stackalloc float[width];
        Span<float> hidden = stackalloc float[Hidden];
        sum.Clear();
        WordReader words = new(text, room);
        bool any = false;
        while (words.Next(out ReadOnlySpan<char> word))
        {
            any = true;
            int row = Vocabulary.RowOf(word);
            float scale = _words.Scales[row];
            ReadOnlySpan<sbyte> values = _words.Values.Slice(row * width, width);
            for (int i = 0; i < values.Length; i++) sum[i] += scale * values[i];
        }

        vector.Clear();
        if (!any) return;
        WordAverage.Normalize(sum);
        _upBias.CopyTo(hidden);
        Gemv.Multiply(Hidden, width, _up, sum, hidden, accumulate: true);
        Map.Apply<Tanh>(hidden, hidden, Team.Single);
        _bias.CopyTo(vector);
        Elementwise.Add(sum, vector);
        Gemv.Multiply(width, width, _linear, sum, vector, accumulate: true);
        Gemv.Multiply(width, Hidden, _down, hidden, vector, accumulate: true);
        WordAverage.Normalize(vector);
    }

    /// <summary>Writes the vector of a row's word, of length 1.</summary>
    /// <returns>How much the word counts: the length of its weighted vector.</returns>
    internal float Word(int row, Span<float> vector)
    {
        _words.Dequantize(row, vector);
        float weight = MathF.Sqrt(Reduce.SumOfSquares(vector));
        WordAverage.Normalize(vector);
        return weight;
    }

    /// <inheritdoc/>
    public override string ToString() => $"SentenceEncoder({Vocabulary.Words.Count} words, {Dimensions} wide)";
}
