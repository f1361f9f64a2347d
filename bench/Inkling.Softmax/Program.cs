using System.Diagnostics;
using System.Globalization;
using Inkling.Numerics;
using Inkling.Softmax;

string folder = args[0];
string mode = args[1];
string kind = args[2];
int threads = int.Parse(args[3], CultureInfo.InvariantCulture);
WordCorpus corpus = WordCorpus.Read(folder, 8192);
using Team team = new(threads);
if (mode == "speed")
{
    using Run run = new(corpus, kind, team, 1, 0, 1e-3f);
    for (int i = 0; i < 4; i++) run.Train(i);
    List<double> rates = [];
    long all = Stopwatch.GetTimestamp();
    for (int i = 4; Stopwatch.GetElapsedTime(all).TotalSeconds < 12; i++)
    {
        long s = Stopwatch.GetTimestamp();
        run.Train(i);
        rates.Add(2048 / Stopwatch.GetElapsedTime(s).TotalSeconds);
    }

    rates.Sort();
    Console.WriteLine($"{kind} threads {threads}: median {rates[rates.Count / 2]:F0} best {rates[^1]:F0} tokens/s");
}
else
{
    int epochs = int.Parse(args[4], CultureInfo.InvariantCulture);
    double dropout = args.Length > 5 ? double.Parse(args[5], CultureInfo.InvariantCulture) : 0;
    ulong seed = args.Length > 6 ? ulong.Parse(args[6], CultureInfo.InvariantCulture) : 1;
    float rate = args.Length > 7 ? float.Parse(args[7], CultureInfo.InvariantCulture) : 1e-3f;
    using Run run = new(corpus, kind, team, seed, dropout, rate);
    double seconds = 0;
    for (int step = 0; step < epochs * run.StepsPerEpoch; step++)
    {
        TimeSpan s = Environment.CpuUsage.TotalTime;
        run.Train(step);
        seconds += (Environment.CpuUsage.TotalTime - s).TotalSeconds;
        if ((step + 1) % 151 == 0) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind} seed {seed} drop {dropout} lr {rate} step {step + 1} epoch {(step + 1) / (double)run.StepsPerEpoch:F2} seconds {seconds:F0} perplexity {run.Validate():F2}"));
    }
}
