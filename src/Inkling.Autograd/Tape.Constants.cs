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

    /// <summary>A tensor of zeros that lives for the step.</summary>
    public Tensor Zeros(Shape shape)
    {
        ref Slot slot = ref AddSlot(shape.Length, needsGradient: false);
        slot.Shape = shape;
        slot.Values.Clear();
        return new Tensor(this, _slotCount - 1, _generation);
    }
}
