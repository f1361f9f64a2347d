using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Inkling;

/// <summary>Where the messages of this floor are thrown: operation, what was given, remedy.</summary>
internal static class Errors
{
    [DoesNotReturn, StackTraceHidden]
    public static void NoTape() => throw new InvalidOperationException("Tensor: this is default(Tensor), which belongs to no tape. Make tensors with Tape.Input or by an operation.");

    [DoesNotReturn, StackTraceHidden]
    public static void Stale(long step) => throw new InvalidOperationException($"Tensor: this tensor belongs to step {step}, which has ended; copy it with ToArray() before Tape.Begin, or carry it with Tape.Carry.");

    [DoesNotReturn, StackTraceHidden]
    public static void TwoTapes(string op, Tape first, Tape second) => throw new InvalidOperationException($"{op}: the operands live on two tapes ('{first.Name}' and '{second.Name}'). Copy one over with Tape.Input(tensor.Shape, tensor.Values).");

    [DoesNotReturn, StackTraceHidden]
    public static void Shape(string op, string message) => throw new ArgumentException($"{op}: {message}");
}
