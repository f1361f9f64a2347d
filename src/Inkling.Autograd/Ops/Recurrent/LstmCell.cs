using Inkling.Numerics;
using Range = Inkling.Memory.Range;

namespace Inkling;

/// <summary>Which of the published LSTM cells computes a step.</summary>
/// <param name="Coupled">
/// The forget gate is what the input gate leaves, <c>f = 1 − i</c> (CIFG: Greff et al. 2017, §V): three gates in the order i, g, o.
/// </param>
/// <param name="Peephole">Gates also see the cell: i and f that before the step, o that after it, each unit its own (Gers et al. 2002, §3).</param>
internal readonly record struct LstmCell(bool Coupled, bool Peephole)
{
    /// <summary>Gates of the cell: 4, or 3 where two are coupled.</summary>
    public int Gates => Coupled ? 3 : 4;

    /// <summary>Gates with peepholes: i, f, o, or i, o.</summary>
    public int Peepholes => Gates - 1;

    public void Forward(Span<real> gates, Range? peephole, ReadOnlySpan<real> cPrevious, Span<real> c, Span<real> tanhC, Span<real> h)
    {
        if (!Coupled && !Peephole) LstmGates.Forward(gates, cPrevious, c, tanhC, h);
        else LstmVariantGates.Forward(Coupled, gates, peephole is { } p ? p.Span : default, cPrevious, c, tanhC, h);
    }

    public void Backward(ReadOnlySpan<real> gates, Range? peephole, ReadOnlySpan<real> cPrevious, ReadOnlySpan<real> tanhC, ReadOnlySpan<real> gradH, Span<real> gradC, Span<real> gradGates)
    {
        if (!Coupled && !Peephole) LstmGates.Backward(gates, cPrevious, tanhC, gradH, gradC, gradGates);
        else LstmVariantGates.Backward(Coupled, gates, peephole is { } p ? p.Span : default, cPrevious, tanhC, gradH, gradC, gradGates);
    }
}
