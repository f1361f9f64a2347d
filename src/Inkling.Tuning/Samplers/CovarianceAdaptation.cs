namespace Inkling.Tuning;

/// <summary>
/// The state of a covariance matrix adaptation evolution strategy in the unit cube, with active update and the default parameters of *Hansen 2016, The CMA evolution strategy: a
/// tutorial*.
/// </summary>
internal sealed class CovarianceAdaptation
{
    private readonly int _dimensions, _parents;
    private readonly double[] _weights, _pathSigma, _pathC;
    private readonly double _parentMass, _cSigma, _dampSigma, _cC, _c1, _cMu, _expectedLength;
    private readonly double[,] _covariance;
    private double[] _lengths;      // roots of the eigenvalues
    private double[,] _axes;
    private int _generation;

    /// <param name="mean">Where it begins.</param>
    /// <param name="sigma">The first step size.</param>
    public CovarianceAdaptation(double[] mean, double sigma)
    {
        int n = _dimensions = mean.Length;
        Mean = [.. mean];
        Sigma = sigma;
        Population = 4 + (int)(3 * Math.Log(n));
        _parents = Population / 2;
        double[] raw = [.. Enumerable.Range(1, Population).Select(i => Math.Log((Population + 1) / 2.0) - Math.Log(i))];
        double positive = raw.Take(_parents).Sum(), negative = raw.Skip(_parents).Sum(weight => Math.Max(0, -weight));
        _parentMass = positive * positive / raw.Take(_parents).Sum(weight => weight * weight);
        double negativeSquares = raw.Skip(_parents).Sum(weight => weight * weight), negativeMass = negativeSquares > 0 ? negative * negative / negativeSquares : 0;
        _c1 = 2 / ((n + 1.3) * (n + 1.3) + _parentMass);
        _cMu = Math.Min(1 - _c1, 2 * (_parentMass - 2 + 1 / _parentMass) / ((n + 2.0) * (n + 2) + _parentMass));
        _cC = (4 + _parentMass / n) / (n + 4 + 2 * _parentMass / n);
        _cSigma = (_parentMass + 2) / (n + _parentMass + 5);
        _dampSigma = 1 + 2 * Math.Max(0, Math.Sqrt((_parentMass - 1) / (n + 1)) - 1) + _cSigma;
        double scale = Math.Min(Math.Min(1 + _c1 / _cMu, 1 + 2 * negativeMass / (_parentMass + 2)), (1 - _c1 - _cMu) / (n * _cMu));
        _weights = [.. raw.Select(weight => weight >= 0 ? weight / positive : weight * scale / Math.Max(negative, 1e-300))];
        _expectedLength = Math.Sqrt(n) * (1 - 1.0 / (4 * n) + 1.0 / (21.0 * n * n));
        _pathSigma = new double[n];
        _pathC = new double[n];
        _covariance = new double[n, n];
        for (int i = 0; i < n; i++)
            _covariance[i, i] = 1;
        (_lengths, _axes) = ([.. Enumerable.Repeat(1.0, n)], (double[,])_covariance.Clone());
    }

    public double[] Mean { get; }

    public double Sigma { get; private set; }

    /// <summary>Trials of one generation.</summary>
    public int Population { get; }

    /// <summary>Draws a place inside the cube: again if it is outside, and at last moved to the border.</summary>
    public double[] Sample(RandomSource random)
    {
        double[] place = [];
        for (int tries = 0; tries < 100; tries++)
        {
            double[] normal = [.. Enumerable.Range(0, _dimensions).Select(i => _lengths[i] * random.NextGaussian())];
            place = [.. Enumerable.Range(0, _dimensions).Select(i => Mean[i] + Sigma * Enumerable.Range(0, _dimensions).Sum(k => _axes[i, k] * normal[k]))];
            if (Array.TrueForAll(place, value => value is >= 0 and <= 1)) return place;
        }

        return [.. place.Select(value => Math.Clamp(value, 0, 1))];
    }

    /// <summary>Learns from a generation.</summary>
    /// <param name="ranked">Places of the population, best first.</param>
    public void Update(IReadOnlyList<double[]> ranked)
    {
        int n = _dimensions;
        _generation++;
        double[][] steps = [.. ranked.Select(place => place.Select((value, i) => (value - Mean[i]) / Sigma).ToArray())];
        double[] mean = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, _parents).Sum(k => _weights[k] * steps[k][i]))];
        for (int i = 0; i < n; i++)
            Mean[i] += Sigma * mean[i];

        double[] whitened = Whiten(mean);
        for (int i = 0; i < n; i++)
            _pathSigma[i] = (1 - _cSigma) * _pathSigma[i] + Math.Sqrt(_cSigma * (2 - _cSigma) * _parentMass) * whitened[i];
        double length = Math.Sqrt(VectorMath.Dot(_pathSigma, _pathSigma));
        Sigma = Math.Min(Sigma * Math.Exp(_cSigma / _dampSigma * (length / _expectedLength - 1)), 1);

        bool moving = length / Math.Sqrt(1 - Math.Pow(1 - _cSigma, 2 * (_generation + 1))) < (1.4 + 2.0 / (n + 1)) * _expectedLength;
        for (int i = 0; i < n; i++)
            _pathC[i] = (1 - _cC) * _pathC[i] + (moving ? Math.Sqrt(_cC * (2 - _cC) * _parentMass) * mean[i] : 0);
        UpdateCovariance(steps, moving);
    }

    private void UpdateCovariance(double[][] steps, bool moving)
    {
        int n = _dimensions;
        double[] weights = [.. _weights.Select((weight, k) => weight >= 0 ? weight : weight * n / (VectorMath.Dot(Whiten(steps[k]), Whiten(steps[k])) + 1e-10))];
        double keep = 1 + (moving ? 0 : _c1 * _cC * (2 - _cC)) - _c1 - _cMu * _weights.Sum();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rank = 0;
                for (int k = 0; k < steps.Length; k++)
                    rank += weights[k] * steps[k][i] * steps[k][j];
                _covariance[i, j] = _covariance[j, i] = keep * _covariance[i, j] + _c1 * _pathC[i] * _pathC[j] + _cMu * rank;
            }
        }

        (double[] values, _axes) = SymmetricEigen.Decompose(_covariance);
        _lengths = [.. values.Select(value => Math.Sqrt(Math.Max(value, 1e-20)))];
    }

    private double[] Whiten(double[] step)
    {
        int n = _dimensions;
        double[] turned = [.. Enumerable.Range(0, n).Select(k => Enumerable.Range(0, n).Sum(i => _axes[i, k] * step[i]) / _lengths[k])];
        return [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(k => _axes[i, k] * turned[k]))];
    }
}
