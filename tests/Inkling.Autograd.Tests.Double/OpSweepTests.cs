using System.Reflection;
using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling.Tests;

/// <summary>Finds every formula by reflection and checks its derivative: a new one is covered without a new test.</summary>
public sealed class OpSweepTests
{
    public static TheoryData<Type> UnaryOps => [.. Find(typeof(IUnaryOp))];

    public static TheoryData<Type> ParametricOps => [.. FindParametric()];

    public static TheoryData<Type> BinaryOps => [.. Find(typeof(IBinaryOp))];

    [Fact]
    public void Sweep_finds_the_formulas()
    {
        Assert.Contains(typeof(Sigmoid), Find(typeof(IUnaryOp)));
        Assert.Contains(typeof(Multiply), Find(typeof(IBinaryOp)));
        Assert.Contains(typeof(LeakyRelu), FindParametric());
    }

    [Theory]
    [MemberData(nameof(UnaryOps))]
    public void Derivative_of_one_variable_agrees_with_differences(Type op)
    {
        // Positive values for functions that are only defined there, and none at a kink.
        bool positive = op == typeof(Log) || op == typeof(Sqrt);
        Invoke(nameof(CheckUnary), op, positive);
    }

    [Theory]
    [MemberData(nameof(ParametricOps))]
    public void Derivative_with_chosen_numbers_agrees_with_differences(Type op) => Invoke(nameof(CheckParametric), op);

    [Theory]
    [MemberData(nameof(BinaryOps))]
    public void Derivatives_of_two_variables_agree_with_differences(Type op) => Invoke(nameof(CheckBinary), op);

    private static void CheckUnary<TOp>(bool positive)
        where TOp : struct, IUnaryOp
        => Gradients.Check(x => Unary.Record<TOp>(x[0]), [[3, 7]], i => positive ? 0.3 + (i * 0.17) : -1.53 + (i * 0.15));

    private static void CheckParametric<TOp>()
        where TOp : struct, IParametricOp<TOp>
        => Gradients.Check(x => x[0].Apply(TOp.Usual), [[3, 7]], i => -1.53 + (i * 0.15));

    private static void CheckBinary<TOp>()
        where TOp : struct, IBinaryOp
    {
        (Shape A, Shape B)[] shapes = [([2, 3], [2, 3]), ([2, 3], []), ([], [2, 3]), ([4, 3], [3]), ([3, 1], [3, 4]), ([2, 1, 3], [4, 1]), ([1], [5]), ([2, 3, 4], [1, 3, 1]), ([2, 1], [1, 3])];
        int drawn = 0;       // never the same value twice: some formulas have a kink where both are equal
        foreach ((Shape a, Shape b) in shapes)
            Gradients.Check(x => Binary.Record<TOp>(x[0], x[1]), [a, b], _ => 0.4 + (drawn++ * 0.3137 % 1.7));
    }

    private static Type[] Find(Type contract) => [.. typeof(Tensor).Assembly.GetTypes().Where(t => t.IsValueType && t.IsPublic && !t.IsGenericType && contract.IsAssignableFrom(t))];

    private static Type[] FindParametric() => [.. typeof(Tensor).Assembly.GetTypes().Where(t => t.IsValueType && t.IsPublic && !t.IsGenericType
        && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParametricOp<>)))];

    private static void Invoke(string method, Type op, params object[] arguments)
    {
        try
        {
            typeof(OpSweepTests).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(op).Invoke(null, arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException);
        }
    }
}
