// Minimises functions whose minimum is known with each of the samplers, from many seeds, and prints how far from the minimum they end, as a table in Markdown.
// With --points it prints values of the functions instead, for another language to compare.
using System.Globalization;
using Inkling.Tuning;
using Inkling.Tuning.Regret;

Options? options = Options.Parse(args);
if (options is null)
{
    Console.Error.WriteLine($"regret: wrong usage. {Options.Usage}");
    return 2;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Problem[] problems = [.. options.Functions.Select(name => Array.Find(Catalogue.All, one => one.Name == name)!)];
if (options.Points > 0)
{
    foreach (Problem problem in problems)
        Points.Print(problem, options.Points);
    return 0;
}

Console.WriteLine("| function | trials | sampler | seeds | median | mean | quartiles | worst | < 0.05 | processor ms a trial |\n|---|---|---|---|---|---|---|---|---|---|");
foreach (Problem problem in problems)
{
    foreach (string sampler in options.Samplers)
    {
        Run[] runs = new Run[options.Seeds ?? (sampler == "gp" ? 20 : 100)];
        Parallel.For(0, runs.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, i => runs[i] = Run.Of(problem, SamplerNames.All[sampler](), (ulong)(options.First + i)));
        double milliseconds = runs.Select(run => run.SecondsPerTrial * 1000).Order().ElementAt(runs.Length / 2);
        foreach (int count in problem.Counts)
        {
            double[] regrets = [.. runs.Select(run => run.Regrets[count - 1]).Order()];
            Console.WriteLine($"| {problem.Name} | {count} | {sampler} | {runs.Length} | {At(regrets, 0.5):G3} | {regrets.Average():G3} | {At(regrets, 0.25):G3}–{At(regrets, 0.75):G3} | {regrets[^1]:G3} | {regrets.Count(regret => regret < 0.05) * 100 / runs.Length} % | {milliseconds:G3} |");
        }
    }
}

return 0;

static double At(double[] ordered, double share)
{
    double place = share * (ordered.Length - 1);
    int below = (int)place, above = Math.Min(below + 1, ordered.Length - 1);
    return ordered[below] + (place - below) * (ordered[above] - ordered[below]);
}
