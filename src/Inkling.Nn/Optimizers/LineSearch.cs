using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// A step length that satisfies the strong Wolfe conditions, by bracketing and cubic interpolation (Nocedal &amp; Wright 2006, Alg. 3.5 and 3.6, in
/// the form of Schmidt's minFunc that PyTorch has): <c>f(t) ≤ f(0) + c₁ t f′(0)</c> and <c>|f′(t)| ≤ c₂ |f′(0)|</c> along the direction.
/// </summary>
/// <param name="length">Numbers of a gradient.</param>
internal sealed class LineSearch(int length)
{
    private const double C1 = 1e-4, C2 = 0.9;
    private const int MostTrials = 25;

    private Slab _spare = new(length);
    private Point _low;
    private Point _high;
    private double _start;
    private double _slope;

    /// <summary>A trial: step length, loss, slope along the direction, and gradient.</summary>
    internal struct Point
    {
        public double T;
        public double Loss;
        public double Slope;
        public Slab Gradient;
    }

    /// <summary>Evaluations of the loss of the last search.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Searches.</summary>
    /// <param name="objective">Evaluates at a step length and fills a gradient.</param>
    /// <param name="direction">d.</param>
    /// <param name="t">The first length to try.</param>
    /// <param name="start">Loss, slope and gradient at length 0; the gradient's memory is given back as that of the result.</param>
    /// <param name="tolerance">The smallest move of a weight that a bracket is worth.</param>
    /// <returns>The point that was chosen.</returns>
    public Point Search(Func<double, Slab, double> objective, Slab direction, double t, Point start, double tolerance)
    {
        real largest = Reduce.MaxMagnitude(direction.Span);
        (_start, _slope, Evaluations) = (start.Loss, start.Slope, 0);
        // Three gradients are in use at a time: both ends of the bracket and the trial.
        _high.Gradient ??= new Slab(length);
        Slab trialMemory = _spare, otherMemory = _high.Gradient;
        Point before = start, trial = Evaluate(objective, direction, t, trialMemory);
        bool done = false, bracketed = false;
        int trials = 0;
        while (trials < MostTrials)
        {
            if (!double.IsFinite(trial.Loss) || !double.IsFinite(trial.Slope))
            {
                // Beyond what can be computed: go back half of the way.
                trial = Evaluate(objective, direction, (before.T + trial.T) / 2, trial.Gradient);
                trials++;
                continue;
            }

            if (trial.Loss > _start + (C1 * trial.T * _slope) || (trials > 1 && trial.Loss >= before.Loss) || trial.Slope >= 0)
            {
                done = !(trial.Loss > _start + (C1 * trial.T * _slope)) && !(trials > 1 && trial.Loss >= before.Loss) && Math.Abs(trial.Slope) <= -C2 * _slope;
                bracketed = true;
                break;
            }

            if (Math.Abs(trial.Slope) <= -C2 * _slope)
            {
                done = true;
                break;
            }

            double next = Cubic(before, trial, trial.T + (0.01 * (trial.T - before.T)), trial.T * 10);
            Slab free = otherMemory;
            (otherMemory, before) = (before.Gradient, trial);
            trial = Evaluate(objective, direction, next, free);
            trials++;
        }

        if (done || !bracketed)
        {
            Point chosen = done || trial.Loss < before.Loss ? trial : before;
            Keep(chosen, before, trial, otherMemory);
            return chosen;
        }

        (_low, _high) = before.Loss <= trial.Loss ? (before, trial) : (trial, before);
        Point result = Zoom(objective, direction, otherMemory, trials, largest, tolerance);
        return result;
    }

    /// <summary>Shrinks the bracket until an end of it satisfies both conditions.</summary>
    private Point Zoom(Func<double, Slab, double> objective, Slab direction, Slab free, int trials, double largest, double tolerance)
    {
        bool insufficient = false;
        while (trials < MostTrials && Math.Abs(_high.T - _low.T) * largest >= tolerance)
        {
            double left = Math.Min(_low.T, _high.T), right = Math.Max(_low.T, _high.T), margin = 0.1 * (right - left);
            double t = Cubic(_low, _high, left, right);
            if (Math.Min(right - t, t - left) < margin)
            {
                // Near an end for the second time, or beyond it: a tenth away from it instead.
                if (insufficient || t >= right || t <= left)
                {
                    t = Math.Abs(t - right) < Math.Abs(t - left) ? right - margin : left + margin;
                    insufficient = false;
                }
                else
                {
                    insufficient = true;
                }
            }
            else
            {
                insufficient = false;
            }

            Point trial = Evaluate(objective, direction, t, free);
            trials++;
            if (!(trial.Loss <= _start + (C1 * t * _slope)) || trial.Loss >= _low.Loss)
            {
                free = _high.Gradient;
                _high = trial;
                if (_high.Loss < _low.Loss) (_low, _high) = (_high, _low);
                continue;
            }

            bool done = Math.Abs(trial.Slope) <= -C2 * _slope;
            if (!done && trial.Slope * (_high.T - _low.T) >= 0)
            {
                free = _high.Gradient;
                _high = _low;
            }
            else
            {
                free = _low.Gradient;
            }

            _low = trial;
            if (done) break;
        }

        _spare = free;
        return _low;
    }

    /// <summary>What is not handed back stays here for the next search.</summary>
    private void Keep(in Point chosen, in Point before, in Point trial, Slab other)
    {
        _spare = other;
        _high = ReferenceEquals(chosen.Gradient, trial.Gradient) ? before : trial;
    }

    private Point Evaluate(Func<double, Slab, double> objective, Slab direction, double t, Slab gradient)
    {
        Evaluations++;
        double loss = objective(t, gradient);
        return new Point { T = t, Loss = loss, Slope = Reduce.Dot(gradient.Span, direction.Span), Gradient = gradient };
    }

    /// <summary>The minimum of the cubic through two points with their slopes, kept within bounds; the middle where there is none.</summary>
    private static double Cubic(in Point a, in Point b, double low, double high)
    {
        (Point first, Point second) = a.T <= b.T ? (a, b) : (b, a);
        double d1 = first.Slope + second.Slope - (3 * (first.Loss - second.Loss) / (first.T - second.T)), square = (d1 * d1) - (first.Slope * second.Slope);
        if (!(square >= 0)) return (low + high) / 2;
        double root = Math.Sqrt(square);
        double t = second.T - ((second.T - first.T) * ((second.Slope + root - d1) / (second.Slope - first.Slope + (2 * root))));
        return double.IsNaN(t) ? (low + high) / 2 : Math.Min(Math.Max(t, low), high);
    }
}
