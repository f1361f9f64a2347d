using Inkling.Numerics;
using Inkling.Recording;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>
/// Additive attention, <c>α = softmax_j(vᵀ tanh(q_i + k_j))</c>, <c>c_i = Σ_j α_j x_j</c> (Bahdanau, Cho &amp; Bengio 2015, §3.1 and A.1.2), for all steps of a
/// decoder at once.
/// </summary>
/// <remarks>
/// Operands: queries <c>[Tq, B, A]</c> and keys <c>[Tk, B, A]</c>, both projected already, v <c>[A]</c>, values x <c>[Tk, B, D]</c>. Results: contexts
/// <c>[Tq, B, D]</c> and weights α <c>[Tq, B, Tk]</c>. The hyperbolic tangents, <c>Tq · Tk · B · A</c> of them, are never kept but computed again on the way back.
/// </remarks>
/// <param name="lengths"><c>[B]</c>: how many keys of each row count, 1 to Tk; null for all.</param>
public readonly struct AttendAdditively(Indices? lengths = null) : IOp
{
    private const int Queries = 0, Keys = 1, Vector = 2, Values = 3;

    /// <inheritdoc/>
    public static string Name => "AdditiveAttention";

    internal Indices? Lengths => lengths;

    /// <inheritdoc/>
    public static int OutputCount => 2;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape q = inputs[Queries], k = inputs[Keys], v = inputs[Vector], x = inputs[Values];
        if (q.Rank != 3 || k.Rank != 3 || x.Rank != 3 || q[1] != k[1] || q[2] != k[2] || k[0] != x[0] || k[1] != x[1])
            Errors.Shape(Name, $"queries {q}, keys {k} and values {x} do not fit; they must be [Tq, B, A], [Tk, B, A] and [Tk, B, D].");
        if (v != [q[2]]) Errors.Shape(Name, $"the vector is {v}; it must be [{q[2]}].");
        if (q.Length == 0 || k.Length == 0) Errors.Shape(Name, $"queries {q} or keys {k} are empty; leave empty sequences out.");
        if (lengths is not null) SequenceOrder.CheckLengths(Name, lengths, k[1], k[0]);
        outputs[0] = [q[0], q[1], x[2]];
        outputs[1] = [q[0], q[1], k[0]];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        Shape k = context.InputShape(Keys);
        AdditiveForward body = new()
        {
            Steps = context.InputShape(Queries)[0],
            KeySteps = k[0],
            Batch = k[1],
            Width = k[2],
            ValueWidth = context.InputShape(Values)[2],
            Lengths = lengths,
            Queries = context.InputRange(Queries),
            Keys = context.InputRange(Keys),
            Vector = context.InputRange(Vector),
            Values = context.InputRange(Values),
            Contexts = context.OutputRange(0),
            Weights = context.OutputRange(1),
        };
        context.Team.For(body.Batch, ref body);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        Shape k = context.InputShape(Keys);
        int batch = k[1], width = k[2];
        AdditiveBackward body = new()
        {
            Steps = context.InputShape(Queries)[0],
            KeySteps = k[0],
            Batch = batch,
            Width = width,
            ValueWidth = context.InputShape(Values)[2],
            Lengths = lengths,
            Queries = context.InputRange(Queries),
            Keys = context.InputRange(Keys),
            Vector = context.InputRange(Vector),
            Values = context.InputRange(Values),
            Weights = context.OutputRange(1),
            GradContexts = context.OutputGradient(0).IsEmpty ? null : context.OutputGradientRange(0),
            GradWeights = context.OutputGradient(1).IsEmpty ? null : context.OutputGradientRange(1),
            GradQueries = Gradient(context, Queries),
            GradKeys = Gradient(context, Keys),
            GradValues = Gradient(context, Values),
            GradVectors = context.ScratchRange(batch * width),
            Scores = context.ScratchRange(batch * k[0]),
        };
        body.GradVectors.Span.Clear();
        context.Team.For(batch, ref body);
        if (context.NeedsGradient(Vector)) Reduce.ColumnSums(body.GradVectors.Span, batch, width, context.InputGradient(Vector), Team.Single);
    }

    /// <summary>Memory to add a gradient to, cleared or holding what others have added; for one that nobody wants, some that is forgotten.</summary>
    private static Range Gradient(in OpBackward context, int operand)
    {
        if (context.NeedsGradient(operand))
        {
            context.InputGradient(operand);
            return context.InputGradientRange(operand, out _);
        }

        Range forgotten = context.ScratchRange(context.Input(operand).Length);
        forgotten.Span.Clear();
        return forgotten;
    }
}
