namespace Inkling.Comparison;

/// <summary>The command line of bench/compare.</summary>
internal sealed record Options
{
    public const string Usage = "bench/compare [--quick] [--only NAME] [--case TEXT] [--json] [--report FILE] [--list]";

    /// <summary>Everything in five minutes on two cores, with rougher figures.</summary>
    public bool Quick { get; init; }

    /// <summary>The comparison of this name, or all whose names begin so.</summary>
    public string? Only { get; init; }

    /// <summary>Of a sweep only the cases whose names contain this.</summary>
    public string? Case { get; init; }

    /// <summary>The JSON document on a terminal too.</summary>
    public bool Json { get; init; }

    /// <summary>Where to write a report in Markdown.</summary>
    public string? Report { get; init; }

    /// <summary>Only name the comparisons.</summary>
    public bool List { get; init; }

    /// <summary>Turns of a comparison: one run of ours and one of the peer each.</summary>
    public int Turns(int quick, int thorough) => Quick ? quick : thorough;

    /// <summary>Reads the command line; the message says what is wrong with it.</summary>
    public static (Options? Options, string Problem) Parse(string[] args)
    {
        var options = new Options();
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--quick": options = options with { Quick = true }; break;
                case "--json": options = options with { Json = true }; break;
                case "--list": options = options with { List = true }; break;
                case "--only" when i + 1 < args.Length: options = options with { Only = args[++i] }; break;
                case "--case" when i + 1 < args.Length: options = options with { Case = args[++i] }; break;
                case "--report" when i + 1 < args.Length: options = options with { Report = args[++i] }; break;
                default: return (null, $"unknown or incomplete argument {args[i]}. Usage: {Usage}");
            }
        }

        return (options, "");
    }
}
