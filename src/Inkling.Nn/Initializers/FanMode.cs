namespace Inkling.Nn;

/// <summary>Which fan decides about the size of initial weights.</summary>
public enum FanMode
{
    /// <summary>The inputs of a unit: variances keep their size on the way forward.</summary>
    In,

    /// <summary>The units that an input leads to: variances keep their size on the way back.</summary>
    Out,
}
