using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// t-SNE (van der Maaten, Hinton 2008, <i>Visualizing Data using t-SNE</i>): neighbours of the vectors become neighbours on the map. Minimises
/// <c>KL(P ‖ Q) = Σ p_ij log (p_ij / q_ij)</c>, with P Gaussian in the vectors' distances at a given perplexity, and <c>q_ij ∝ 1 / (1 + |y_i − y_j|²)</c>; the gradient is
/// <c>4 Σⱼ (p_ij − q_ij) (y_i − y_j) / (1 + |y_i − y_j|²)</c> (eq. 5). All pairs are taken, so it is for some thousand points. Begins with
/// <see cref="PrincipalComponents"/>, so that equal vectors give equal maps (Kobak, Linderman 2021); the rate is n/12 (Belkina et al. 2019).
/// </summary>
public static class Tsne
{
    /// <summary>The most points.</summary>
    public const int MostPoints = 2000;

    private const int ExaggeratedSteps = 100;

    private const double Exaggeration = 12, LeastRate = 10;

    /// <summary>Lays vectors out on a map.</summary>
    /// <param name="rows">The vectors, row after row, <c>[n, width]</c>, finite; n at most <see cref="MostPoints"/>.</param>
    /// <param name="width">Numbers of a vector, at least 1.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="stop">Ends early: the map as it is then is returned.</param>
    /// <exception cref="ArgumentException">The numbers are no whole rows, or there are too many points.</exception>
    public static MapPoint[] Map(ReadOnlySpan<float> rows, int width, TsneOptions? options = null, CancellationToken stop = default)
    {
        options ??= new TsneOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Iterations, 1);
        MapPoint[] start = PrincipalComponents.Map(rows, width);
        int count = start.Length;
        if (count > MostPoints) throw new ArgumentException($"Tsne: {count} points; all pairs of at most {MostPoints} are compared. Take fewer, or PrincipalComponents.", nameof(rows));
        if (!(options.Perplexity >= 1)) throw new ArgumentException($"Tsne: the perplexity {options.Perplexity} is less than one neighbour.", nameof(options));
        if (count < 4) return start;
        double[] p = Affinities(rows, width, count, Math.Min(options.Perplexity, (count - 1) / 3.0));
        State state = new(start);
        for (int step = 0; step < options.Iterations && !stop.IsCancellationRequested; step++)
        {
            double factor = step < ExaggeratedSteps ? Exaggeration : 1, momentum = step < ExaggeratedSteps ? 0.5 : 0.8;
            state.Forces(p, factor, options.Team ?? Team.Shared);
            state.Move(Math.Max(LeastRate, count / Exaggeration), momentum);
        }

        return state.Points();
    }

    /// <summary>p_ij = (p_j|i + p_i|j) / 2n, each row's width found by bisection so that it has the perplexity.</summary>
    internal static double[] Affinities(ReadOnlySpan<float> rows, int width, int count, double perplexity)
    {
        double[] distances = new double[count * count], p = new double[count * count], row = new double[count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double sum = 0;
                for (int k = 0; k < width; k++)
                {
                    double difference = (double)rows[(i * width) + k] - rows[(j * width) + k];
                    sum += difference * difference;
                }

                distances[(i * count) + j] = distances[(j * count) + i] = sum;
            }
        }

        for (int i = 0; i < count; i++)
        {
            Row(distances.AsSpan(i * count, count), i, Math.Log(perplexity), row);
            for (int j = 0; j < count; j++)
            {
                p[(i * count) + j] += row[j] / (2 * count);
                p[(j * count) + i] += row[j] / (2 * count);
            }
        }

        return p;
    }

    private static void Row(ReadOnlySpan<double> distances, int self, double entropy, double[] row)
    {
        double precision = 1, low = 0, high = double.PositiveInfinity, nearest = double.PositiveInfinity, mean = 0;
        for (int j = 0; j < distances.Length; j++)
        {
            if (j == self) continue;
            nearest = Math.Min(nearest, distances[j]);
            mean += distances[j] / (distances.Length - 1);
        }

        if (mean > nearest) precision = 1 / (mean - nearest);
        for (int attempt = 0; attempt < 64; attempt++)
        {
            double sum = 0, weighted = 0;
            for (int j = 0; j < distances.Length; j++)
            {
                row[j] = j == self ? 0 : Math.Exp(-precision * (distances[j] - nearest));
                sum += row[j];
                weighted += row[j] * (distances[j] - nearest);
            }

            for (int j = 0; j < row.Length; j++) row[j] /= sum;
            double found = Math.Log(sum) + (precision * weighted / sum);
            if (Math.Abs(found - entropy) < 1e-5) return;
            if (found > entropy) (low, precision) = (precision, double.IsInfinity(high) ? precision * 2 : (precision + high) / 2);
            else (high, precision) = (precision, (precision + low) / 2);
        }
    }

    /// <summary>Places, speeds and gains of all points.</summary>
    internal sealed class State
    {
        private readonly double[] _y;
        private readonly double[] _speed;
        private readonly double[] _gains;
        private readonly double[] _attraction;
        private readonly double[] _repulsion;
        private readonly double[] _sums;

        public State(MapPoint[] start)
        {
            int count = start.Length;
            (_y, _speed, _gains, _attraction, _repulsion, _sums) = (new double[2 * count], new double[2 * count], new double[2 * count], new double[2 * count], new double[2 * count], new double[count]);
            double spread = Math.Sqrt(start.Sum(point => point.X * point.X) / count);
            for (int i = 0; i < count; i++)
            {
                // Equal places would never part: the number of a point moves it a little.
                double scale = spread > 0 ? 1e-4 / spread : 0;
                _y[2 * i] = (start[i].X * scale) + (1e-6 * Math.Cos(2.4 * i));
                _y[(2 * i) + 1] = (start[i].Y * scale) + (1e-6 * Math.Sin(2.4 * i));
            }

            Array.Fill(_gains, 1);
        }

        /// <summary>Computes both parts of the gradient; the sum of q in the order of points, so that threads do not matter.</summary>
        public void Forces(double[] p, double factor, Team team)
        {
            ForceBody body = new(_y, p, factor, _attraction, _repulsion, _sums);
            team.For(_sums.Length, ref body);
            double z = 0;
            foreach (double sum in _sums) z += sum;
            for (int i = 0; i < _repulsion.Length; i++) _repulsion[i] /= z;
        }

        /// <summary>4 (attraction − repulsion): the gradient at the places of the last <see cref="Forces"/>.</summary>
        public double Gradient(int i) => 4 * (_attraction[i] - _repulsion[i]);

        public void Move(double rate, double momentum)
        {
            for (int i = 0; i < _y.Length; i++)
            {
                double gradient = Gradient(i);
                _gains[i] = Math.Max(0.01, Math.Sign(gradient) == Math.Sign(_speed[i]) ? _gains[i] * 0.8 : _gains[i] + 0.2);
                _speed[i] = (momentum * _speed[i]) - (rate * _gains[i] * gradient);
                _y[i] += _speed[i];
            }
        }

        public MapPoint[] Points() => [.. Enumerable.Range(0, _sums.Length).Select(i => new MapPoint(_y[2 * i], _y[(2 * i) + 1]))];
    }

    private readonly struct ForceBody(double[] y, double[] p, double factor, double[] attraction, double[] repulsion, double[] sums) : IChunkBody
    {
        public void Run(int chunk)
        {
            double x = y[2 * chunk], up = y[(2 * chunk) + 1], sum = 0, ax = 0, ay = 0, rx = 0, ry = 0;
            int row = chunk * sums.Length;
            for (int j = 0; j < sums.Length; j++)
            {
                double dx = x - y[2 * j], dy = up - y[(2 * j) + 1], q = 1 / (1 + (dx * dx) + (dy * dy)), pull = factor * p[row + j] * q;
                if (j != chunk) sum += q;
                ax += pull * dx;
                ay += pull * dy;
                rx += q * q * dx;
                ry += q * q * dy;
            }

            (attraction[2 * chunk], attraction[(2 * chunk) + 1]) = (ax, ay);
            (repulsion[2 * chunk], repulsion[(2 * chunk) + 1]) = (rx, ry);
            sums[chunk] = sum;
        }
    }
}
