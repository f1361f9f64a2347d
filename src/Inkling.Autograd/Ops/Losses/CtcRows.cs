using Inkling.Numerics;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>
/// The forward and backward recursions of <see cref="Ctc"/> for one row of the batch (Graves et al. 2006, §4.1). States are the labels with a blank before, between and after
/// them, <c>L = 2 · labels + 1</c>. α_t(s): all ways to be in s after step t; β_t(s): all ways from there to the end; both as logarithms.
/// </summary>
internal struct CtcRows : IChunkBody
{
    // Two states of probability 0 on each side spare the recursions their edges.
    private const int Edge = 2;

    public int Time, Batch, Classes, States, Blank;
    public bool ZeroInfinity, WantsGradient;
    public Indices Targets, TargetLengths;
    public Indices? InputLengths;
    public Range Logits, Gradient, Forward, Work, Losses;

    /// <summary>Elements from one row of α to the next.</summary>
    public static int Stride(int states) => states + (2 * Edge);

    /// <summary>Elements of working memory of one row of the batch.</summary>
    public static int WorkLength(int states) => (2 * Stride(states)) + (4 * states);

    public readonly void Run(int chunk)
    {
        int labels = TargetLengths.Values[chunk], steps = InputLengths?.Values[chunk] ?? Time, count = (2 * labels) + 1, stride = Stride(States);
        Span<real> alpha = Forward.Span.Slice(chunk * Time * stride, Time * stride);
        Span<real> work = Work.Span.Slice(chunk * WorkLength(States), WorkLength(States));
        Span<real> arriving = work[(2 * stride)..].Slice(0, count), leaving = work[((2 * stride) + States)..].Slice(0, count);
        for (int s = 0; s < count; s++)
        {
            arriving[s] = Skips(chunk, s) ? 0 : real.NegativeInfinity;
            leaving[s] = s + 2 < count && Skips(chunk, s + 2) ? 0 : real.NegativeInfinity;
        }

        Span<real> emitted = work[((2 * stride) + (2 * States))..].Slice(0, count);
        for (int t = 0; t < steps; t++)
        {
            Span<real> row = alpha.Slice(t * stride, stride);
            row.Fill(real.NegativeInfinity);
            LogProbabilities(chunk, t);
            Emit(chunk, t, emitted);
            if (t > 0) LogSums.OfThree(alpha.Slice((t - 1) * stride, stride), Edge, -1, arriving, emitted, row.Slice(Edge, count));
            else emitted[..Math.Min(2, count)].CopyTo(row[Edge..]);
        }

        ReadOnlySpan<real> last = alpha.Slice((steps - 1) * stride, stride);
        real likelihood = LogSum(last[Edge + count - 1], last[Edge + count - 2]);
        bool dropped = ZeroInfinity && real.IsNegativeInfinity(likelihood);
        Losses.Span[chunk] = dropped ? 0 : -likelihood;
        if (WantsGradient) Back(chunk, steps, count, likelihood, alpha, work, dropped);
    }

    /// <summary>Goes back through the steps and turns the log-probabilities of each into its gradient.</summary>
    private readonly void Back(int row, int steps, int count, real likelihood, Span<real> alpha, Span<real> work, bool dropped)
    {
        int stride = Stride(States);
        Span<real> beta = work[..stride], next = work.Slice(stride, stride);
        Span<real> leaving = work[((2 * stride) + States)..].Slice(0, count), emitted = work[((2 * stride) + (2 * States))..].Slice(0, count);
        Span<real> occupied = work[((2 * stride) + (3 * States))..].Slice(0, count);
        real scale = (real)1 / (Batch * Math.Max(1, TargetLengths.Values[row]));
        beta.Fill(real.NegativeInfinity);
        beta.Slice(Edge + Math.Max(0, count - 2), Math.Min(2, count)).Clear();
        for (int t = Time - 1; t >= 0; t--)
        {
            Span<real> gradient = Row(row, t);
            if (t >= steps || dropped)
            {
                gradient.Clear();
                continue;
            }

            if (t < steps - 1)
            {
                // What leaves a state: the next step's β with what is written there, which is still in `next`.
                occupied.Clear();
                LogSums.OfThree(next, Edge, 1, leaving, occupied, beta.Slice(Edge, count));
            }

            LogSums.ExpOfSum(alpha.Slice((t * stride) + Edge, count), beta.Slice(Edge, count), -likelihood, occupied);
            Emit(row, t, emitted);
            next.Fill(real.NegativeInfinity);
            for (int s = 0; s < count; s++) next[Edge + s] = beta[Edge + s] + emitted[s];
            Map.Apply<Exp>(gradient, gradient, Team.Single);
            Elementwise.Scale(gradient, scale);
            for (int s = 0; s < count; s++) gradient[Class(row, s)] -= scale * occupied[s];
        }
    }

    /// <summary>Whether a state can be reached from the one before the one before: a label unlike the label before it.</summary>
    private readonly bool Skips(int row, int state) => state % 2 == 1 && state >= 3 && Class(row, state) != Class(row, state - 2);

    private readonly int Class(int row, int state) => state % 2 == 0 ? Blank : Targets.Values[(row * Targets.Shape[1]) + (state / 2)];

    /// <summary>The place of a step of a row of the batch: its log-probabilities at first, its gradient in the end.</summary>
    private readonly Span<real> Row(int row, int t) => Gradient.Span.Slice(((t * Batch) + row) * Classes, Classes);

    private readonly void LogProbabilities(int row, int t)
    {
        Logits.Span.Slice(((t * Batch) + row) * Classes, Classes).CopyTo(Row(row, t));
        RowSoftmax.LogSoftmax(Row(row, t));
    }

    private readonly void Emit(int row, int t, Span<real> emitted)
    {
        ReadOnlySpan<real> values = Row(row, t);
        for (int s = 0; s < emitted.Length; s++) emitted[s] = values[Class(row, s)];
    }

    private static real LogSum(real a, real b)
    {
        real most = real.Max(a, b);
        return real.IsInfinity(most) ? most : most + real.Log(real.Exp(a - most) + real.Exp(b - most));
    }
}
