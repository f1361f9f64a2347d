using Inkling.Numerics;
using Inkling.Recording;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>
/// A linear layer and the softmax cross-entropy after it as one operation: hidden <c>[N, D]</c> (or <c>[T, B, D]</c>), weight
/// <c>[V, D]</c>, optional bias <c>[V]</c>, one target a row → the mean loss in nats.
/// </summary>
/// <remarks>
/// The logits <c>[N, V]</c> would be the largest array of a language model, so they exist only for a few hundred rows at a time: each
/// chunk is turned into its gradient at once, <c>dX = (p − onehot) W</c>, <c>dW = (p − onehot)ᵀ X</c>, and forgotten.
/// </remarks>
/// <param name="targets">The class of each row, 0 … V − 1.</param>
/// <param name="ignoreIndex">The target of rows that do not count; they cost nothing.</param>
public readonly struct LinearCrossEntropy(Indices targets, int ignoreIndex) : IOp
{
    // 256 rows of 8,192 logits are 8 MB: large enough for the matrix products, small enough for the shared cache.
    private const int ChunkElements = 2 * 1024 * 1024;
    private const int MaxChunkRows = 1024;

    /// <inheritdoc/>
    public static string Name => nameof(LinearCrossEntropy);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape hidden = inputs[0], weight = inputs[1];
        if (weight.Rank != 2 || hidden.Rank == 0 || hidden[^1] != weight[1]) Errors.Shape(Name, $"the input {hidden} does not fit the weight {weight}; its last axis must be the weight's second.");
        if (inputs.Count > 2 && inputs[2] != [weight[0]]) Errors.Shape(Name, $"the bias is {inputs[2]}; it must be [{weight[0]}].");
        if (hidden.Length / Math.Max(1, hidden[^1]) != targets.Length) Errors.Shape(Name, $"the input {hidden} needs one target a row; there are {targets.Length}.");
        TargetRange.Check(Name, targets, weight[0], ignoreIndex);
        outputs[0] = [];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        int classes = context.InputShape(1)[0], width = context.InputShape(1)[1];
        ReadOnlySpan<int> rows = targets.Values;
        int counted = rows.Length - rows.Count(ignoreIndex);
        if (counted == 0)
        {
            context.Output()[0] = 0;
            for (int i = 0; i < context.InputCount && context.Recording; i++) context.Save(context.Input(i).Length).Clear();
            return;
        }

        int capacity = Math.Min(Math.Clamp(ChunkElements / classes, 1, MaxChunkRows), counted);
        Buffers buffers = new(context, capacity, (real)1 / counted);
        Span<int> chunk = stackalloc int[MaxChunkRows];
        double sum = 0;
        for (int i = 0; i < rows.Length;)
        {
            int n = 0;
            for (; i < rows.Length && n < capacity; i++)
            {
                if (rows[i] != ignoreIndex) chunk[n++] = i;
            }

            if (n > 0) sum += buffers.Process(context, chunk[..n], rows);
        }

        context.Output()[0] = (real)(sum / counted);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        real scale = context.OutputGradient()[0];
        for (int i = 0; i < context.InputCount; i++) context.AddToGradient(i, context.Saved(i), scale);
    }

    /// <summary>What the chunks share: the packed weight, the gradients that grow, and room for one chunk.</summary>
    private readonly ref struct Buffers
    {
        private readonly int _classes;
        private readonly int _width;
        private readonly real _scale;
        private readonly Span<real> _gradHidden;
        private readonly Span<real> _gradWeight;
        private readonly Span<real> _gradBias;
        private readonly Span<real> _packed;
        private readonly Span<real> _packedBack;
        private readonly Span<real> _gathered;
        private readonly Span<real> _gatheredGrad;
        private readonly Range _logits;
        private readonly Range _losses;

        public Buffers(in OpForward context, int capacity, real scale)
        {
            _classes = context.InputShape(1)[0];
            _width = context.InputShape(1)[1];
            _scale = scale;
            ReadOnlySpan<real> weight = context.Input(1);
            _packed = context.Scratch(Gemm.PackedLength(_width, _classes));
            Gemm.Pack(true, _width, _classes, weight, _width, _packed);
            _gathered = context.Scratch(capacity * _width);
            _logits = context.ScratchRange(capacity * _classes);
            _losses = context.ScratchRange(capacity);
            if (!context.Recording) return;

            _packedBack = context.Scratch(Gemm.PackedLength(_classes, _width));
            Gemm.Pack(false, _classes, _width, weight, _width, _packedBack);
            _gatheredGrad = context.Scratch(capacity * _width);
            _gradHidden = context.Save(context.Input(0).Length);
            _gradWeight = context.Save(weight.Length);
            _gradHidden.Clear();
            _gradWeight.Clear();
            if (context.InputCount <= 2) return;
            _gradBias = context.Save(_classes);
            _gradBias.Clear();
        }

        /// <summary>The summed loss of some rows; their gradients are added up on the way.</summary>
        public double Process(in OpForward context, ReadOnlySpan<int> chunk, ReadOnlySpan<int> targets)
        {
            int n = chunk.Length;
            bool contiguous = chunk[^1] - chunk[0] == n - 1;
            ReadOnlySpan<real> hidden = contiguous ? context.Input(0).Slice(chunk[0] * _width, n * _width) : Gather(context.Input(0), chunk);
            Span<real> logits = _logits.Span[..(n * _classes)];
            bool hasBias = context.InputCount > 2;
            if (hasBias) Elementwise.SetRows(logits, n, _classes, context.Input(2));
            Gemm.MultiplyPacked(n, _classes, _width, hidden, _width, _packed, logits, _classes, hasBias, context.Team);

            double sum = Softmax(context.Team, chunk, targets);
            if (!context.Recording) return sum;

            Span<real> grad = contiguous ? _gradHidden.Slice(chunk[0] * _width, n * _width) : _gatheredGrad[..(n * _width)];
            Gemm.MultiplyPacked(n, _width, _classes, logits, _classes, _packedBack, grad, _width, false, context.Team);
            if (!contiguous) Scatter(grad, chunk);
            Gemm.Multiply(true, false, _classes, _width, n, logits, _classes, hidden, _width, _gradWeight, _width, true, context.Team);
            if (hasBias) Reduce.ColumnSums(logits, n, _classes, _gradBias, context.Team);
            return sum;
        }

        private double Softmax(Team team, ReadOnlySpan<int> chunk, ReadOnlySpan<int> targets)
        {
            const int RowsPerPart = 8;
            CrossEntropyRows body = new() { Count = chunk.Length, Classes = _classes, Part = RowsPerPart, Scale = _scale, Logits = _logits, Losses = _losses };
            for (int i = 0; i < chunk.Length; i++) body.Targets[i] = targets[chunk[i]];
            team.For((chunk.Length + RowsPerPart - 1) / RowsPerPart, ref body);
            double sum = 0;
            foreach (real loss in _losses.Span[..chunk.Length]) sum += loss;
            return sum;
        }

        private Span<real> Gather(ReadOnlySpan<real> hidden, ReadOnlySpan<int> chunk)
        {
            for (int i = 0; i < chunk.Length; i++) hidden.Slice(chunk[i] * _width, _width).CopyTo(_gathered.Slice(i * _width, _width));
            return _gathered[..(chunk.Length * _width)];
        }

        private void Scatter(ReadOnlySpan<real> grad, ReadOnlySpan<int> chunk)
        {
            for (int i = 0; i < chunk.Length; i++) grad.Slice(i * _width, _width).CopyTo(_gradHidden.Slice(chunk[i] * _width, _width));
        }
    }

    /// <summary>Rows of logits turned into losses and gradients, some rows a thread.</summary>
    private struct CrossEntropyRows : IChunkBody
    {
        public int Count, Classes, Part;
        public real Scale;
        public Range Logits, Losses;
        public RowTargets Targets;

        public void Run(int chunk)
        {
            int end = Math.Min(Count, (chunk + 1) * Part);
            for (int i = chunk * Part; i < end; i++) Losses.Span[i] = RowSoftmax.CrossEntropyInPlace(Logits.Span.Slice(i * Classes, Classes), Targets[i], Scale);
        }
    }

    [System.Runtime.CompilerServices.InlineArray(MaxChunkRows)]
    private struct RowTargets
    {
        private int _first;
    }
}
