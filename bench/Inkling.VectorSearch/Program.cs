// Recall at 10 against queries a second, ours and the peers in turn:  bench/vectors [--sets clustered,uniform,glove,small,storages,exact,opening] [--rounds N]
// [--threads 1,2] [--peers hnswlib,usearch] [--data FOLDER]
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
List<(string Name, string[] Command)> peers = [];
foreach (string name in Argument("--peers", "hnswlib,usearch").Split(',', StringSplitOptions.RemoveEmptyEntries))
{
    string? why = null;
    string[]? command = name == "hnswlib" ? Peer.Hnswlib(root, folder, out why) : name == "usearch" ? Peer.Usearch(root, out why) : null;
    if (command is not null) peers.Add((name, command));
    else Console.Error.WriteLine($"vectors: no peer {name}, for {why ?? "it is not known; hnswlib and usearch are"}.");
}

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
        "tiny" => DataSet.Clustered(2_000, 128),
        _ => DataSet.Glove(Argument("--data", Path.Combine(root, "..", "shared", "data"))),
    };
    if (data is null)
    {
        Console.Error.WriteLine($"vectors: {name} is skipped, its file is not there. Give the folder of data sets: --data FOLDER");
        continue;
    }

    new Race(data, new Recall(data, K), peers, folder) { Ef = efs, Rounds = rounds, Threads = threadCounts, K = K, M = M, EfConstruction = EfConstruction }.Run();
}

Directory.Delete(folder, recursive: true);
return 0;
