namespace Inkling.Mail;

/// <summary>Collects confidences and outcomes, and works out <see cref="CalibrationFigures"/>.</summary>
internal sealed class CalibrationCounter
{
    private const int Bins = 10;

    private readonly long[] _count = new long[Bins], _right = new long[Bins];
    private readonly double[] _confidence = new double[Bins];
    private double _squares;

    /// <summary>Counts a prediction.</summary>
    /// <param name="confidence">The probability stated, 0 to 1; what lies outside is taken for the nearer end, NaN for 0.</param>
    /// <param name="right">Whether it came true.</param>
    public void Add(double confidence, bool right)
    {
        confidence = double.IsNaN(confidence) ? 0 : Math.Clamp(confidence, 0, 1);
        int bin = Math.Min((int)(confidence * Bins), Bins - 1);
        _count[bin]++;
        _confidence[bin] += confidence;
        _right[bin] += right ? 1 : 0;
        double error = confidence - (right ? 1 : 0);
        _squares += error * error;
    }

    /// <summary>Adds what another one has collected.</summary>
    public void Add(CalibrationCounter other)
    {
        for (int bin = 0; bin < Bins; bin++)
        {
            _count[bin] += other._count[bin];
            _right[bin] += other._right[bin];
            _confidence[bin] += other._confidence[bin];
        }
        _squares += other._squares;
    }

    /// <summary>The figures of all predictions counted.</summary>
    public CalibrationFigures Figures()
    {
        long all = _count.Sum();
        var table = new List<ReliabilityBin>();
        double error = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            if (_count[bin] == 0)
                continue;
            double confidence = _confidence[bin] / _count[bin], right = (double)_right[bin] / _count[bin];
            table.Add(new ReliabilityBin(bin / (double)Bins, (bin + 1) / (double)Bins, _count[bin], confidence, right));
            error += _count[bin] * Math.Abs(confidence - right);
        }
        return new CalibrationFigures
        {
            Count = all,
            ExpectedCalibrationError = all == 0 ? 0 : error / all,
            Brier = all == 0 ? 0 : _squares / all,
            Reliability = table,
        };
    }
}
