using System.Globalization;
using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// Smooth inverse frequency (Arora, Liang, Ma 2017): <c>v = Σ a / (a + p(w)) · v_w / n</c>, then <c>v − u uᵀ v</c> with u the first principal component of
/// such vectors of many texts, which says nothing of any of them; brought to length 1.
/// </summary>
/// <example><code>
/// SifEncoder encoder = SifEncoder.Fit(vectors, texts);
/// float[] vector = new float[encoder.Dimensions];
/// encoder.Encode("Shall we meet on Friday?", vector);
/// </code></example>
public sealed class SifEncoder : ITextEncoder
{
    private readonly WordVectors _vectors;
    private readonly float[] _weights;
    private readonly float[] _component;

    private SifEncoder(WordVectors vectors, float[] weights, float[] component)
    {
        (_vectors, _weights, _component) = (vectors, weights, component);
        ulong print = WordAverage.Print(component, WordAverage.Print(weights.AsSpan(0, int.Min(weights.Length, 4096)), WordAverage.Print(vectors)));
        Name = string.Create(CultureInfo.InvariantCulture, $"sif-{vectors.Width}-{print:x16}");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Dimensions => _vectors.Width;

    /// <summary>The component that is taken out, of length 1, <c>[E]</c>; zeros where no text had a known word.</summary>
    public ReadOnlySpan<float> Component => _component;

    /// <summary>Takes the common component from texts of the kind that will be encoded.</summary>
    /// <param name="vectors">The vectors, of words in lower case.</param>
    /// <param name="texts">The texts; no more than <see cref="SifOptions.Texts"/> are read.</param>
    /// <param name="options">How words are weighed; null for the usual way.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the counts do not fit the words.</exception>
    public static SifEncoder Fit(WordVectors vectors, IEnumerable<string> texts, SifOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(texts);
        options ??= new SifOptions();
        options.Check(vectors);
        float[] weights = Weights(vectors.Words.Count, options), vector = new float[vectors.Width];
        List<double> rows = [];
        foreach (string text in texts.Take(options.Texts))
        {
            if (WordAverage.Sum(vectors, weights, text, vector) == 0) continue;
            foreach (float value in vector) rows.Add(value);
        }

        return new SifEncoder(vectors, weights, [.. PrincipalComponents.Direction([.. rows], vectors.Width, besides: []).Select(value => (float)value)]);
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> text, Span<float> vector)
    {
        WordAverage.Check(nameof(SifEncoder), Dimensions, vector);
        if (WordAverage.Sum(_vectors, _weights, text, vector) == 0) return;
        Elementwise.AddScaled(_component, -Reduce.Dot(_component, vector), vector);
        WordAverage.Normalize(vector);
    }

    /// <summary>The weight of the word in a row.</summary>
    internal float WeightOf(int row) => _weights[row];

    /// <inheritdoc/>
    public override string ToString() => $"SifEncoder({_vectors})";

    private static float[] Weights(int words, SifOptions options)
    {
        float[] weights = new float[words];
        double all = options.Counts?.Sum(count => (double)count) ?? 0, zipf = Math.Log((words + 2.7) / 2.7);
        for (int row = 0; row < words; row++)
        {
            double probability = options.Counts is { } counts ? counts[row] / all : 1 / ((row + 3.7) * zipf);
            weights[row] = (float)(options.Smoothing / (options.Smoothing + probability));
        }

        return weights;
    }
}
