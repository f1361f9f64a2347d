namespace Inkling.Onnx.Operators;

/// <summary>Both.</summary>
internal readonly struct And : ITruthPair
{
    public static bool Apply(bool a, bool b) => a & b;
}

/// <summary>Either or both.</summary>
internal readonly struct Or : ITruthPair
{
    public static bool Apply(bool a, bool b) => a | b;
}

/// <summary>Either, not both.</summary>
internal readonly struct Xor : ITruthPair
{
    public static bool Apply(bool a, bool b) => a ^ b;
}

/// <summary>The opposite.</summary>
internal sealed class Not : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue<bool> x = call.Input<bool>(0);
        return [new OnnxValue<bool>(x.Sizes, Loops.Map<bool, bool, Opposite>(x.Data, default))];
    }

    private readonly struct Opposite : IMap<bool, bool>
    {
        public bool Apply(bool x) => !x;
    }
}
