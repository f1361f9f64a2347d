using Inkling.Numerics;

namespace Inkling.Autograd.Tests.Double;

/// <summary>The steps of word vectors go up, or down, what they say they do: their changes are central differences of the objective.</summary>
public sealed class WordVectorStepTests
{
    private const int Width = 7, Stride = 16;

    [Fact]
    public void Negative_sampling_climbs_its_objective()
    {
        double[] x = Table(4, Width, 1), y = Table(8, Width, 2), changes = new double[3 * Stride], errors = new double[3 * 12];
        int[] inputs = [1, 3, 1], outputs = [2, 5, 7, 1, 0, 0, 6, 3, 4, 0, 0, 0], targets = [1, 0, 0, 0, -1, -1, 1, 0, 0, -1, -1, -1];
        double Objective(double[] a, double[] b)
        {
            double sum = 0;
            foreach (int i in inputs)
            {
                for (int j = 0; j < outputs.Length; j++)
                {
                    if (targets[j] < 0) continue;
                    double score = 0;
                    for (int k = 0; k < Width; k++) score += a[(i * Stride) + k] * b[(outputs[j] * Stride) + k];
                    sum -= Math.Log(1 + Math.Exp(targets[j] == 1 ? -score : score));
                }
            }

            return sum;
        }

        double[] after = (double[])y.Clone();
        NegativeSampling.Step(x, inputs, after, outputs, targets, Stride, 1, changes, errors);
        double[] moved = (double[])x.Clone();
        RowTables.Add(changes, moved, inputs, Stride);
        Differences(x, moved, v => Objective(v, y), 1);
        Differences(y, after, v => Objective(x, v), 1);
    }

    [Fact]
    public void The_mean_of_words_gets_its_gradient_times_their_number()
    {
        double[] x = Table(4, Width, 3), y = Table(8, Width, 4), changes = new double[Stride], errors = new double[6], mean = new double[Stride];
        int[] words = [0, 2, 3], outputs = [2, 5, 7, 1, 4, 0], targets = [1, 0, 0, 0, 0, -1];
        double Objective(double[] a)
        {
            double sum = 0;
            for (int j = 0; j < 5; j++)
            {
                double score = 0;
                for (int k = 0; k < Width; k++) score += words.Average(row => a[(row * Stride) + k]) * y[(outputs[j] * Stride) + k];
                sum -= Math.Log(1 + Math.Exp(targets[j] == 1 ? -score : score));
            }

            return sum;
        }

        RowTables.Sum(x, words, Stride, 1.0 / 3, mean);
        NegativeSampling.Step(mean, [0], (double[])y.Clone(), outputs, targets, Stride, 1, changes, errors);
        double[] moved = (double[])x.Clone();
        RowTables.Add(changes, moved, words, Stride);
        Differences(x, moved, Objective, 3);
    }

    [Fact]
    public void GloVe_descends_its_objective()
    {
        double[] w = Table(3, Width + 2, 5), c = Table(3, Width + 2, 6), squares = new double[3 * Stride], others = new double[3 * Stride];
        for (int row = 0; row < 3; row++) (w[(row * Stride) + Width + 1], c[(row * Stride) + Width]) = (1, 1);
        Array.Fill(squares, 1);
        Array.Fill(others, 1);
        double Objective(double[] a, double[] b)
        {
            double d = -0.3;
            for (int k = 0; k < Width + 2; k++) d += a[Stride + k] * b[(2 * Stride) + k];
            return 0.5 * 0.6 * d * d;
        }

        double[] w1 = (double[])w.Clone(), c1 = (double[])c.Clone();
        Assert.Equal(Objective(w, c), CooccurrenceStep.Run(w1, squares, c1, others, [1], [2], [0.3], [0.6], Width, Stride, 1), 1e-12);
        // The ones are no variables.
        (w1[Stride + Width + 1], c1[(2 * Stride) + Width]) = (double.NaN, double.NaN);
        Differences(w, w1, v => Objective(v, c), -1);
        Differences(c, c1, v => Objective(w, v), -1);
    }

    private static void Differences(double[] before, double[] after, Func<double[], double> objective, double factor)
    {
        const double H = 1e-6;
        for (int i = 0; i < before.Length; i++)
        {
            if (i % Stride >= Width + 2 || double.IsNaN(after[i])) continue;
            double[] up = (double[])before.Clone(), down = (double[])before.Clone();
            up[i] += H;
            down[i] -= H;
            Assert.Equal(factor * (objective(up) - objective(down)) / (2 * H), after[i] - before[i], 1e-7);
        }
    }

    private static double[] Table(int rows, int width, int seed)
    {
        Random random = new(seed);
        double[] table = new double[rows * Stride];
        for (int row = 0; row < rows; row++)
        {
            for (int k = 0; k < width; k++) table[(row * Stride) + k] = random.NextDouble() - 0.5;
        }

        return table;
    }
}
