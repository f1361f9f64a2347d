using System.Globalization;

namespace Inkling.Tuning.Regret;

/// <summary>The command line of bench/regret.</summary>
internal sealed record Options
{
    public const string Usage = "bench/regret [--functions branin,hartmann6,..] [--samplers gp,tpe,tpe-uni,cma,random,sobol,nsga] [--seeds N] [--threads N] [--first SEED] [--points N]";

    /// <summary>Functions to minimise, one after the other.</summary>
    public string[] Functions { get; init; } = [.. Catalogue.All.Select(problem => problem.Name)];

    /// <summary>Samplers to try.</summary>
    public string[] Samplers { get; init; } = ["gp", "tpe", "cma", "random", "sobol"];

    /// <summary>Runs of each; null for 20 of the Gaussian process and 100 of the others.</summary>
    public int? Seeds { get; init; }

    /// <summary>The first seed; the others follow.</summary>
    public int First { get; init; }

    /// <summary>Runs at a time; results do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Places at which values are printed instead, as <c>bench/peers/optuna_regret.py --check</c> reads them; 0 for the table of regrets.</summary>
    public int Points { get; init; }

    /// <summary>Reads the command line; null if it is wrong.</summary>
    public static Options? Parse(string[] args)
    {
        var options = new Options();
        try
        {
            for (int i = 0; i < args.Length; i += 2)
            {
                string value = args[i + 1];
                options = args[i] switch
                {
                    "--functions" => options with { Functions = value.Split(',') },
                    "--samplers" => options with { Samplers = value.Split(',') },
                    "--seeds" => options with { Seeds = int.Parse(value, CultureInfo.InvariantCulture) },
                    "--first" => options with { First = int.Parse(value, CultureInfo.InvariantCulture) },
                    "--points" => options with { Points = int.Parse(value, CultureInfo.InvariantCulture) },
                    "--threads" => options with { Threads = int.Parse(value, CultureInfo.InvariantCulture) },
                    _ => throw new FormatException(),
                };
            }
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException or IndexOutOfRangeException)
        {
            return null;
        }

        bool known = options.Functions.All(name => Array.Exists(Catalogue.All, problem => problem.Name == name)) && options.Samplers.All(SamplerNames.All.ContainsKey);
        return known && options.Threads > 0 ? options : null;
    }
}
