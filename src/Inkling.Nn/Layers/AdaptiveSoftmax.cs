using System.Globalization;
using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// The output layer of a model over many classes, most of them rare (Grave et al. 2017, <em>Efficient softmax approximation for GPUs</em>):
/// features <c>[…, D]</c> → a distribution over V classes, at a fraction of the cost of a full softmax in training.
/// </summary>
/// <remarks>
/// Parameters, named as in PyTorch's <c>AdaptiveLogSoftmaxWithLoss</c>: <c>head.weight</c> <c>[c₀ + K, D]</c>; for each cluster k, <c>tail.k.1.weight</c>
/// <c>[n_k, d_k]</c>, and <c>tail.k.0.weight</c> <c>[d_k, D]</c> where d_k is less than D; and biases <c>head.bias</c>, <c>tail.k.1.bias</c>. All are uniform in
/// <c>±1/√fan-in</c> at first. The order of the classes is not among them: keep it with the model (<see cref="ClassOrder.Classes"/>).
/// </remarks>
public sealed class AdaptiveSoftmax : Module
{
    private readonly Parameter[] _operands;  // all but the first, in the order of the operation

    /// <summary>Declares the layer.</summary>
    /// <param name="clusters">How the classes are divided.</param>
    public AdaptiveSoftmax(AdaptiveClusters clusters)
    {
        Clusters = clusters;
        List<Parameter> operands = [];
        AddLinear(operands, "head", clusters.HeadSize, clusters.Width, clusters.HasBias);
        for (int k = 0; k < clusters.Count; k++)
        {
            string name = "tail." + k.ToString(CultureInfo.InvariantCulture);
            int narrow = clusters.WidthOf(k);
            if (narrow < clusters.Width) AddLinear(operands, name + ".0", narrow, clusters.Width, bias: false);
            AddLinear(operands, name + ".1", clusters.SizeOf(k), narrow, clusters.HasBias);
        }

        _operands = [.. operands];
    }

    /// <summary>Declares the layer with the cutoffs that cost least for these counts (<see cref="AdaptiveCutoffs"/>).</summary>
    /// <param name="width">Width D of the features, at least 1.</param>
    /// <param name="counts">How often each class occurs in the training data, 0 or more, in the order of the class numbers.</param>
    /// <param name="divisor">Factor by which the features of each cluster are narrower than of the one before. Default: 1, all as wide.</param>
    /// <param name="bias">Whether there are biases. Default: true.</param>
    /// <exception cref="ArgumentException">A count is negative, or there are none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The width or the divisor is less than 1.</exception>
    public AdaptiveSoftmax(int width, ReadOnlySpan<long> counts, double divisor = 1, bool bias = true)
        : this(new AdaptiveClusters(ClassOrder.ByCount(counts), width, AdaptiveCutoffs.Choose(counts, width, divisor), divisor, bias))
    {
    }

    /// <summary>How the classes are divided.</summary>
    public AdaptiveClusters Clusters { get; }

    /// <summary>The mean loss in nats of predicting the targets.</summary>
    /// <param name="hidden">Features, <c>[…, D]</c>.</param>
    /// <param name="targets">The class of each row, 0 … V − 1.</param>
    /// <param name="ignoreIndex">The target of rows that do not count.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is no class.</exception>
    public Tensor Loss(Tensor hidden, Indices targets, int ignoreIndex = -1)
        => Record(new AdaptiveCrossEntropy(targets, Clusters, ignoreIndex), hidden);

    /// <summary>Log-probabilities of all classes, <c>[…, D] → […, V]</c>, in the order of the class numbers: as dear as a full softmax.</summary>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public Tensor LogProbabilities(Tensor hidden) => Record(new AdaptiveLogProbabilities(Clusters), hidden);

    /// <summary>The likeliest class of each row.</summary>
    /// <param name="hidden">Features, <c>[…, D]</c>.</param>
    /// <param name="classes">Receives one class for each row.</param>
    /// <exception cref="ArgumentException">There is not room for one class a row.</exception>
    public void Predict(Tensor hidden, Span<int> classes)
    {
        int rows = hidden.Length / Clusters.Width, count = Clusters.Order.Count;
        if (classes.Length != rows) throw new ArgumentException($"AdaptiveSoftmax.Predict: room for {classes.Length} classes given for {rows} rows of {hidden.Shape}.", nameof(classes));
        ReadOnlySpan<real> values = LogProbabilities(hidden).Values;
        for (int i = 0; i < rows; i++) classes[i] = Reduce.ArgMax(values.Slice(i * count, count));
    }

    /// <inheritdoc/>
    public override string ToString() => $"AdaptiveSoftmax({Clusters.Width} → {Clusters.ShortlistSize}{string.Concat(Enumerable.Range(0, Clusters.Count).Select(k => $" + {Clusters.SizeOf(k)}"))})";

    private void AddLinear(List<Parameter> operands, string name, int outputs, int inputs, bool bias)
    {
        operands.Add(AddParameter(name + ".weight", [outputs, inputs], Initializer.FanIn()));
        if (bias) operands.Add(AddParameter(name + ".bias", [outputs], Initializer.Uniform((real)(1 / Math.Sqrt(inputs))), decays: false));
    }

    private Tensor Record<TOp>(TOp op, Tensor hidden)
        where TOp : struct, Recording.IOp
    {
        Operands operands = default;
        Span<Tensor> all = operands;
        all[0] = hidden;
        for (int i = 0; i < _operands.Length; i++) all[i + 1] = hidden.Tape.Parameter(_operands[i]);
        return Tape.Record(op, all[..(_operands.Length + 1)]);
    }

    [System.Runtime.CompilerServices.InlineArray(AdaptiveOperands.Most)]
    private struct Operands
    {
        private Tensor _first;
    }
}
