namespace Inkling.Tuning;

/// <summary>A regression tree over a mixed cube, grown on a sample: boxes with a mean each. A choice splits off one value.</summary>
internal sealed class RegressionTree
{
    private readonly List<Node> _nodes = [];
    private readonly double[][] _points;
    private readonly double[] _values;
    private readonly bool[] _ordered;
    private readonly RandomSource _random;

    private readonly record struct Node(int Dimension, double Cut, int Left, int Right, double Mean);

    /// <param name="points">Places.</param>
    /// <param name="values">Their values.</param>
    /// <param name="ordered">Whether a dimension is a number; else it is split into one choice and the others.</param>
    /// <param name="random">Where the sample and the dimensions that are tried come from; null for all points and all dimensions.</param>
    public RegressionTree(double[][] points, double[] values, bool[] ordered, RandomSource? random)
    {
        (_points, _values, _ordered) = (points, values, ordered);
        _random = random ?? new RandomSource(0);
        int[] sample = [.. Enumerable.Range(0, points.Length).Select(i => random is null ? i : _random.Next(points.Length))];
        Grow(sample, random is null ? ordered.Length : Math.Max(1, (ordered.Length * 5 + 5) / 6), 0);
    }

    /// <summary>Calls back for every leaf with its mean and, for each dimension, its bounds; of a choice which values belong to it.</summary>
    public void Visit(int[] counts, Action<double, (double Low, double High)[], bool[]?[]> leaf)
    {
        var bounds = new (double Low, double High)[_ordered.Length];
        Array.Fill(bounds, (0, 1));
        bool[]?[] allowed = [.. _ordered.Select((one, j) => one ? null : Enumerable.Repeat(true, counts[j]).ToArray())];
        Visit(0, bounds, allowed, leaf);
    }

    private int Grow(int[] sample, int tried, int depth)
    {
        int place = _nodes.Count;
        double mean = sample.Average(i => _values[i]);
        _nodes.Add(new Node(-1, 0, -1, -1, mean));
        if (depth >= 64 || sample.Length < 2 || Best(sample, tried) is not { } split) return place;
        int left = Grow([.. sample.Where(i => IsLeft(_points[i], split.Dimension, split.Cut))], tried, depth + 1);
        int right = Grow([.. sample.Where(i => !IsLeft(_points[i], split.Dimension, split.Cut))], tried, depth + 1);
        _nodes[place] = new Node(split.Dimension, split.Cut, left, right, mean);
        return place;
    }

    private bool IsLeft(double[] point, int dimension, double cut) => _ordered[dimension] ? point[dimension] < cut : point[dimension] == cut;

    // The split after which the squares within the parts are least; none if all values or all points are alike.
    private (int Dimension, double Cut)? Best(int[] sample, int tried)
    {
        int[] dimensions = [.. Enumerable.Range(0, _ordered.Length)];
        if (tried < dimensions.Length) _random.Shuffle(dimensions.AsSpan());
        double total = sample.Sum(i => _values[i]), least = total * total / sample.Length * (1 + 1e-12) + 1e-300, best = least;
        (int, double)? found = null;
        foreach (int j in dimensions.Take(tried))
        {
            int[] order = [.. sample.OrderBy(i => _points[i][j])];
            double sum = 0, group = 0;
            int begin = 0;
            for (int i = 0; i < order.Length; i++)
            {
                sum += _values[order[i]];
                group += _values[order[i]];
                bool last = i + 1 == order.Length;
                if (!last && _points[order[i]][j] == _points[order[i + 1]][j]) continue;
                double part = _ordered[j] ? sum : group, count = _ordered[j] ? i + 1 : i + 1 - begin, rest = order.Length - count;
                double gain = rest == 0 ? 0 : part * part / count + (total - part) * (total - part) / rest;
                if (gain > best)
                {
                    best = gain;
                    found = (j, _ordered[j] ? 0.5 * (_points[order[i]][j] + _points[order[i + 1]][j]) : _points[order[i]][j]);
                }

                (group, begin) = (0, i + 1);
            }
        }

        return found;
    }

    private void Visit(int place, (double Low, double High)[] bounds, bool[]?[] allowed, Action<double, (double Low, double High)[], bool[]?[]> leaf)
    {
        Node node = _nodes[place];
        if (node.Dimension < 0)
        {
            leaf(node.Mean, bounds, allowed);
            return;
        }

        int j = node.Dimension;
        if (_ordered[j])
        {
            (double Low, double High) whole = bounds[j];
            bounds[j] = (whole.Low, node.Cut);
            Visit(node.Left, bounds, allowed, leaf);
            bounds[j] = (node.Cut, whole.High);
            Visit(node.Right, bounds, allowed, leaf);
            bounds[j] = whole;
            return;
        }

        bool[] all = allowed[j]!;
        allowed[j] = [.. all.Select((one, i) => one && i == (int)node.Cut)];
        Visit(node.Left, bounds, allowed, leaf);
        allowed[j] = [.. all.Select((one, i) => one && i != (int)node.Cut)];
        Visit(node.Right, bounds, allowed, leaf);
        allowed[j] = all;
    }
}
