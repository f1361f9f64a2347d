using Inkling.Recording;

namespace Inkling;

public sealed partial class Tape
{
    /// <summary>A tensor of one element that lives for the step: a number as an operand.</summary>
    public Tensor Constant(real value)
    {
        ref Slot slot = ref AddSlot(1, needsGradient: false);
        slot.Shape = default;
        slot.Values[0] = value;
        return new Tensor(this, _slotCount - 1, _generation);
    }

    /// <summary>Numbers as an operand that lives for the step: a batch whose shape differs from step to step. <see cref="Input"/> is for what stays.</summary>
    /// <param name="shape">The sizes of its axes.</param>
    /// <param name="values">The values, row-major; copied.</param>
    /// <exception cref="ArgumentException">The number of values is not the shape's.</exception>
    public Tensor Constant(Shape shape, ReadOnlySpan<real> values)
    {
        if (values.Length != shape.Length) throw new ArgumentException($"Constant: {values.Length} values given for the shape {shape} of {shape.Length}.", nameof(values));
        ref Slot slot = ref AddSlot(shape.Length, needsGradient: false);
        slot.Shape = shape;
        values.CopyTo(slot.Values);
        return new Tensor(this, _slotCount - 1, _generation);
    }

    /// <summary>A tensor of zeros that lives for the step.</summary>
    public Tensor Zeros(Shape shape)
    {
        ref Slot slot = ref AddSlot(shape.Length, needsGradient: false);
        slot.Shape = shape;
        slot.Values.Clear();
        return new Tensor(this, _slotCount - 1, _generation);
    }
}
