using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>A function of one floating-point variable; its attributes are its fields.</summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
internal interface IFloatFormula<TSelf>
    where TSelf : struct, IFloatFormula<TSelf>
{
    /// <summary>Reads the attributes.</summary>
    static virtual TSelf From(OperatorCall call) => default;

    /// <summary>The value at x.</summary>
    T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>A function of one number of any kind; its attributes are its fields.</summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
internal interface INumberFormula<TSelf>
    where TSelf : struct, INumberFormula<TSelf>
{
    /// <summary>Reads the attributes.</summary>
    static virtual TSelf From(OperatorCall call) => default;

    /// <summary>The value at x.</summary>
    T Apply<T>(T x)
        where T : unmanaged, INumber<T>;
}

/// <summary>A question about one floating-point number; its attributes are its fields.</summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
internal interface IFloatTest<TSelf>
    where TSelf : struct, IFloatTest<TSelf>
{
    /// <summary>Reads the attributes.</summary>
    static virtual TSelf From(OperatorCall call) => default;

    /// <summary>The answer for x.</summary>
    bool Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>A function of two numbers of one kind; its attributes are its fields.</summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
internal interface INumberPair<TSelf>
    where TSelf : struct, INumberPair<TSelf>
{
    /// <summary>Reads the attributes.</summary>
    static virtual TSelf From(OperatorCall call) => default;

    /// <summary>The value at (a, b).</summary>
    T Apply<T>(T a, T b)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>;

    /// <summary>Whether there is <see cref="ApplyLanes"/> for this element type.</summary>
    static virtual bool HasLanes<T>() => false;

    /// <summary>The values at several places at once.</summary>
    static virtual Vector<T> ApplyLanes<T>(Vector<T> a, Vector<T> b) => a;
}

/// <summary>A comparison of two numbers.</summary>
internal interface IComparison
{
    /// <summary>Whether it holds.</summary>
    static abstract bool Apply<T>(T a, T b)
        where T : unmanaged, INumber<T>;
}

/// <summary>A function of two truth values.</summary>
internal interface ITruthPair
{
    /// <summary>The value at (a, b).</summary>
    static abstract bool Apply(bool a, bool b);
}

/// <summary>A function of two whole numbers.</summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
internal interface IIntegerPair<TSelf>
    where TSelf : struct, IIntegerPair<TSelf>
{
    /// <summary>Reads the attributes.</summary>
    static virtual TSelf From(OperatorCall call) => default;

    /// <summary>The value at (a, b).</summary>
    T Apply<T>(T a, T b)
        where T : unmanaged, IBinaryInteger<T>;
}
