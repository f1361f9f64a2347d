// Recall at 10 against queries a second, ours and hnswlib in turn:  bench/vectors [--sets clustered,uniform,glove,storages,exact,opening] [--rounds N]
// [--threads 1,2] [--data FOLDER]
using System.Globalization;
using Inkling.Numerics;
using Inkling.Vectors;
using Inkling.VectorSearch;

const int K = 10, M = 16, EfConstruction = 200;
int[] efs = [10, 16, 24, 32, 40, 48, 64, 80, 96, 128, 200, 400];

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string Argument(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : otherwise;
string root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", ".."));
string folder = Directory.CreateTempSubdirectory("inkling-vectors-").FullName;
int rounds = int.Parse(Argument("--rounds", "3"));
int[] threadCounts = [.. Argument("--threads", "1,2").Split(',').Select(int.Parse)];
string? program = Hnswlib.Compile(root, folder, out string? why);
if (program is null) Console.Error.WriteLine($"vectors: no peer, for {why}.");

foreach (string name in Argument("--sets", "clustered,uniform,glove,storages,exact,opening").Split(','))
{
    switch (name)
    {
        case "storages":
            OtherFigures.Storages();
            continue;
        case "exact":
            OtherFigures.Exact();
            continue;
        case "opening":
            OtherFigures.Opening(folder);
            continue;
    }

    DataSet? data = name switch
    {
        "clustered" => DataSet.Clustered(100_000, 128),
        "uniform" => DataSet.Uniform(100_000, 32),
        "small" => DataSet.Clustered(20_000, 128),
        _ => DataSet.Glove(Argument("--data", Path.Combine(root, "..", "shared", "data"))),
    };
    if (data is null)
    {
        Console.Error.WriteLine($"vectors: {name} is skipped, its file is not there. Give the folder of data sets: --data FOLDER");
        continue;
    }

    Recall recall = new(data, K);
    Console.WriteLine($"\n## {data.Name}\n\nM {M}, efConstruction {EfConstruction}, {data.Count} vectors, {data.QueriesCount} queries, k {K}.\n");
    Console.WriteLine("| build | threads | wall s | processor s | bytes a vector |\n|---|---|---|---|---|");
    HnswOptions options = new() { Dimensions = data.Dimensions, Metric = data.Metric, M = M, EfConstruction = EfConstruction };
    HnswIndex? index = null;
    Hnswlib? peer = null;
    foreach (int threads in threadCounts.OrderDescending())
    {
        (index, double wall, double processor) = Ours.Build(data, options, threads);
        Console.WriteLine($"| ours | {threads} | {wall:F1} | {processor:F1} | {index.SizeInBytes / (double)data.Count:F0} |");
        if (program is null) continue;
        peer?.Dispose();
        peer = Hnswlib.Build(program, folder, data, M, EfConstruction, threads);
        Console.WriteLine($"| hnswlib | {threads} | {peer.Wall:F1} | {peer.Processor:F1} | |");
    }

    foreach (int threads in threadCounts)
    {
        using Team team = new(threads);
        Console.WriteLine($"\n{threads} thread{(threads > 1 ? "s, queries a second of wall time" : ", queries a second of processor time")}, best of {rounds} rounds in turn:\n");
        Console.WriteLine("| ef | ours: recall | ours: q/s | hnswlib: recall | hnswlib: q/s |\n|---|---|---|---|---|");
        List<(double Recall, double Speed)> mine = [], theirs = [];
        foreach (int ef in efs)
        {
            double best = double.MaxValue, peerBest = double.MaxValue, found = 0, peerFound = 0;
            for (int round = 0; round < rounds; round++)
            {
                (double wall, double processor, int[] labels) = Ours.Search(index!, data, ef, K, team);
                best = double.Min(best, threads == 1 ? processor : wall);
                if (round == 0) found = recall.Of(labels);
                if (peer is null) continue;
                (wall, processor, labels) = peer.Search(ef, K, threads);
                peerBest = double.Min(peerBest, threads == 1 ? processor : wall);
                if (round == 0) peerFound = recall.Of(labels);
            }

            mine.Add((found, data.QueriesCount / best));
            theirs.Add((peerFound, data.QueriesCount / peerBest));
            Console.WriteLine($"| {ef} | {found:F4} | {mine[^1].Speed:F0} | {(peer is null ? "" : $"{peerFound:F4}")} | {(peer is null ? "" : $"{theirs[^1].Speed:F0}")} |");
        }

        if (peer is null) continue;
        Console.WriteLine();
        foreach (double wanted in (double[])[0.95, 0.99])
        {
            double ours = At(mine, wanted), other = At(theirs, wanted);
            Console.WriteLine($"At recall {wanted}: ours {ours:F0} q/s, hnswlib {other:F0} q/s, ratio **{ours / other:F2}**.");
        }
    }

    peer?.Dispose();
}

Directory.Delete(folder, recursive: true);
return 0;

// Between two measured points by the logarithm of the speed; the fastest where even it finds more than wanted.
static double At(List<(double Recall, double Speed)> points, double wanted)
{
    if (points[0].Recall >= wanted) return points[0].Speed;
    for (int i = 1; i < points.Count; i++)
    {
        if (points[i].Recall < wanted) continue;
        double share = (wanted - points[i - 1].Recall) / (points[i].Recall - points[i - 1].Recall);
        return Math.Exp(double.Lerp(Math.Log(points[i - 1].Speed), Math.Log(points[i].Speed), share));
    }

    return double.NaN;
}
