using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Connectionist temporal classification (Graves et al. 2006): logits <c>[T, B, C]</c> and a label sequence for each row of the batch → a scalar, the mean over the rows of
/// <c>−ln P(labels) / max(1, length)</c>, where P sums over all ways to write the labels on T steps, each label once or repeated, with blanks between.
/// <c>dx = (softmax(x) − occupancy) / (B · length)</c>.
/// </summary>
/// <remarks>
/// The softmax is part of it: give logits. Log-probabilities are logits too (their log-softmax is themselves), so what PyTorch's <c>ctc_loss</c> is given has the same loss and
/// gradient here. Both recursions run in logarithms, rows of the batch on different threads. A sequence that does not fit its steps has an infinite loss and gradients that
/// are not numbers, or 0 and zeros on request.
/// </remarks>
/// <param name="targets">Labels, <c>[B, S]</c>; what is beyond the length of a row is not looked at.</param>
/// <param name="targetLengths">Number of labels of each row, 0 … S, <c>[B]</c>.</param>
/// <param name="inputLengths">Number of steps of each row, 1 … T, <c>[B]</c>; null for T.</param>
/// <param name="blank">The class that stands for no label.</param>
/// <param name="zeroInfinity">Whether rows that do not fit count as 0.</param>
public readonly struct Ctc(Indices targets, Indices targetLengths, Indices? inputLengths, int blank, bool zeroInfinity) : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(Ctc);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[0];
        if (x.Rank != 3 || x.Length == 0) Errors.Shape(Name, $"the logits are {x}; they must be [time, batch, classes], each 1 or more.");
        int time = x[0], batch = x[1], classes = x[2];
        if (targets.Shape.Rank != 2 || targets.Shape[0] != batch) Errors.Shape(Name, $"the targets are {targets.Shape}; they must be [{batch}, labels].");
        if (targetLengths.Length != batch || (inputLengths is not null && inputLengths.Length != batch)) Errors.Shape(Name, $"lengths are needed for each of the {batch} rows; there are {targetLengths.Length} of targets and {inputLengths?.Length ?? batch} of inputs.");
        if ((uint)blank >= (uint)classes) throw new ArgumentOutOfRangeException(nameof(inputs), $"{Name}: the blank {blank} is none of the {classes} classes.");
        for (int b = 0; b < batch; b++)
        {
            int labels = targetLengths.Values[b], steps = inputLengths?.Values[b] ?? time;
            if (labels < 0 || labels > targets.Shape[1]) throw new ArgumentOutOfRangeException(nameof(inputs), $"{Name}: row {b} has {labels} labels; there is room for 0 to {targets.Shape[1]}.");
            if (steps < 1 || steps > time) throw new ArgumentOutOfRangeException(nameof(inputs), $"{Name}: row {b} has {steps} steps; it must have 1 to {time}. Leave empty sequences out.");
            foreach (int label in targets.Values.Slice(b * targets.Shape[1], labels))
            {
                if ((uint)label >= (uint)classes || label == blank) throw new ArgumentOutOfRangeException(nameof(inputs), $"{Name}: label {label} of row {b} is none of the {classes} classes (0 to {classes - 1}) without the blank {blank}.");
            }
        }

        outputs[0] = default;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        Shape shape = context.InputShape(0);
        int batch = shape[1], states = (2 * targets.Shape[1]) + 1;
        CtcRows body = new()
        {
            Time = shape[0],
            Batch = batch,
            Classes = shape[2],
            States = states,
            Blank = blank,
            ZeroInfinity = zeroInfinity,
            WantsGradient = context.Recording && context.NeedsGradient(0),
            Targets = targets,
            TargetLengths = targetLengths,
            InputLengths = inputLengths,
            Logits = context.InputRange(0),
            Gradient = context.Recording ? context.SaveRange(shape.Length) : context.ScratchRange(shape.Length),
            Forward = context.ScratchRange(shape[0] * batch * CtcRows.Stride(states)),
            Work = context.ScratchRange(batch * CtcRows.WorkLength(states)),
            Losses = context.ScratchRange(batch),
        };
        context.Team.For(batch, ref body);
        double sum = 0;
        for (int b = 0; b < batch; b++) sum += body.Losses.Span[b] / Math.Max(1, targetLengths.Values[b]);
        context.Output()[0] = (real)(sum / batch);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context) => context.AddToGradient(0, context.Saved(0), context.OutputGradient()[0]);
}
