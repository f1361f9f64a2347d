using System.Runtime.InteropServices;

namespace Inkling.Recording;

/// <summary>Integers in the memory of a step, which holds real numbers otherwise: an element has room for one.</summary>
internal static class IndexMemory
{
    extension(in OpForward context)
    {
        /// <summary>Integers for the length of this call. Not cleared.</summary>
        public Span<int> ScratchIndices(int length) => MemoryMarshal.Cast<real, int>(context.Scratch(length))[..length];

        /// <summary>Integers that the backward pass will find again. Not cleared.</summary>
        public Span<int> SaveIndices(int length) => MemoryMarshal.Cast<real, int>(context.Save(length))[..length];
    }

    extension(in OpBackward context)
    {
        /// <summary>What <see cref="SaveIndices"/> returned in the forward call, by order of all that was saved.</summary>
        public Span<int> SavedIndices(int index)
        {
            Span<real> memory = context.Saved(index);
            return MemoryMarshal.Cast<real, int>(memory)[..memory.Length];
        }
    }
}
