using Inkling.Numerics;

namespace Inkling.Playground;

/// <summary>A plane through the weights of a network: a place and two directions.</summary>
internal sealed class WeightPlane
{
    private readonly float[] _origin;
    private readonly float[] _first;
    private readonly float[] _second;

    // The inverse of the directions' Gram matrix, so that they need not stand at right angles.
    private readonly double _ii;
    private readonly double _ij;
    private readonly double _jj;

    private WeightPlane(float[] origin, float[] first, float[] second)
    {
        (_origin, _first, _second) = (origin, first, second);
        double aa = Dot(first, first), ab = Dot(first, second), bb = Dot(second, second), determinant = (aa * bb) - (ab * ab);
        if (determinant > 1e-12 * aa * bb && determinant > 0) (_ii, _ij, _jj) = (bb / determinant, -ab / determinant, aa / determinant);
        else (_ii, _ij, _jj) = (aa > 0 ? 1 / aa : 0, 0, bb > 0 ? 1 / bb : 0);
    }

    /// <summary>How much of the way of a path lies in the plane, 0 to 1; null for planes that were not fitted to one.</summary>
    public double? Kept { get; private init; }

    /// <summary>Random directions, filter-normalised (Li, Xu, Taylor, Studer &amp; Goldstein 2018, §4): a matrix's rows, and every vector, are as long as those of the weights.</summary>
    public static WeightPlane Random(ParameterSet parameters, ReadOnlySpan<float> origin, ulong seed)
    {
        float[] from = origin.ToArray(), first = Direction(0), second = Direction(1);
        return new WeightPlane(from, first, second);

        float[] Direction(ulong which)
        {
            float[] direction = new float[from.Length];
            foreach (Parameter parameter in parameters)
            {
                if (parameter.IsBuffer) continue;
                int rows = parameter.Shape.Rank > 1 ? parameter.Shape[0] : 1, width = parameter.Shape.Length / rows;
                for (int row = 0; row < rows; row++)
                {
                    int at = parameter.Offset + (row * width);
                    Span<float> part = direction.AsSpan(at, width);
                    for (int i = 0; i < width; i++) part[i] = Normal(seed, which, (ulong)(at + i));
                    double length = Math.Sqrt(Dot(part, part)), wanted = Math.Sqrt(Dot(from.AsSpan(at, width), from.AsSpan(at, width)));
                    for (int i = 0; i < width; i++) part[i] = length > 0 ? (float)(part[i] * wanted / length) : 0;
                }
            }

            // All weights are 0: there is no length to take over.
            if (Dot(direction, direction) > 0) return direction;
            foreach (Parameter parameter in parameters.Where(one => !one.IsBuffer))
            {
                for (int i = 0; i < parameter.Shape.Length; i++) direction[parameter.Offset + i] = Normal(seed, which, (ulong)(parameter.Offset + i)) / 2;
            }

            return direction;
        }
    }

    /// <summary>The two principal components of moments of a path, through its end (Li et al. 2018, §7.2); null when it leads nowhere.</summary>
    public static WeightPlane? OfPath(ParameterSet parameters, IReadOnlyList<float[]> moments)
    {
        float[] end = moments[^1];
        float[][] steps = [.. moments.Take(moments.Count - 1).Select(moment => Difference(parameters, moment, end))];
        if (steps.Length < 2) return null;
        int count = steps.Length;
        double[] gram = new double[count * count];
        double trace = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++) gram[(i * count) + j] = gram[(j * count) + i] = Dot(steps[i], steps[j]);
            trace += gram[(i * count) + i];
        }

        if (!(trace > 1e-12) || !double.IsFinite(trace)) return null;
        (float[] first, double one) = Component();
        (float[] second, double two) = Component();
        return Dot(second, second) < 1e-12 ? null : new WeightPlane(end, first, second) { Kept = Math.Min(1, (one + two) / trace) };

        // Power iteration on the Gram matrix, which loses the component that was found.
        (float[] Direction, double Size) Component()
        {
            double[] vector = new double[count], next = new double[count];
            for (int i = 0; i < count; i++) vector[i] = 1 + (i / (double)count);
            double size = 0;
            for (int iteration = 0; iteration < 100; iteration++)
            {
                for (int i = 0; i < count; i++)
                {
                    double sum = 0;
                    for (int j = 0; j < count; j++) sum += gram[(i * count) + j] * vector[j];
                    next[i] = sum;
                }

                size = Math.Sqrt(next.Sum(value => value * value));
                if (size < 1e-12) return (new float[end.Length], 0);
                for (int i = 0; i < count; i++) vector[i] = next[i] / size;
            }

            float[] direction = new float[end.Length];
            for (int i = 0; i < count; i++)
            {
                for (int at = 0; at < direction.Length; at++) direction[at] += (float)(vector[i] * steps[i][at]);
                for (int j = 0; j < count; j++) gram[(i * count) + j] -= size * vector[i] * vector[j];
            }

            double length = Math.Sqrt(Dot(direction, direction));
            for (int at = 0; at < direction.Length; at++) direction[at] = (float)(direction[at] / length);
            return (direction, size);
        }
    }

    /// <summary>Through three places; null when they lie in a line.</summary>
    public static WeightPlane? Through(ParameterSet parameters, ReadOnlySpan<float> one, ReadOnlySpan<float> two, ReadOnlySpan<float> three)
    {
        float[] first = Difference(parameters, two, one), second = Difference(parameters, three, one);
        double length = Math.Sqrt(Dot(first, first)), before = Dot(second, second);
        if (!(length > 1e-6) || !double.IsFinite(length)) return null;
        for (int i = 0; i < first.Length; i++) first[i] = (float)(first[i] / length);
        double along = Dot(second, first);
        for (int i = 0; i < second.Length; i++) second[i] -= (float)(along * first[i]);
        double height = Math.Sqrt(Dot(second, second));
        if (!(height > 1e-3 * Math.Sqrt(before)) || !double.IsFinite(height)) return null;
        for (int i = 0; i < second.Length; i++) second[i] = (float)(second[i] / height);
        return new WeightPlane(one.ToArray(), first, second);
    }

    /// <summary>Where on the plane weights lie, or the place nearest to them.</summary>
    public (double First, double Second) Project(ReadOnlySpan<float> weights)
    {
        double a = 0, b = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double difference = weights[i] - (double)_origin[i];
            a += difference * _first[i];
            b += difference * _second[i];
        }

        return ((_ii * a) + (_ij * b), (_ij * a) + (_jj * b));
    }

    /// <summary>The weights at a place.</summary>
    public void At(double first, double second, Span<float> weights)
    {
        float a = (float)first, b = (float)second;
        for (int i = 0; i < weights.Length; i++) weights[i] = _origin[i] + (a * _first[i]) + (b * _second[i]);
    }

    private static float Normal(ulong seed, ulong which, ulong at)
    {
        float radius = MathF.Sqrt(-2 * MathF.Log(1 - CounterRandom.Uniform(seed, 2 * which, at)));
        return radius * MathF.Cos(2 * MathF.PI * CounterRandom.Uniform(seed, (2 * which) + 1, at));
    }

    /// <summary>From one place to another; what is kept but not learnt is left out.</summary>
    private static float[] Difference(ParameterSet parameters, ReadOnlySpan<float> to, ReadOnlySpan<float> from)
    {
        float[] difference = new float[to.Length];
        foreach (Parameter parameter in parameters)
        {
            if (parameter.IsBuffer) continue;
            for (int i = parameter.Offset; i < parameter.Offset + parameter.Shape.Length; i++) difference[i] = to[i] - from[i];
        }

        return difference;
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (double)a[i] * b[i];
        return sum;
    }
}
