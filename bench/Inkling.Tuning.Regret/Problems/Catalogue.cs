namespace Inkling.Tuning.Regret;

/// <summary>The three functions of the bar, and others that nothing was made for.</summary>
internal static class Catalogue
{
    public static readonly Problem[] All =
    [
        new("branin", 0.39788735772973816, [20, 30, 50], Branin),
        new("hartmann3", -3.8627797869493365, [30, 50], trial => Hartmann.Three(Unit(trial, 3))),
        new("hartmann6", -3.3223680114155147, [50, 100], trial => Hartmann.Six(Unit(trial, 6))),
        new("branin-noisy", 0.39788735772973816, [30, 50], Branin, Noise: 2),
        new("hartmann6-noisy", -3.3223680114155147, [50, 100], trial => Hartmann.Six(Unit(trial, 6)), Noise: 0.1),
        new("ackley5", 0, [50, 100], trial => Ackley(trial, 5)),
        new("rosenbrock4", 0, [50, 100], Rosenbrock),
        new("levy3", 0, [30, 50], trial => Levy(trial, 3)),
        new("training", 0, [40, 80], Training),
        new("branches", 0, [40, 80], Branches),
        new("training-noisy", 0, [40, 80], Training, Noise: 0.03),
        new("choices", 0, [40, 80], Choices),
        new("border", 0, [40, 80], Border),
        new("cliff", 0, [30, 60], Cliff),
        new("ackley6", 0, [50, 100], trial => Ackley(trial, 6)),
        new("levy6", 0, [50, 100], trial => Levy(trial, 6)),
    ];

    private static double[] Unit(Trial trial, int dimensions) => [.. Enumerable.Range(0, dimensions).Select(i => trial.Float($"x{i}", 0, 1))];

    private static double Branin(Trial trial)
    {
        double x = trial.Float("x", -5, 10), y = trial.Float("y", 0, 15), valley = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x) + 10;
    }

    private static double Ackley(Trial trial, int dimensions)
    {
        double[] x = [.. Enumerable.Range(0, dimensions).Select(i => trial.Float($"x{i}", -20, 30))];
        return 20 + Math.E - 20 * Math.Exp(-0.2 * Math.Sqrt(x.Average(v => v * v))) - Math.Exp(x.Average(v => Math.Cos(2 * Math.PI * v)));
    }

    private static double Rosenbrock(Trial trial)
    {
        double[] x = [.. Enumerable.Range(0, 4).Select(i => trial.Float($"x{i}", -2, 2))];
        return Enumerable.Range(0, 3).Sum(i => 100 * Math.Pow(x[i + 1] - x[i] * x[i], 2) + Math.Pow(1 - x[i], 2));
    }

    private static double Levy(Trial trial, int dimensions)
    {
        double[] w = [.. Enumerable.Range(0, dimensions).Select(i => 1 + (trial.Float($"x{i}", -10, 10) - 1) / 4)];
        double sum = Math.Pow(Math.Sin(Math.PI * w[0]), 2) + Math.Pow(w[^1] - 1, 2) * (1 + Math.Pow(Math.Sin(2 * Math.PI * w[^1]), 2));
        return sum + w.SkipLast(1).Sum(one => Math.Pow(one - 1, 2) * (1 + 10 * Math.Pow(Math.Sin(Math.PI * one + 1), 2)));
    }

    // Shaped like the error of a network: rate and decay on logarithmic scales, whole numbers, choices that shift the best rate.
    private static double Training(Trial trial)
    {
        double rate = Math.Log10(trial.Float("rate", 1e-6, 1, Scale.Log)), decay = Math.Log10(trial.Float("decay", 1e-7, 1e-1, Scale.Log)), dropout = trial.Float("dropout", 0, 0.8, step: 0.1);
        int layers = trial.Integer("layers", 1, 6), units = trial.Integer("units", 8, 1024, Scale.Log);
        (double centre, double cost) = trial.Categorical("optimizer", "sgd", "momentum", "adam", "rmsprop") switch
        {
            "sgd" => (-1, 0.06),
            "momentum" => (-2, 0.02),
            "adam" => (-3, 0),
            _ => (-3.5, 0.04),
        };
        double activation = trial.Categorical("activation", "relu", "tanh", "gelu") switch { "relu" => 0.01, "tanh" => 0.05, _ => 0 };
        double size = Math.Log2(units) - 8, depth = layers - 3;
        return 0.05 * Math.Pow(rate - centre + 0.15 * depth, 2) + 0.006 * Math.Pow(decay + 4, 2) + 0.3 * Math.Pow(dropout - 0.2 - 0.05 * Math.Max(size, 0), 2)
            + 0.02 * Math.Abs(depth) + 0.012 * size * size + cost + activation;
    }

    // Two models with parameters of their own; the one that looks worse at first has the minimum.
    private static double Branches(Trial trial)
    {
        double common = trial.Float("common", -3, 3);
        if (trial.Categorical("model", "tree", "net") == "tree")
        {
            int depth = trial.Integer("depth", 1, 20);
            return 0.3 + 0.02 * Math.Abs(depth - 7) + 0.1 * Math.Abs(trial.Float("leaf", 0, 1) - 0.3) + 0.02 * Math.Pow(common - 1, 2);
        }

        double rate = Math.Log10(trial.Float("rate", 1e-5, 1, Scale.Log)), loss = 0.15 * Math.Pow(rate + 2.5, 2) + 0.05 * Math.Pow(common + 1, 2);
        return trial.Categorical("deep", true, false) ? loss + 0.03 * Math.Abs(trial.Integer("layers", 2, 12) - 5) : loss + 0.2;
    }

    // Six choices of four, of which pairs must agree; taking the first of everything looks good and is not best.
    private static double Choices(Trial trial)
    {
        int[] best = [2, 3, 1, 2, 1, 3], taken = [.. Enumerable.Range(0, 6).Select(i => trial.Categorical($"c{i}", 0, 1, 2, 3))];
        double loss = Enumerable.Range(0, 6).Sum(i => taken[i] == best[i] ? 0 : taken[i] == 0 ? 0.08 : 0.1 + 0.02 * taken[i]);
        for (int i = 0; i < 6; i += 2)
            loss += taken[i] == best[i] != (taken[i + 1] == best[i + 1]) ? 0.06 : 0;
        return loss + 0.05 * Math.Pow(Math.Log10(trial.Float("weight", 1e-4, 1, Scale.Log)) + 1.5, 2);
    }

    // The best of most numbers is at an end of their range: more epochs and the smallest batch, no dropout, and a rate that follows the batch.
    private static double Border(Trial trial)
    {
        double dropout = trial.Float("dropout", 0, 0.5), epochs = trial.Float("epochs", 1, 100, Scale.Log), smoothing = trial.Float("smoothing", 0, 0.3);
        double batch = Math.Log2(trial.Integer("batch", 16, 1024, Scale.Log)), rate = Math.Log10(trial.Float("rate", 1e-5, 1, Scale.Log));
        return 0.3 * (1 - Math.Log(epochs) / Math.Log(100)) + 0.4 * dropout + smoothing * smoothing + 0.02 * (batch - 4) + 0.1 * Math.Pow(rate + 3 - 0.15 * (batch - 4) - 0.5 * dropout, 2);
    }

    // The best rate is the largest that does not diverge, and how large that is depends on momentum and width; beyond, everything is equally bad.
    private static double Cliff(Trial trial)
    {
        double momentum = trial.Float("momentum", 0, 0.99), rate = Math.Log10(trial.Float("rate", 1e-6, 10, Scale.Log) / (1 - momentum));
        int width = trial.Integer("width", 4, 512, Scale.Log);
        double limit = 0.5 - 0.3 * Math.Log10(width), share = Math.Log2(width) / 9;
        return rate > limit ? 2.3 : 0.25 * (limit - rate) + 0.5 * Math.Pow(momentum - 0.8, 2) + Math.Pow(share - 0.7, 2);
    }
}
