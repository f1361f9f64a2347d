using Inkling.Nn;

namespace Inkling.Tests;

/// <summary>Moments and bounds of initial values; the sample is large enough for two digits.</summary>
public sealed class InitializerTests
{
    private const int Out = 300, In = 200;

    public static TheoryData<string> Names => [.. Expected.Keys];

    /// <summary>Initializer, standard deviation, largest magnitude (∞ where it has none).</summary>
    private static Dictionary<string, (Action<Parameter, ulong> Initialize, double Deviation, double Largest)> Expected => new()
    {
        ["uniform"] = (Initializer.Uniform(0.3f), 0.3 / Math.Sqrt(3), 0.3),
        ["normal"] = (Initializer.Normal(0.2f), 0.2, double.PositiveInfinity),
        ["fan in"] = (Initializer.FanIn(), 1 / Math.Sqrt(3 * In), 1 / Math.Sqrt(In)),
        ["xavier uniform"] = (Initializer.XavierUniform(Gain.Tanh), 5.0 / 3 * Math.Sqrt(2.0 / (In + Out)), 5.0 / 3 * Math.Sqrt(6.0 / (In + Out))),
        ["xavier normal"] = (Initializer.XavierNormal(), Math.Sqrt(2.0 / (In + Out)), double.PositiveInfinity),
        ["glorot"] = (Initializer.Glorot(), Math.Sqrt(2.0 / (In + Out)), Math.Sqrt(6.0 / (In + Out))),
        ["he uniform"] = (Initializer.HeUniform(), Math.Sqrt(2.0 / In), Math.Sqrt(6.0 / In)),
        ["he normal out"] = (Initializer.HeNormal(FanMode.Out), Math.Sqrt(2.0 / Out), double.PositiveInfinity),
        ["he leaky"] = (Initializer.HeUniform(gain: Gain.LeakyRelu(0.2)), Math.Sqrt(2 / 1.04 / In), Math.Sqrt(6 / 1.04 / In)),
        ["lecun uniform"] = (Initializer.LeCunUniform(), Math.Sqrt(1.0 / In), Math.Sqrt(3.0 / In)),
        ["lecun normal"] = (Initializer.LeCunNormal(), Math.Sqrt(1.0 / In), double.PositiveInfinity),
        ["truncated normal"] = (Initializer.TruncatedNormal(0.1), 0.1 * 0.87962566, 0.2),
        ["orthogonal"] = (Initializer.Orthogonal(), 1 / Math.Sqrt(Out), 1),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Moments_and_bounds_are_as_published(string name)
    {
        (Action<Parameter, ulong> initialize, double deviation, double largest) = Expected[name];
        float[] values = Made([Out, In], initialize, 3);
        double mean = values.Average(v => (double)v), spread = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        Assert.Equal(0, mean, 0.015 * deviation);
        Assert.Equal(deviation, spread, 0.015 * deviation);
        Assert.True(values.Max(Math.Abs) <= largest * 1.00001, $"{values.Max(Math.Abs)}");
        if (largest < 0.9) Assert.True(values.Max(Math.Abs) >= 0.99 * largest);
        Assert.Equal(values, Made([Out, In], initialize, 3));
        Assert.NotEqual(values, Made([Out, In], initialize, 4));
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(12, 40)]
    [InlineData(40, 12)]
    public void Orthogonal_rows_or_columns_have_length_one_and_stand_upright(int rows, int columns)
    {
        float[] w = Made([rows, columns], Initializer.Orthogonal(2), 7);
        int vectors = Math.Min(rows, columns);
        for (int a = 0; a < vectors; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double dot = Enumerable.Range(0, Math.Max(rows, columns)).Sum(i => rows <= columns ? (double)w[(a * columns) + i] * w[(b * columns) + i] : (double)w[(i * columns) + a] * w[(i * columns) + b]);
                Assert.Equal(a == b ? 4 : 0, dot, 1e-5);
            }
        }
    }

    [Fact]
    public void Identity_constant_and_sparse_are_what_they_say()
    {
        Assert.Equal([2, 0, 0, 0, 2, 0], Made([2, 3], Initializer.Identity(2), 1));
        Assert.Equal([0.5f, 0.5f], Made([2], Initializer.Constant(0.5f), 1));
        Assert.Equal([1f, 1f], Made([2], Initializer.Ones(), 1));
        Assert.All(Made([5], Initializer.Uniform(2, 3), 1), v => Assert.InRange(v, 2, 3));
        float[] sparse = Made([50, 30], Initializer.Sparse(0.3, 1), 2);
        for (int j = 0; j < 30; j++) Assert.Equal(15, Enumerable.Range(0, 50).Count(i => sparse[(i * 30) + j] == 0));
        Assert.NotEqual(Enumerable.Range(0, 50).Where(i => sparse[i * 30] == 0), Enumerable.Range(0, 50).Where(i => sparse[(i * 30) + 1] == 0));
    }

    [Fact]
    public void Fans_of_a_convolution_count_its_window()
    {
        float[] w = Made([64, 16, 3, 3], Initializer.HeNormal(), 5);
        Assert.Equal(Math.Sqrt(2.0 / (16 * 9)), Math.Sqrt(w.Average(v => (double)v * v)), 0.003);
    }

    [Fact]
    public void Parameters_without_fans_and_empty_intervals_are_refused()
    {
        Assert.Contains("'p' is [5]", Assert.Throws<ArgumentException>(() => Made([5], Initializer.HeNormal(), 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Made([5], Initializer.Orthogonal(), 1));
        Assert.Throws<ArgumentException>(() => Made([5], Initializer.Identity(), 1));
        Assert.Throws<ArgumentException>(() => Initializer.TruncatedNormal(1, low: 5, high: 6));
        Assert.Throws<ArgumentException>(() => Initializer.Uniform(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Sparse(1.1));
    }

    [Fact]
    public void A_built_module_is_given_other_values_by_one_rule_but_for_its_buffers()
    {
        Sequential Net() => new Sequential(new Linear(40, 30), new BatchNorm1D(30), new Linear(30, 30)).Build(seed: 1);
        Sequential one = Net().Initialize(Initializer.Uniform(0.1f), seed: 5), same = Net().Initialize(Initializer.Uniform(0.1f), seed: 5), other = Net().Initialize(Initializer.Uniform(0.1f), seed: 6);
        Assert.All(one.Parameters, p => Assert.Equal(!p.IsBuffer, p.Values.ToArray().All(value => Math.Abs(value) <= 0.1f && value != 0) && p.Values.ToArray().Distinct().Count() > 20));
        Assert.All(one.Parameters.Where(p => p.IsBuffer), p => Assert.Single(p.Values.ToArray().Distinct()));
        Assert.NotEqual(one.Parameters["0.bias"].Values.ToArray(), one.Parameters["2.bias"].Values.ToArray());
        Assert.Equal(one.Parameters.Values.ToArray(), same.Parameters.Values.ToArray());
        Assert.NotEqual(one.Parameters.Values.ToArray(), other.Parameters.Values.ToArray());
    }

    private static float[] Made(Shape shape, Action<Parameter, ulong> initialize, ulong seed)
    {
        Parameter p = new("p", shape);
        _ = new ParameterSet([p]);
        initialize(p, seed);
        return p.Values.ToArray();
    }
}
