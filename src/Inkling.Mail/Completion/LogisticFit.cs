namespace Inkling.Mail;

/// <summary>Logistic regression by Newton's method (iteratively reweighted least squares) with a light ridge towards leaving probabilities alone.</summary>
internal static class LogisticFit
{
    private const int Size = ConfidenceCalibration.Features + 1;    // the constant last
    private const double Ridge = 5;                                 // as if so many observations held each weight in place
    private const int MostSteps = 30;

    /// <summary>Fits the calibration to what came true.</summary>
    public static ConfidenceCalibration Fit(IReadOnlyList<JudgedContinuation> judged)
    {
        var start = ConfidenceCalibration.Identity;
        var weights = new double[Size];
        for (var i = 0; i < Size - 1; i++)
            weights[i] = start.Weights[i];
        weights[Size - 1] = start.Bias;
        var home = weights.ToArray();
        for (var step = 0; step < MostSteps; step++)
        {
            var move = NewtonStep(judged, weights, home);
            var largest = 0.0;
            for (var i = 0; i < Size; i++)
            {
                weights[i] += move[i];
                largest = Math.Max(largest, Math.Abs(move[i]));
            }
            if (largest < 1e-7)
                break;
        }
        return new ConfidenceCalibration { Weights = [.. weights.Take(Size - 1).Select(Round)], Bias = Round(weights[Size - 1]) };

        static double Round(double x) => Math.Round(x, 5);
    }

    private static double[] NewtonStep(IReadOnlyList<JudgedContinuation> judged, double[] weights, double[] home)
    {
        var gradient = new double[Size];
        var hessian = new double[Size, Size];
        for (var i = 0; i < Size; i++)
        {
            gradient[i] = -Ridge * (weights[i] - home[i]);
            hessian[i, i] = Ridge;
        }
        Span<double> f = stackalloc double[Size];
        foreach (var one in judged)
        {
            one.Features.Write(f);
            f[Size - 1] = 1;
            var z = 0.0;
            for (var i = 0; i < Size; i++)
                z += weights[i] * f[i];
            var p = 1 / (1 + Math.Exp(-z));
            var (error, curvature) = ((one.Right ? 1 : 0) - p, Math.Max(p * (1 - p), 1e-9));
            for (var i = 0; i < Size; i++)
            {
                gradient[i] += error * f[i];
                for (var j = 0; j <= i; j++)
                    hessian[i, j] += curvature * f[i] * f[j];
            }
        }
        return Solve(hessian, gradient);
    }

    /// <summary>Solves A x = b for a symmetric positive definite A of which the lower triangle is given, by Cholesky's method.</summary>
    private static double[] Solve(double[,] a, double[] b)
    {
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = a[i, j];
                for (var k = 0; k < j; k++)
                    sum -= a[i, k] * a[j, k];
                a[i, j] = i == j ? Math.Sqrt(sum) : sum / a[j, j];
            }
        }
        var x = b.ToArray();
        for (var i = 0; i < Size; i++)
        {
            for (var k = 0; k < i; k++)
                x[i] -= a[i, k] * x[k];
            x[i] /= a[i, i];
        }
        for (var i = Size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < Size; k++)
                x[i] -= a[k, i] * x[k];
            x[i] /= a[i, i];
        }
        return x;
    }
}
