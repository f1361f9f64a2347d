using Inkling.Numerics;

namespace Inkling.Language.Tests.Embeddings;

public sealed class WordMapTests
{
    [Fact]
    public void Principal_components_find_the_two_longest_directions()
    {
        Random random = new(1);
        float[] rows = new float[200 * 5];
        for (int i = 0; i < 200; i++)
        {
            double a = 9 * (random.NextDouble() - 0.5), b = 3 * (random.NextDouble() - 0.5);
            (rows[i * 5], rows[(i * 5) + 1], rows[(i * 5) + 3]) = ((float)(3 + a), (float)a, (float)b);
            rows[(i * 5) + 4] = (float)(0.1 * random.NextDouble());
        }

        MapPoint[] points = PrincipalComponents.Map(rows, 5);
        // What is left out is the noise: distances stay.
        for (int i = 1; i < 200; i++)
        {
            double far = 0;
            for (int k = 0; k < 5; k++) far += Math.Pow(rows[k] - rows[(i * 5) + k], 2);
            Assert.Equal(Math.Sqrt(far), Math.Sqrt(Math.Pow(points[0].X - points[i].X, 2) + Math.Pow(points[0].Y - points[i].Y, 2)), 0.12);
        }

        Assert.True(points.Sum(point => point.X * point.X) > points.Sum(point => point.Y * point.Y));
        Assert.Equal(0, points.Sum(point => point.X), 1e-6);
    }

    [Fact]
    public void Vectors_that_are_alike_or_few_have_a_map_too()
    {
        Assert.All(PrincipalComponents.Map([1, 2, 1, 2, 1, 2], 2), point => Assert.Equal(new MapPoint(0, 0), point));
        Assert.Empty(PrincipalComponents.Map([], 3));
        Assert.Equal(2, Tsne.Map([1, 2, 3, 4], 2).Length);
        Assert.All(Tsne.Map(new float[20], 2), point => Assert.True(double.IsFinite(point.X) && double.IsFinite(point.Y)));
        Assert.Throws<ArgumentException>(() => PrincipalComponents.Map([1, 2, 3], 2));
        Assert.Contains("2001", Assert.Throws<ArgumentException>(() => Tsne.Map(new float[2001], 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tsne_keeps_clusters_apart_with_the_same_bits_on_any_number_of_threads()
    {
        (float[] rows, int[] cluster) = Clusters(90);
        using Team three = new(3);
        MapPoint[] points = Tsne.Map(rows, 10, new TsneOptions { Perplexity = 10, Team = Team.Single });
        Assert.Equal(points, Tsne.Map(rows, 10, new TsneOptions { Perplexity = 10, Team = three }));
        for (int i = 0; i < points.Length; i++)
        {
            int nearest = Enumerable.Range(0, points.Length).Where(j => j != i).MinBy(j => Math.Pow(points[i].X - points[j].X, 2) + Math.Pow(points[i].Y - points[j].Y, 2));
            Assert.Equal(cluster[i], cluster[nearest]);
        }
    }

    [Fact]
    public void Affinities_have_the_perplexity_that_is_asked_for_and_sum_to_one()
    {
        (float[] rows, _) = Clusters(30);
        double[] p = Tsne.Affinities(rows, 10, 30, 8);
        Assert.Equal(1, p.Sum(), 1e-9);
        Assert.Equal(p[1], p[30], 1e-15);
        Assert.Equal(0, p[31]);
    }

    [Fact]
    public void The_gradient_of_tsne_is_that_of_its_divergence()
    {
        (float[] rows, _) = Clusters(12);
        double[] p = Tsne.Affinities(rows, 10, 12, 3);
        Random random = new(3);
        MapPoint[] start = [.. Enumerable.Range(0, 12).Select(_ => new MapPoint(random.NextDouble() * 4, random.NextDouble() * 4))];
        Tsne.State state = new(start);
        MapPoint[] places = state.Points();
        double Divergence(int moved, double dx, double dy)
        {
            MapPoint[] y = [.. places];
            y[moved] = new MapPoint(y[moved].X + dx, y[moved].Y + dy);
            double Q(int i, int j) => 1 / (1 + Math.Pow(y[i].X - y[j].X, 2) + Math.Pow(y[i].Y - y[j].Y, 2));
            double z = 0, sum = 0;
            for (int i = 0; i < 12; i++)
                for (int j = 0; j < 12; j++)
                    if (i != j) z += Q(i, j);
            for (int i = 0; i < 12; i++)
                for (int j = 0; j < 12; j++)
                    if (i != j) sum += p[(i * 12) + j] * Math.Log(p[(i * 12) + j] / (Q(i, j) / z));
            return sum;
        }

        state.Forces(p, 1, Team.Single);
        const double H = 1e-6;
        for (int i = 0; i < 12; i++)
        {
            Assert.Equal((Divergence(i, H, 0) - Divergence(i, -H, 0)) / (2 * H), state.Gradient(2 * i), 1e-6);
            Assert.Equal((Divergence(i, 0, H) - Divergence(i, 0, -H)) / (2 * H), state.Gradient((2 * i) + 1), 1e-6);
        }
    }

    private static (float[] Rows, int[] Cluster) Clusters(int count)
    {
        Random random = new(2);
        int[] cluster = [.. Enumerable.Range(0, count).Select(i => i % 3)];
        float[] rows = new float[count * 10];
        for (int i = 0; i < rows.Length; i++) rows[i] = (float)(random.NextDouble() + (i % 10 == 3 * cluster[i / 10] ? 6 : 0));
        return (rows, cluster);
    }
}
