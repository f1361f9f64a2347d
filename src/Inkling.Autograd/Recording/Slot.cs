using Inkling.Memory;
using Range = Inkling.Memory.Range;

namespace Inkling.Recording;

/// <summary>Where a tensor's values and gradient are. A view shares both with its base.</summary>
internal struct Slot
{
    public const int NoBase = int.MinValue;

    public Shape Shape;
    public Range Memory;
    public Range GradientMemory;

    /// <summary>The slot this one is a view of, and where in it; <see cref="NoBase"/> when it owns its memory.</summary>
    public int Base;
    public int BaseOffset;

    /// <summary>Whether a parameter or input that wants a gradient is among its ancestors.</summary>
    public bool NeedsGradient;
    public bool HasGradient;
    public bool RetainGradient;

    /// <summary>Whether the gradient is a segment of a parameter set, which clears it, and not the tape.</summary>
    public bool IsParameter;

    public readonly int Length => Memory.Length;

    public readonly Span<real> Values => Memory.Span;

    public readonly Span<real> Gradient => GradientMemory.Span;

    /// <summary>Makes this the slot of a fresh result, field by field: slots are used again at every step.</summary>
    public void BeginResult(in Range memory, bool needsGradient)
    {
        Memory = memory;
        Base = NoBase;
        NeedsGradient = needsGradient;
        HasGradient = false;
        RetainGradient = false;
        IsParameter = false;
    }
}
