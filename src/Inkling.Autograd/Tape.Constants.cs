using Inkling.Recording;

namespace Inkling;

public sealed partial class Tape
{
    /// <summary>A tensor of one element that lives for the step: a number as an operand.</summary>
    public Tensor Constant(real value)
    {
        int slot = AddSlot(new Slot { Shape = default, Length = 1, Memory = _stepMemory.Take(1), Base = Slot.NoBase });
        _slots[slot].Values[0] = value;
        return new Tensor(this, slot, _generation);
    }

    /// <summary>A tensor of zeros that lives for the step.</summary>
    public Tensor Zeros(Shape shape)
    {
        int length = shape.Length;
        int slot = AddSlot(new Slot { Shape = shape, Length = length, Memory = _stepMemory.Take(length), Base = Slot.NoBase });
        _slots[slot].Values.Clear();
        return new Tensor(this, slot, _generation);
    }
}
