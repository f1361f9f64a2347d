namespace Inkling.Tuning;

/// <summary>
/// A Gaussian process with mean 0, a Matérn-5/2 kernel with a length for every dimension (a choice is at distance 1 from every other choice), and noise.
/// *Rasmussen and Williams 2006, algorithm 2.1*.
/// </summary>
internal sealed class GaussianProcess
{
    private readonly double[][] _columns;   // dimension by dimension
    private readonly bool[] _ordered;
    private readonly Cholesky _factor;
    private readonly double[] _weights;     // 1 / length²
    private double[] _targets, _alpha;
    private int _count;

    /// <summary>Creates the posterior.</summary>
    /// <param name="points">Observed places.</param>
    /// <param name="targets">Observed values.</param>
    /// <param name="ordered">Whether a dimension is a number.</param>
    /// <param name="hyper">Logarithms of the lengths, then, as the last two, those of the kernel's scale and of the variance of the noise.</param>
    public GaussianProcess(double[][] points, double[] targets, bool[] ordered, ReadOnlySpan<double> hyper)
    {
        _ordered = ordered;
        Hyper = [.. hyper];
        _count = points.Length;
        _columns = [.. Enumerable.Range(0, ordered.Length).Select(j => points.Select(point => point[j]).ToArray())];
        _weights = new double[ordered.Length];
        for (int j = 0; j < ordered.Length; j++)
            _weights[j] = Math.Exp(-2 * hyper[j]);
        Scale = Math.Exp(hyper[^2]);
        Noise = Math.Exp(hyper[^1]);
        _targets = [.. targets];
        _factor = new Cholesky(_count);
        double jitter = 0;
        do
        {
            for (int i = 0; i < _count; i++)
            {
                Kernel(points[i], _factor.Rows[i].AsSpan(0, i), default);
                _factor.Rows[i][i] = Scale + Noise + jitter;
            }

            if (!(jitter <= Scale)) throw new ArithmeticException("Gaussian process: its places or parameters are not finite.");
            jitter = jitter == 0 ? 1e-10 * Scale : 10 * jitter;
        }
        while (!_factor.Factor(_count));
        _alpha = Solve();
    }

    /// <summary>The hyper-parameters as they were given.</summary>
    public double[] Hyper { get; }

    public double Scale { get; }

    public double Noise { get; }

    public int Count => _count;

    public int Dimensions => _ordered.Length;

    /// <summary>Mean and variance of the function, without noise, at a place.</summary>
    public (double Mean, double Variance) Predict(ReadOnlySpan<double> x)
    {
        double[] kernel = new double[_count];
        Kernel(x, kernel, default);
        double mean = VectorMath.Dot(kernel, _alpha);
        _factor.SolveLower(kernel);
        return (mean, Math.Max(Scale - VectorMath.Dot(kernel, kernel), 0));
    }

    /// <summary>The same with the gradients of both; those of dimensions without order are 0.</summary>
    public (double Mean, double Variance) Predict(ReadOnlySpan<double> x, Span<double> meanGradient, Span<double> varianceGradient)
    {
        double[] kernel = new double[_count], slopes = new double[_count], solved, difference = new double[_count];
        Kernel(x, kernel, slopes);
        double mean = VectorMath.Dot(kernel, _alpha);
        solved = [.. kernel];
        _factor.SolveLower(solved);
        double variance = Scale - VectorMath.Dot(solved, solved);
        _factor.SolveUpper(solved);
        for (int j = 0; j < x.Length; j++)
        {
            meanGradient[j] = varianceGradient[j] = 0;
            if (!_ordered[j]) continue;
            for (int i = 0; i < _count; i++)
                difference[i] = 2 * _weights[j] * slopes[i] * (x[j] - _columns[j][i]);
            meanGradient[j] = VectorMath.Dot(difference, _alpha);
            varianceGradient[j] = -2 * VectorMath.Dot(difference, solved);
        }

        return (mean, Math.Max(variance, 0));
    }

    /// <summary>Means and variances at many places, given dimension by dimension.</summary>
    public void Predict(double[][] columns, Span<double> means, Span<double> variances)
    {
        int count = means.Length;
        double[][] kernel = [.. Enumerable.Range(0, _count).Select(_ => new double[count])];
        means.Clear();
        for (int i = 0; i < _count; i++)
        {
            for (int j = 0; j < _ordered.Length; j++)
                Matern52.AddDistance(columns[j].AsSpan(0, count), _columns[j][i], _weights[j], _ordered[j], kernel[i]);
            Matern52.Apply(kernel[i], default, Scale);
            VectorMath.Add(_alpha[i], kernel[i], means);
        }

        _factor.SolveLower(kernel, count);
        variances.Fill(Scale);
        for (int i = 0; i < _count; i++)
        {
            for (int c = 0; c < count; c++)
                variances[c] -= kernel[i][c] * kernel[i][c];
        }

        for (int c = 0; c < count; c++)
            variances[c] = Math.Max(variances[c], 0);
    }

    /// <summary>How much values at an observed place and at x vary together, from 0 to 1, before anything was observed.</summary>
    public double[] Correlations(ReadOnlySpan<double> x)
    {
        double[] kernel = new double[_count];
        Kernel(x, kernel, default);
        return [.. kernel.Select(value => value / Scale)];
    }

    /// <summary>The lowest mean at any observed place: what has been reached, without the luck of noise.</summary>
    public double LowestMean()
    {
        // K alpha = y, and the mean at the observed places is (K - noise I) alpha.
        double lowest = double.PositiveInfinity;
        for (int i = 0; i < _targets.Length; i++)
            lowest = Math.Min(lowest, _targets[i] - Noise * _alpha[i]);
        return lowest;
    }

    /// <summary>Adds a place whose value is not known yet, as if it were what is expected there: the uncertainty around it goes.</summary>
    public void Believe(double[] x)
    {
        (double mean, _) = Predict(x);
        double[] row = new double[_count + 1];
        Kernel(x, row.AsSpan(0, _count), default);
        row[_count] = Scale + Noise + 1e-8 * Scale;
        if (!_factor.Append(row)) return;
        for (int j = 0; j < _columns.Length; j++)
            _columns[j] = [.. _columns[j], x[j]];
        _targets = [.. _targets, mean];
        _count++;
        _alpha = Solve();
    }

    private double[] Solve()
    {
        double[] alpha = [.. _targets];
        _factor.SolveLower(alpha);
        _factor.SolveUpper(alpha);
        return alpha;
    }

    private void Kernel(ReadOnlySpan<double> x, Span<double> values, Span<double> slopes)
    {
        values.Clear();
        for (int j = 0; j < _ordered.Length; j++)
            Matern52.AddDistance(_columns[j].AsSpan(0, values.Length), x[j], _weights[j], _ordered[j], values);
        Matern52.Apply(values, slopes, Scale);
    }
}
