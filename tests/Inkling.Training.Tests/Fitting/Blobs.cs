using Inkling.Nn;
using Inkling.Numerics;
using Inkling.Training.Data;

namespace Inkling.Training.Tests.Fitting;

/// <summary>A made-up task that a small network learns: three clouds of points in a plane.</summary>
internal static class Blobs
{
    public static ArrayDataSet Data(int count, ulong seed, Action<float[]>? change = null)
    {
        float[] points = new float[2 * count];
        int[] classes = new int[count];
        for (int i = 0; i < count; i++)
        {
            classes[i] = i % 3;
            double angle = classes[i] * 2 * Math.PI / 3;
            points[2 * i] = (float)(2 * Math.Cos(angle)) + (2 * CounterRandom.Uniform(seed, 1, (ulong)i)) - 1;
            points[(2 * i) + 1] = (float)(2 * Math.Sin(angle)) + (2 * CounterRandom.Uniform(seed, 2, (ulong)i)) - 1;
        }

        change?.Invoke(points);
        return new ArrayDataSet(DataColumn.Numbers("point", [2], points), DataColumn.Integers("cloud", classes, classes: 3));
    }

    public static DataLoader Loader(int count, ulong seed, int prefetch = 2, Action<float[]>? change = null)
        => new(Data(count, seed, change), new LoaderOptions { BatchSize = 16, Shuffle = true, Seed = seed, Prefetch = prefetch });

    public static Sequential Model() => new Sequential(new Linear(2, 16), new Activation<Relu>(), new Dropout(0.1), new Linear(16, 3)).Build(seed: 5);
}
