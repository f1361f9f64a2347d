using Inkling.Numerics;
using Inkling.Recording;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>
/// What the losses over many classes share: a linear layer with a softmax behind it, some hundred rows at a time. Logits are turned
/// into losses and gradients at once, <c>dX = (p − onehot) W</c>, <c>dW = (p − onehot)ᵀ X</c>, and forgotten.
/// </summary>
/// <remarks>
/// It saves the gradient of the weight for the backward pass, and then that of the bias if there is one. Sizes are called C = classes,
/// D = width of a row, n = rows of a chunk.
/// </remarks>
internal ref struct LinearSoftmax
{
    /// <summary>Most rows of a chunk.</summary>
    public const int MaxRows = 1024;

    // 384 rows of 8,192 logits are 12 MB: small enough for the shared cache, and the longest sums that a matrix product takes at once, so
    // that the gradient of the weight goes through memory as seldom as can be.
    private const int ChunkElements = 3 * 1024 * 1024;

    private readonly int _classes;
    private readonly int _width;
    private readonly Team _team;
    private readonly ReadOnlySpan<real> _bias;
    private readonly Span<real> _packed;
    private readonly Span<real> _packedBack;
    private readonly Span<real> _gradWeight;
    private readonly Span<real> _gradBias;
    private bool _accumulate;

    /// <summary>Packs the weight and takes memory for its gradient.</summary>
    /// <param name="context">The operation's.</param>
    /// <param name="weight">W, <c>[C, D]</c>.</param>
    /// <param name="bias">b, <c>[C]</c>, or empty.</param>
    /// <param name="width">D.</param>
    /// <param name="logits">Room for the logits of a chunk, at least <see cref="LogitsLength"/>.</param>
    /// <param name="extra">Columns behind the C classes, which the caller fills in. The gradient of the bias gets as many useless elements.</param>
    public LinearSoftmax(in OpForward context, ReadOnlySpan<real> weight, ReadOnlySpan<real> bias, int width, Range logits, int extra = 0)
    {
        _classes = weight.Length / width;
        _width = width;
        _team = context.Team;
        _bias = bias;
        Stride = _classes + extra;
        LogitsMemory = logits;
        Capacity = Math.Min(logits.Length / Stride, MaxRows);
        Losses = context.ScratchRange(Capacity);
        _packed = context.Scratch(Gemm.PackedLength(width, _classes));
        Gemm.Pack(true, width, _classes, weight, width, _packed);
        if (!context.Recording) return;

        _packedBack = context.Scratch(Gemm.PackedLength(_classes, width));
        Gemm.Pack(false, _classes, width, weight, width, _packedBack);
        _gradWeight = context.Save(weight.Length);
        if (bias.IsEmpty) return;
        _gradBias = context.Save(Stride);
        _gradBias.Clear();
    }

    /// <summary>Rows of a chunk.</summary>
    public int Capacity { get; }

    /// <summary>The share of each target that is spread over all classes.</summary>
    public real Smoothing { get; init; }

    /// <summary>Elements from one row of logits to the next.</summary>
    public int Stride { get; }

    /// <summary>Where the logits of a chunk stand, and their gradients after them.</summary>
    public Range LogitsMemory { get; }

    /// <summary>Where the losses of a chunk stand.</summary>
    public Range Losses { get; }

    /// <summary>Elements that the logits of a chunk take when there are <paramref name="rows"/> rows in all.</summary>
    public static int LogitsLength(int rows, int columns) => checked(Math.Min(Math.Clamp(ChunkElements / columns, 1, MaxRows), Math.Max(1, rows)) * columns);

    /// <summary>The summed loss of rows <c>[N, D]</c>, chunk by chunk, with the gradients on a tape that records.</summary>
    /// <param name="x">The rows; one at least.</param>
    /// <param name="targets">The class of each.</param>
    /// <param name="scale">Factor on the gradients.</param>
    /// <param name="gradient">Receives the gradient of the rows, <c>[N, D]</c> or more room; empty on a tape that does not record.</param>
    public double Run(ReadOnlySpan<real> x, ReadOnlySpan<int> targets, real scale, Span<real> gradient)
    {
        double sum = 0;
        for (int i = 0; i < targets.Length; i += Capacity)
        {
            int n = Math.Min(Capacity, targets.Length - i);
            ReadOnlySpan<real> rows = x.Slice(i * _width, n * _width);
            Multiply(n, rows);
            CrossEntropyRows body = new() { Count = n, Classes = _classes, Scale = scale, Smoothing = Smoothing, Logits = LogitsMemory, Losses = Losses };
            targets.Slice(i, n).CopyTo(body.Targets);
            _team.For(CrossEntropyRows.Parts(n), ref body);
            sum += SumOfLosses(n);
            if (!gradient.IsEmpty) MultiplyBack(n, rows, gradient.Slice(i * _width, n * _width));
        }

        return sum;
    }

    /// <summary>Logits of <paramref name="n"/> rows, <c>x Wᵀ + b</c>.</summary>
    public readonly void Multiply(int n, ReadOnlySpan<real> x)
    {
        Span<real> logits = LogitsMemory.Span[..(n * Stride)];
        for (int i = 0; i < n && !_bias.IsEmpty; i++) _bias.CopyTo(logits.Slice(i * Stride, _classes));
        Gemm.MultiplyPacked(n, _classes, _width, x, _width, _packed, logits, Stride, !_bias.IsEmpty, _team);
    }

    /// <summary>The losses of <paramref name="n"/> rows, added in order.</summary>
    public readonly double SumOfLosses(int n)
    {
        double sum = 0;
        foreach (real loss in Losses.Span[..n]) sum += loss;
        return sum;
    }

    /// <summary>Takes the gradients of the logits, which stand where the logits stood, back to <paramref name="n"/> rows and adds to those of weight and bias.</summary>
    public void MultiplyBack(int n, ReadOnlySpan<real> x, Span<real> gradient)
    {
        ReadOnlySpan<real> logits = LogitsMemory.Span[..(n * Stride)];
        Gemm.MultiplyPacked(n, _width, _classes, logits, Stride, _packedBack, gradient, _width, false, _team);
        Gemm.Multiply(true, false, _classes, _width, n, logits, Stride, x, _width, _gradWeight, _width, _accumulate, _team);
        _accumulate = true;
        if (!_bias.IsEmpty) Reduce.ColumnSums(logits, n, Stride, _gradBias, _team);
    }
}

/// <summary>Rows of logits turned into losses and gradients, some rows a thread.</summary>
internal struct CrossEntropyRows : IChunkBody
{
    private const int RowsPerPart = 8;

    public int Count, Classes;
    public real Scale, Smoothing;
    public Range Logits, Losses;
    public ChunkIndices Targets;

    public static int Parts(int rows) => (rows + RowsPerPart - 1) / RowsPerPart;

    public static (int Start, int End) Part(int chunk, int rows) => (chunk * RowsPerPart, Math.Min(rows, (chunk + 1) * RowsPerPart));

    public void Run(int chunk)
    {
        (int start, int end) = Part(chunk, Count);
        for (int i = start; i < end; i++)
        {
            Span<real> row = Logits.Span.Slice(i * Classes, Classes);
            Losses.Span[i] = Smoothing == 0 ? RowSoftmax.CrossEntropyInPlace(row, Targets[i], Scale) : Smoothed(row, Targets[i]);
        }
    }

    /// <summary><c>(1 − ε)(−ln p_y) + ε/C Σ_c (−ln p_c) = −ln p_y + ε (x_y − Σ_c x_c / C)</c>.</summary>
    private readonly real Smoothed(Span<real> row, int target)
    {
        real distance = row[target] - (Reduce.Sum(row) / Classes), spread = Smoothing * Scale / Classes;
        real loss = RowSoftmax.CrossEntropyInPlace(row, target, Scale);
        row[target] += Smoothing * Scale;
        foreach (ref real element in row) element -= spread;
        return loss + (Smoothing * distance);
    }
}

/// <summary>An integer for each row of a chunk, by value: bodies that run on several threads cannot hold spans.</summary>
[System.Runtime.CompilerServices.InlineArray(LinearSoftmax.MaxRows)]
internal struct ChunkIndices
{
    private int _first;
}

/// <summary>Rows of a matrix picked by number.</summary>
internal static class PickedRows
{
    /// <summary><c>to[i] = from[rows[i]]</c>.</summary>
    public static void Gather(ReadOnlySpan<real> from, ReadOnlySpan<int> rows, int width, Span<real> to)
    {
        for (int i = 0; i < rows.Length; i++) from.Slice(rows[i] * width, width).CopyTo(to.Slice(i * width, width));
    }

    /// <summary><c>to[rows[i]] = from[i]</c>.</summary>
    public static void Scatter(ReadOnlySpan<real> from, ReadOnlySpan<int> rows, int width, Span<real> to)
    {
        for (int i = 0; i < rows.Length; i++) from.Slice(i * width, width).CopyTo(to.Slice(rows[i] * width, width));
    }

    /// <summary><c>to[rows[i]] += scale · from[i]</c>.</summary>
    public static void ScatterAdd(ReadOnlySpan<real> from, ReadOnlySpan<int> rows, int width, real scale, Span<real> to)
    {
        for (int i = 0; i < rows.Length; i++) Elementwise.AddScaled(from.Slice(i * width, width), scale, to.Slice(rows[i] * width, width));
    }
}
