using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>What the just-in-time compiler is told.</summary>
internal static class Jit
{
    /// <summary>
    /// For the loop of a kernel: compiled at full optimisation the first time, as a kernel may run for a second before it is called
    /// thirty times; and in a method of its own, since inlined into a caller it exhausts the compiler's budget for inlining, whose
    /// lane operations then become calls, ten times slower.
    /// </summary>
    public const MethodImplOptions Kernel = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
}
