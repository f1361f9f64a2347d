using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Batch normalisation, <c>y = (x − μ) / √(σ² + ε) · g + b</c> with mean and variance of each channel over the batch: <c>[N, C, …]</c>, gain <c>[C]</c>, bias <c>[C]</c>, running mean and
/// variance <c>[C]</c> → <c>[N, C, …]</c> (Ioffe &amp; Szegedy 2015, Alg. 1). The running statistics move towards those of the batch when the optimizer has done its step, or at the
/// next <see cref="Tape.Begin"/>; on a tape that does not record they take the batch's place (Alg. 2).
/// </summary>
/// <param name="mean">The running mean.</param>
/// <param name="variance">The running variance, to which the batch's goes as <c>n / (n − 1) σ²</c>.</param>
/// <param name="momentum">The share of the batch in a move, 0 … 1.</param>
/// <param name="epsilon">ε, added to the variance.</param>
/// <param name="frozen">Whether the running statistics are used and kept on a recording tape too, as in fine-tuning.</param>
public readonly struct NormalizeBatch(Parameter mean, Parameter variance, real momentum, real epsilon, bool frozen) : IOp
{
    // Runs shorter than this are not worth a call each; channels are brought side by side first.
    private const int ShortRun = 16;

    /// <inheritdoc/>
    public static string Name => "BatchNorm";

    internal real Epsilon => epsilon;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[0];
        if (x.Rank < 2) Errors.Shape(Name, $"{x} has no channels; it must be [N, C, …].");
        for (int i = 1; i < inputs.Count; i++)
        {
            if (inputs[i].Rank != 1 || inputs[i][0] != x[1]) Errors.Shape(Name, $"the input {x} has {x[1]} channels, operand {i} is {inputs[i]}; it must be [{x[1]}].");
        }

        outputs[0] = x;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        Layout layout = new(context.InputShape(0));
        ReadOnlySpan<real> x = layout.Turned ? layout.Turn(context.Input(0), context.Scratch(context.Input(0).Length), context.Team) : context.Input(0);
        Span<real> means = context.Save(layout.Channels), inverses = context.Save(layout.Channels);
        if (context.Recording && !frozen)
        {
            Span<real> batch = context.Scratch(layout.Channels);
            BatchNormKernel.Statistics(layout.Images, layout.Channels, layout.Length, x, means, batch, context.Team);
            Inverses(batch, inverses);
            real count = (real)layout.Images * layout.Length;
            mean.Set.Defer(mean, means, momentum, 1);
            mean.Set.Defer(variance, batch, momentum, count / Math.Max(1, count - 1));
        }
        else
        {
            context.Input(3).CopyTo(means);
            Inverses(context.Input(4), inverses);
        }

        Span<real> y = context.Output(), result = layout.Turned ? context.Scratch(y.Length) : y;
        BatchNormKernel.Forward(layout.Images, layout.Channels, layout.Length, x, means, inverses, context.Input(1), context.Input(2), result, context.Team);
        if (layout.Turned) layout.TurnBack(result, y, context.Team);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        Layout layout = new(context.InputShape(0));
        ReadOnlySpan<real> x = context.Input(0), gy = context.OutputGradient();
        bool accumulate = false;
        Span<real> gx = context.NeedsGradient(0) ? context.InputGradient(0, out accumulate) : default, result = gx;
        Span<real> ggain = context.NeedsGradient(1) ? context.InputGradient(1) : default, gbias = context.NeedsGradient(2) ? context.InputGradient(2) : default;
        if (layout.Turned)
        {
            x = layout.Turn(x, context.Scratch(x.Length), context.Team);
            gy = layout.Turn(gy, context.Scratch(gy.Length), context.Team);
            result = gx.IsEmpty ? default : context.Scratch(gx.Length);
        }

        BatchNormKernel.Backward(
            layout.Images, layout.Channels, layout.Length, x, context.Saved(0), context.Saved(1), context.Input(1), gy, frozen, result, accumulate && !layout.Turned, ggain, gbias, context.Team);
        if (!layout.Turned || gx.IsEmpty) return;
        Span<real> back = accumulate ? context.Scratch(gx.Length) : gx;
        layout.TurnBack(result, back, context.Team);
        if (accumulate) Elementwise.Add(back, gx);
    }

    private void Inverses(ReadOnlySpan<real> variances, Span<real> inverses)
    {
        for (int i = 0; i < inverses.Length; i++) inverses[i] = 1 / real.Sqrt(variances[i] + epsilon);
    }

    /// <summary>How the kernel sees the operand: as it is, or as one image with channels first.</summary>
    private readonly struct Layout
    {
        private readonly int _images;
        private readonly int _length;

        public Layout(in Shape shape)
        {
            _images = shape[0];
            _length = shape.Product(2, shape.Rank);
            Channels = shape[1];
            Turned = _length < ShortRun && _images > 1;
            Images = Turned ? 1 : _images;
            Length = Turned ? _images * _length : _length;
        }

        public int Images { get; }

        public int Channels { get; }

        public int Length { get; }

        public bool Turned { get; }

        public ReadOnlySpan<real> Turn(ReadOnlySpan<real> x, Span<real> turned, Team team)
        {
            Permutation.Copy([_images, Channels, _length], [1, 0, 2], x, turned, team);
            return turned;
        }

        public void TurnBack(ReadOnlySpan<real> turned, Span<real> y, Team team) => Permutation.Copy([Channels, _images, _length], [1, 0, 2], turned, y, team);
    }
}
