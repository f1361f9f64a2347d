using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// The artificial neuron with a threshold (McCulloch &amp; Pitts 1943): <c>y = 1 if w·x + b &gt; 0, else 0</c>, and the perceptron rule that learns its weights
/// (Rosenblatt 1958): <c>w ← w + η (t − y) x</c>, <c>b ← b + η (t − y)</c>, for one example after the other.
/// </summary>
/// <remarks>
/// When a line (a hyperplane) divides the examples, the rule makes finitely many mistakes (Novikoff 1962: at most (R/γ)² of them) and stops; otherwise, as with exclusive or,
/// it never does (Minsky &amp; Papert 1969).
/// </remarks>
/// <example><code>
/// float[] inputs = [0, 0,  0, 1,  1, 0,  1, 1];
/// PerceptronFit fit = new Perceptron(2).Fit(inputs, [false, false, false, true]);     // AND: fit.Converged
/// </code></example>
public sealed class Perceptron
{
    private readonly real[] _weights;

    /// <summary>Makes a neuron whose weights and bias are zero.</summary>
    /// <param name="inputs">How many inputs it has, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none.</exception>
    public Perceptron(int inputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        _weights = new real[inputs];
    }

    /// <summary>Makes a neuron with given weights.</summary>
    /// <param name="weights">w, at least one.</param>
    /// <param name="bias">b, minus the threshold.</param>
    /// <exception cref="ArgumentException">There are no weights.</exception>
    public Perceptron(ReadOnlySpan<real> weights, real bias)
    {
        if (weights.IsEmpty) throw new ArgumentException("Perceptron: no weights given.", nameof(weights));
        _weights = weights.ToArray();
        Bias = bias;
    }

    /// <summary>w.</summary>
    public ReadOnlySpan<real> Weights => _weights;

    /// <summary>b.</summary>
    public real Bias { get; private set; }

    /// <summary>The logical or of two inputs, by hand: <c>x₁ + x₂ − ½ &gt; 0</c>.</summary>
    public static Perceptron Or => new([1, 1], (real)(-0.5));

    /// <summary>The logical and of two inputs, by hand: <c>x₁ + x₂ − 1½ &gt; 0</c>.</summary>
    public static Perceptron And => new([1, 1], (real)(-1.5));

    /// <summary>Not the logical and of two inputs, by hand: <c>−x₁ − x₂ + 1½ &gt; 0</c>.</summary>
    public static Perceptron Nand => new([-1, -1], (real)1.5);

    /// <summary>w·x + b.</summary>
    /// <exception cref="ArgumentException">The number of inputs is another.</exception>
    public real Activation(ReadOnlySpan<real> x)
    {
        if (x.Length != _weights.Length) throw new ArgumentException($"Perceptron: {x.Length} inputs given, {_weights.Length} expected.", nameof(x));
        return Reduce.Dot(_weights, x) + Bias;
    }

    /// <summary>Whether it fires.</summary>
    /// <exception cref="ArgumentException">The number of inputs is another.</exception>
    public bool Fires(ReadOnlySpan<real> x) => Activation(x) > 0;

    /// <summary>Learns by the perceptron rule until it makes no mistake in a pass over the examples.</summary>
    /// <param name="examples">The inputs of one example after the other.</param>
    /// <param name="labels">Whether it shall fire, one for each example; at least one.</param>
    /// <param name="mostPasses">After so many passes it gives up. Default: 1,000.</param>
    /// <param name="rate">η, more than 0. Default: 1; from zero weights it only scales them.</param>
    /// <exception cref="ArgumentException">There are no examples, their number is not that of the labels, or an input is not finite.</exception>
    public PerceptronFit Fit(ReadOnlySpan<real> examples, ReadOnlySpan<bool> labels, int mostPasses = 1_000, double rate = 1)
    {
        int width = _weights.Length;
        if (labels.IsEmpty || examples.Length != labels.Length * width) throw new ArgumentException($"Perceptron.Fit: {examples.Length} inputs and {labels.Length} labels given; {width} inputs are needed for each label, and one example at least.", nameof(examples));
        if (!Reduce.AllFinite(examples)) throw new ArgumentException("Perceptron.Fit: an input is NaN or infinite.", nameof(examples));
        if (!(rate > 0)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "Perceptron.Fit: the rate must be more than 0.");
        List<int> mistakes = [];
        for (int pass = 0; pass < mostPasses; pass++)
        {
            mistakes.Add(0);
            for (int i = 0; i < labels.Length; i++)
            {
                ReadOnlySpan<real> x = examples.Slice(i * width, width);
                if (Fires(x) == labels[i]) continue;
                real step = (real)(labels[i] ? rate : -rate);
                Elementwise.AddScaled(x, step, _weights);
                Bias += step;
                mistakes[^1]++;
            }

            if (mistakes[^1] == 0) return new PerceptronFit(true, mistakes);
        }

        return new PerceptronFit(false, mistakes);
    }

    /// <summary>Its inequality: <c>1 x₁ + 1 x₂ − 0.5 &gt; 0</c>.</summary>
    public override string ToString()
    {
        string sum = string.Join(" + ", _weights.Select((w, i) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{w:0.###} x{i + 1}")));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{sum} {(Bias < 0 ? "-" : "+")} {Math.Abs(Bias):0.###} > 0");
    }
}
