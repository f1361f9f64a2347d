using System.Diagnostics.CodeAnalysis;

namespace Inkling.App.Commands;

/// <summary>The commands of the program, in the order the help shows them.</summary>
internal static class Catalogue
{
    /// <summary>The command that runs when none is given.</summary>
    public const string Default = "studio";

    // Factories, so that a run builds the one command it needs.
    private static readonly (string Name, Func<AppCommand> Create)[] Entries =
    [
        ("studio", () => new StudioCommand()),
        ("serve", () => new ServeCommand()),
        ("complete", () => new CompleteCommand()),
        ("train", () => new TrainCommand()),
        ("evaluate", () => new EvaluateCommand()),
        ("search", () => new SearchCommand()),
        ("embed", () => new EmbedCommand()),
        ("tone", () => new ToneCommand()),
        ("tune", () => new TuneCommand()),
        ("similar", () => new SimilarCommand()),
        ("analogy", () => new AnalogyCommand()),
        ("categories", () => new CategoriesCommand()),
        ("vectors", () => new VectorsCommand()),
        ("onnx", () => new OnnxCommand()),
        ("doctor", () => new DoctorCommand()),
    ];

    /// <summary>The names, in order.</summary>
    public static IEnumerable<string> Names => Entries.Select(entry => entry.Name);

    /// <summary>Creates the command called <paramref name="name"/>, if there is one.</summary>
    public static bool TryCreate(string name, [NotNullWhen(true)] out AppCommand? command)
    {
        foreach ((string entry, Func<AppCommand> create) in Entries)
        {
            if (entry == name)
            {
                command = create();
                return true;
            }
        }

        command = null;
        return false;
    }

    /// <summary>Creates all of them, for the help.</summary>
    public static IEnumerable<AppCommand> CreateAll() => Entries.Select(entry => entry.Create());
}
