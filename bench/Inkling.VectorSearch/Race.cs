using Inkling.Numerics;
using Inkling.Vectors;

namespace Inkling.VectorSearch;

/// <summary>Ours and the peers on one set of data, in turn.</summary>
internal sealed class Race(DataSet data, Recall recall, IReadOnlyList<(string Name, string[] Command)> peers, string folder)
{
    public required int[] Ef { get; init; }

    public required int[] Threads { get; init; }

    public required int Rounds { get; init; }

    public required int K { get; init; }

    public required int M { get; init; }

    public required int EfConstruction { get; init; }

    public void Run()
    {
        Console.WriteLine($"\n## {data.Name}\n\nM {M}, efConstruction {EfConstruction}, {data.Count} vectors, {data.QueriesCount} queries, k {K}.\n");
        Console.WriteLine("| build | threads | wall s | processor s | bytes a vector |\n|---|---|---|---|---|");
        HnswOptions options = new() { Dimensions = data.Dimensions, Metric = data.Metric, M = M, EfConstruction = EfConstruction };
        HnswIndex? index = null;
        Peer?[] built = new Peer?[peers.Count];
        foreach (int threads in Threads.OrderDescending())
        {
            (index, double wall, double processor) = Ours.Build(data, options, threads);
            Console.WriteLine($"| ours | {threads} | {wall:F1} | {processor:F1} | {index.SizeInBytes / (double)data.Count:F0} |");
            for (int i = 0; i < built.Length; i++)
            {
                built[i]?.Dispose();
                Peer peer = built[i] = Peer.Build(peers[i].Command, folder, data, M, EfConstruction, threads);
                Console.WriteLine($"| {peers[i].Name} | {threads} | {peer.Wall:F1} | {peer.Processor:F1} | |");
            }
        }

        foreach (int threads in Threads) Search(index!, built, threads);
        foreach (Peer? peer in built) peer?.Dispose();
    }

    private void Search(HnswIndex index, Peer?[] built, int threads)
    {
        using Team team = new(threads);
        List<Runner> runners = [new("ours", ef => Ours.Search(index, data, ef, K, team))];
        for (int i = 0; i < built.Length; i++)
        {
            Peer peer = built[i]!;
            runners.Add(new(peers[i].Name, ef => peer.Search("search", ef, K, threads)));
            // With one call for all queries, what a call from Node costs does not count; with a call a query it does.
            if (peers[i].Name == "usearch" && threads == 1) runners.Add(new("usearch, a call a query", ef => peer.Search("loop", ef, K, threads)));
        }

        Console.WriteLine($"\n{threads} thread{(threads > 1 ? "s, queries a second of wall time" : ", queries a second of processor time")}, best of {Rounds} rounds in turn:\n");
        Console.WriteLine($"| ef |{string.Concat(runners.Select(one => $" {one.Name}: recall | {one.Name}: q/s |"))}\n|---|{string.Concat(runners.Select(_ => "---|---|"))}");
        foreach (int ef in Ef)
        {
            foreach (Runner one in runners) (one.Best, one.Found) = (double.MaxValue, 0);
            for (int round = 0; round < Rounds; round++)
            {
                foreach (Runner one in runners)
                {
                    (double wall, double processor, int[] labels) = one.Search(ef);
                    one.Best = double.Min(one.Best, threads == 1 ? processor : wall);
                    if (round == 0) one.Found = recall.Of(labels);
                }
            }

            foreach (Runner one in runners) one.Points.Add((one.Found, data.QueriesCount / one.Best));
            Console.WriteLine($"| {ef} |{string.Concat(runners.Select(one => $" {one.Found:F4} | {one.Points[^1].Speed:F0} |"))}");
        }

        foreach (double wanted in (double[])[0.95, 0.99])
        {
            double ours = runners[0].At(wanted);
            foreach (Runner other in runners.Skip(1)) Console.WriteLine($"\nAt recall {wanted}: ours {ours:F0} q/s, {other.Name} {other.At(wanted):F0} q/s, ratio **{ours / other.At(wanted):F2}**.");
        }
    }

    /// <summary>One that searches, and how well and fast it did.</summary>
    private sealed class Runner(string name, Func<int, (double Wall, double Processor, int[] Labels)> search)
    {
        public string Name => name;

        public Func<int, (double Wall, double Processor, int[] Labels)> Search => search;

        public double Best { get; set; }

        public double Found { get; set; }

        public List<(double Recall, double Speed)> Points { get; } = [];

        /// <summary>Queries a second at a recall: between two measured points by the logarithm of the speed; the fastest where even it finds more than wanted.</summary>
        public double At(double wanted)
        {
            if (Points[0].Recall >= wanted) return Points[0].Speed;
            for (int i = 1; i < Points.Count; i++)
            {
                if (Points[i].Recall < wanted) continue;
                double share = (wanted - Points[i - 1].Recall) / (Points[i].Recall - Points[i - 1].Recall);
                return Math.Exp(double.Lerp(Math.Log(Points[i - 1].Speed), Math.Log(Points[i].Speed), share));
            }

            return double.NaN;
        }
    }
}
