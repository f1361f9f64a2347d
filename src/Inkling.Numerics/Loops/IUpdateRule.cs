namespace Inkling.Numerics;

/// <summary>
/// How one weight changes by its gradient and by what is remembered about it: the formula of an optimizer, written once for every lane
/// width. The fields of the struct are the numbers of the step, the same for all weights.
/// </summary>
internal interface IUpdateRule
{
    /// <summary>Arrays of state it reads and writes, 0 to 3, in the order of the arguments of <see cref="Apply"/>.</summary>
    static abstract int States { get; }

    /// <summary>Changes a weight and its state. States beyond <see cref="States"/> are neither loaded nor stored.</summary>
    void Apply<V>(ref V weight, V gradient, ref V first, ref V second, ref V third)
        where V : struct, ILane<V>;
}
