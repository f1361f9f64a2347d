namespace Inkling.Numerics;

/// <summary>A loss of a prediction x against a target t under a weight w, element by element: formula and slopes together. The fields of the struct are its settings.</summary>
internal interface IPairLoss
{
    /// <summary>Whether a gradient flows to the target.</summary>
    static abstract bool HasTargetSlope { get; }

    /// <summary><c>l(x, t, w)</c>.</summary>
    V Loss<V>(V x, V t, V w)
        where V : struct, ILane<V>;

    /// <summary><c>∂l/∂x</c>.</summary>
    V Slope<V>(V x, V t, V w)
        where V : struct, ILane<V>;

    /// <summary><c>∂l/∂t</c>; not called without <see cref="HasTargetSlope"/>.</summary>
    V TargetSlope<V>(V x, V t, V w)
        where V : struct, ILane<V>;
}
