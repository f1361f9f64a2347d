namespace Inkling.Tuning;

/// <summary>
/// Finds the hyper-parameters of a Gaussian process that are most probable: likelihood of the observations (*Rasmussen and Williams 2006, §5.4.1*) times priors. In the
/// unit cube a length is gamma-distributed with its mode at √d / 2, for distances grow with √d, so that no dimension is taken to be without any influence; the scale is log-normal
/// around the variance of the values, 1; the deviation of the noise is half-Cauchy with the scale √0.02, which leaves it free to be large (*Gelman 2006*). Values that are skewed are
/// made even first, with a power that is fitted together with the others, as *Snelson, Rasmussen and Ghahramani 2004* do it, and is normal around 1, which changes nothing.
/// A broad fit takes lengths to be log-normal instead, of location <c>√2 + log d / 2</c> and deviation √3 (*Hvarfner, Hellsten and Nardi 2024*): dimensions may be without influence.
/// </summary>
internal sealed class GaussianProcessFit
{
    private const double LengthShape = 2, BroadVariance = 3, PowerDeviation = 0.5, ScaleDeviation = 1.2, NoiseScale = 0.02;
    private static readonly double LowestNoise = Math.Log(1e-7), HighestNoise = Math.Log(0.5);
    private readonly double[][] _differences;   // squared, by dimension, pairs i > j packed by rows
    private readonly double[] _targets, _even, _byPower, _weights, _kernel, _slopes;
    private readonly double[][] _inverse;
    private readonly Cholesky _factor;
    private readonly int _count, _dimensions;
    private readonly bool _warped, _broad;

    /// <summary>Prepares the fit.</summary>
    /// <param name="points">Observed places.</param>
    /// <param name="targets">Observed values, of mean 0 and deviation 1.</param>
    /// <param name="ordered">Whether a dimension is a number.</param>
    /// <param name="warped">Whether values may be made even.</param>
    /// <param name="broad">Whether lengths may be very large.</param>
    public GaussianProcessFit(double[][] points, double[] targets, bool[] ordered, bool warped, bool broad = false)
    {
        _warped = warped;
        _broad = broad;
        _even = [.. targets];
        _byPower = new double[targets.Length];
        _count = points.Length;
        _dimensions = ordered.Length;
        _targets = targets;
        int pairs = _count * (_count - 1) / 2;
        _differences = [.. ordered.Select(_ => new double[pairs])];
        for (int j = 0; j < _dimensions; j++)
        {
            double[] packed = _differences[j];
            for (int i = 1, pair = 0; i < _count; i++)
            {
                for (int k = 0; k < i; k++, pair++)
                {
                    double difference = points[i][j] - points[k][j];
                    packed[pair] = ordered[j] ? difference * difference : difference == 0 ? 0 : 1;
                }
            }
        }

        _weights = new double[pairs];
        _kernel = new double[pairs];
        _slopes = new double[pairs];
        _inverse = [.. Enumerable.Range(0, _count).Select(i => new double[i + 1])];
        _factor = new Cholesky(_count);
    }

    private double LengthMode => Math.Log(0.5 * Math.Sqrt(_dimensions));

    // Of the density of a length, not of its logarithm.
    private double BroadMode => Math.Sqrt(2) + 0.5 * Math.Log(_dimensions) - BroadVariance;

    /// <summary>Logarithms of the lengths, the power, and logarithms of the scale and of the noise, to begin with.</summary>
    public double[] Start() => [.. Enumerable.Repeat(LengthMode, _dimensions), 1, 0, Math.Log(1e-3)];

    /// <summary>The values that a process with these hyper-parameters observes.</summary>
    public double[] Even(ReadOnlySpan<double> hyper)
    {
        if (_warped) YeoJohnson.Standardize(_targets, hyper[^3], _even, _byPower);
        return [.. _even];
    }

    /// <summary>The most probable hyper-parameters near a start.</summary>
    public double[] Fit(double[] start, int evaluations, out double loss)
    {
        double[] hyper = [.. start], low = [.. start], high = [.. start];
        for (int j = 0; j < _dimensions; j++)
            (low[j], high[j]) = (Math.Log(5e-3), Math.Log(200));
        (low[^3], high[^3]) = _warped ? (-1, 3) : (1, 1);
        (low[^2], high[^2]) = (Math.Log(1e-3), Math.Log(1e4));
        (low[^1], high[^1]) = (LowestNoise, HighestNoise);
        loss = BoundedQuasiNewton.Minimize(Loss, hyper, low, high, evaluations, 1e-2);
        return hyper;
    }

    /// <summary>Minus the logarithm of likelihood times priors, without constants, and its gradient.</summary>
    public double Loss(ReadOnlySpan<double> hyper, Span<double> gradient)
    {
        double scale = Math.Exp(hyper[^2]), noise = Math.Exp(hyper[^1]);
        _kernel.AsSpan().Clear();
        for (int j = 0; j < _dimensions; j++)
            VectorMath.Add(Math.Exp(-2 * hyper[j]), _differences[j], _kernel);
        Matern52.Apply(_kernel, _slopes, scale);
        for (int i = 0, pair = 0; i < _count; pair += i++)
        {
            _kernel.AsSpan(pair, i).CopyTo(_factor.Rows[i]);
            _factor.Rows[i][i] = scale + noise + 1e-10 * scale;
        }

        if (!_factor.Factor(_count)) return double.PositiveInfinity;
        (double logDeterminant, double determinantByPower) = _warped ? YeoJohnson.Standardize(_targets, hyper[^3], _even, _byPower) : default;
        double[] alpha = [.. _even];
        _factor.SolveLower(alpha);
        double loss = 0.5 * VectorMath.Dot(alpha, alpha) + 0.5 * _factor.LogDeterminant() - logDeterminant;
        _factor.SolveUpper(alpha);
        _factor.Inverse(_inverse);

        double trace = 0;
        for (int i = 0, pair = 0; i < _count; pair += i++)
        {
            for (int k = 0; k < i; k++)
                _weights[pair + k] = _inverse[i][k] - alpha[i] * alpha[k];
            trace += _inverse[i][i] - alpha[i] * alpha[i];
        }

        gradient[^3] = _warped ? VectorMath.Dot(alpha, _byPower) - determinantByPower : 0;
        gradient[^1] = 0.5 * trace * noise;
        gradient[^2] = 0.5 * trace * scale + VectorMath.Dot(_weights, _kernel);
        for (int p = 0; p < _weights.Length; p++)
            _weights[p] *= _slopes[p];
        for (int j = 0; j < _dimensions; j++)
            gradient[j] = -2 * Math.Exp(-2 * hyper[j]) * VectorMath.Dot(_weights, _differences[j]);
        return loss + Prior(hyper, gradient);
    }

    private double Prior(ReadOnlySpan<double> hyper, Span<double> gradient)
    {
        double loss = 0;
        for (int j = 0; j < _dimensions; j++)
        {
            (double length, double slope) = _broad ? Broad(hyper[j]) : Usual(hyper[j]);
            loss += length;
            gradient[j] += slope;
        }

        double powerFar = (hyper[^3] - 1) / PowerDeviation, scaleFar = hyper[^2] / ScaleDeviation, noise = Math.Exp(hyper[^1]);
        gradient[^3] += powerFar / PowerDeviation;
        gradient[^2] += scaleFar / ScaleDeviation;
        gradient[^1] += noise / (NoiseScale + noise);
        return loss + 0.5 * powerFar * powerFar + 0.5 * scaleFar * scaleFar + Math.Log(1 + noise / NoiseScale);
    }

    private (double Loss, double Slope) Usual(double logLength)
    {
        double ratio = Math.Exp(logLength - LengthMode);
        return (LengthShape * (ratio - (logLength - LengthMode)), LengthShape * (ratio - 1));
    }

    private (double Loss, double Slope) Broad(double logLength)
    {
        double far = logLength - BroadMode;
        return (far * far / (2 * BroadVariance), far / BroadVariance);
    }
}
