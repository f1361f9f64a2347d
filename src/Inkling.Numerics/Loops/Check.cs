using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>Checks at the boundary of the kernels; behind it pointers are trusted.</summary>
internal static class Check
{
    /// <summary>Throws unless two lengths agree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Same(int given, int wanted, string operation, string operand)
    {
        if (given != wanted)
            ThrowLength(given, wanted, operation, operand);
    }

    /// <summary>Throws unless there are at least so many elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AtLeast(int given, long wanted, string operation, string operand)
    {
        if (given < wanted)
            ThrowShort(given, wanted, operation, operand);
    }

    [DoesNotReturn, StackTraceHidden]
    private static void ThrowLength(int given, int wanted, string operation, string operand) =>
        throw new ArgumentException($"{operation}: {operand} has {given} elements where {wanted} are wanted. Give operands of one length.");

    [DoesNotReturn, StackTraceHidden]
    private static void ThrowShort(int given, long wanted, string operation, string operand) =>
        throw new ArgumentException($"{operation}: {operand} has {given} elements but its shape needs {wanted}. Check sizes and strides.");
}
