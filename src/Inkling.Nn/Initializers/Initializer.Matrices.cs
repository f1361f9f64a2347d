using Inkling.Numerics;

namespace Inkling.Nn;

/// <content>Those that look at a parameter as a matrix, <c>[rows, the rest]</c>.</content>
public static partial class Initializer
{
    /// <summary>
    /// A random matrix with orthonormal rows, or columns where those are fewer, times a gain (Saxe, McClelland &amp; Ganguli 2014): recurrent weights keep the length
    /// of what they multiply.
    /// </summary>
    /// <param name="gain">See <see cref="Gain"/>. Default: 1.</param>
    /// <exception cref="ArgumentException">When built: the parameter has fewer than two axes.</exception>
    public static Action<Parameter, ulong> Orthogonal(double gain = 1) => (parameter, seed) =>
    {
        (int rows, int columns) = Matrix("Orthogonal", parameter);
        int vectors = Math.Min(rows, columns), length = Math.Max(rows, columns);
        real[] basis = new real[vectors * length];
        CounterRandom.FillGaussian(basis, seed, 0, 0, 1);
        for (int i = 0; i < vectors; i++) Orthonormalise(basis, i, length);
        Span<real> values = parameter.Values;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) values[(i * columns) + j] = (real)gain * (rows <= columns ? basis[(i * length) + j] : basis[(j * length) + i]);
        }
    };

    /// <summary>1 on the diagonal, 0 elsewhere: a layer that passes on what comes in, as recurrent networks of rectifiers want (Le, Jaitly &amp; Hinton 2015).</summary>
    /// <param name="gain">The value on the diagonal. Default: 1.</param>
    /// <exception cref="ArgumentException">When built: the parameter has not two axes.</exception>
    public static Action<Parameter, ulong> Identity(double gain = 1) => (parameter, _) =>
    {
        if (parameter.Shape.Rank != 2) throw new ArgumentException($"Initializer.Identity: '{parameter.Name}' is {parameter.Shape}; it must have two axes.");
        int columns = parameter.Shape[1];
        parameter.Values.Clear();
        for (int i = 0; i < Math.Min(parameter.Shape[0], columns); i++) parameter.Values[(i * columns) + i] = (real)gain;
    };

    /// <summary>In each column a share of zeros, at random places, and normal values else (Martens 2010, §5).</summary>
    /// <param name="sparsity">The share of zeros of a column, 0 … 1, rounded up to whole elements.</param>
    /// <param name="deviation">Standard deviation of the others. Default: 0.01.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public static Action<Parameter, ulong> Sparse(double sparsity, double deviation = 0.01)
    {
        if (sparsity is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(sparsity), sparsity, "Initializer.Sparse: the share of zeros must be between 0 and 1.");
        return (parameter, seed) =>
        {
            (int rows, int columns) = Matrix("Sparse", parameter);
            int zeros = (int)Math.Ceiling(sparsity * rows);
            Normal((real)deviation)(parameter, seed);
            int[] order = [.. Enumerable.Range(0, rows)];
            for (int j = 0; j < columns; j++)
            {
                // The beginning of a random order (Fisher & Yates).
                for (int i = 0; i < zeros; i++)
                {
                    int other = i + (int)(CounterRandom.Bits(seed, 1, ((ulong)j * (ulong)rows) + (ulong)i) % (ulong)(rows - i));
                    (order[i], order[other]) = (order[other], order[i]);
                    parameter.Values[(order[i] * columns) + j] = 0;
                }
            }
        };
    }

    /// <summary>Normal, drawn again until it lies in an interval.</summary>
    /// <param name="deviation">Standard deviation of the whole normal distribution, more than 0.</param>
    /// <param name="mean">Its mean. Default: 0.</param>
    /// <param name="low">The least value, in deviations from the mean. Default: −2.</param>
    /// <param name="high">The largest value, in deviations from the mean. Default: 2.</param>
    /// <exception cref="ArgumentException">The interval is empty, or so far from the mean that hardly any value lies in it.</exception>
    public static Action<Parameter, ulong> TruncatedNormal(double deviation, double mean = 0, double low = -2, double high = 2)
    {
        if (!(high - low >= 0.01) || low > 3 || high < -3) throw new ArgumentException($"Initializer.TruncatedNormal: from {low} to {high} deviations there is hardly any value. The interval must begin below 3, end above −3, and be a hundredth wide.", nameof(low));
        return (parameter, seed) =>
        {
            Span<real> values = parameter.Values, pair = stackalloc real[2];
            for (int i = 0; i < values.Length; i++)
            {
                int next = 0;
                for (ulong attempt = 0; ; next++)
                {
                    if (next % 2 == 0) CounterRandom.FillGaussian(pair, seed, 2 + ((ulong)i << 20) + attempt++, 0, 1);
                    if (pair[next % 2] < low || pair[next % 2] > high) continue;
                    values[i] = (real)(mean + (deviation * pair[next % 2]));
                    break;
                }
            }
        };
    }

    private static (int Rows, int Columns) Matrix(string name, Parameter parameter)
    {
        if (parameter.Shape.Rank < 2) throw new ArgumentException($"Initializer.{name}: '{parameter.Name}' is {parameter.Shape}; it must have two axes or more.");
        int rows = parameter.Shape[0];
        return (rows, parameter.Shape.Length / Math.Max(1, rows));
    }

    /// <summary>Takes from vector <paramref name="i"/> what lies along those before it, twice, which is enough (Giraud et al. 2005), and scales it to length 1.</summary>
    private static void Orthonormalise(Span<real> basis, int i, int length)
    {
        Span<real> vector = basis.Slice(i * length, length);
        for (int pass = 0; pass < 2; pass++)
        {
            for (int k = 0; k < i; k++)
            {
                ReadOnlySpan<real> before = basis.Slice(k * length, length);
                Elementwise.AddScaled(before, -Reduce.Dot(before, vector), vector);
            }

            Elementwise.Scale(vector, (real)(1 / Math.Sqrt(Math.Max(1e-30, Reduce.SumOfSquares(vector)))));
        }
    }
}
