namespace Inkling.App.Running;

/// <summary>Which model a command uses: the one named, else the user's chosen one, else the shipped one.</summary>
internal static class ModelChoice
{
    /// <summary>Finds the model folder.</summary>
    /// <param name="given">What <c>--model</c> names, or null.</param>
    /// <param name="data">The user's data folder, with the choice made in the studio.</param>
    /// <returns>The absolute path of a folder that holds a <c>config.json</c>.</returns>
    /// <exception cref="FailureException">There is no model there; the message says what to do.</exception>
    public static string Resolve(string? given, DataFolder data)
    {
        if (given is not null)
        {
            // A bare name may also be one of the user's own models.
            string own = Path.Combine(data.Models, given);
            return Check(Directory.Exists(given) || !Directory.Exists(own) ? given : own, "give --model a folder made by `inkling train`");
        }

        if (UserSettings.Load(data).Model is { Length: > 0 } chosen)
        {
            return Check(Path.Combine(data.Models, chosen), "choose another model in the studio, or name one with --model");
        }

        string remedy = "train one with `inkling train --mail PATH --out models/default`, or name one with --model";
        return Check(Shipped() ?? Path.Combine(Directory.GetCurrentDirectory(), "models", "default"), remedy);
    }

    /// <summary>Finds the folder of a model of another kind than mail.</summary>
    /// <param name="given">What <c>--model</c> names, or null.</param>
    /// <param name="name">What the shipped one is called.</param>
    /// <param name="remedy">What to do when there is none.</param>
    /// <exception cref="FailureException">There is no model there; the message says what to do.</exception>
    public static string ResolveNamed(string? given, string name, string remedy)
        => Check(given ?? Shipped(name) ?? Path.Combine(Directory.GetCurrentDirectory(), "models", name), remedy);

    /// <summary>The folder of a shipped model: <c>models/NAME</c> beside the program or in a folder above it; null when there is none.</summary>
    public static string? Shipped(string name = "default")
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "models", name);
            if (File.Exists(Path.Combine(folder, "config.json")))
            {
                return folder;
            }
        }

        return null;
    }

    private static string Check(string folder, string remedy)
    {
        if (!Directory.Exists(folder))
        {
            throw new FailureException($"no model at {folder}: the folder does not exist; {remedy}");
        }

        return File.Exists(Path.Combine(folder, "config.json"))
            ? Path.GetFullPath(folder)
            : throw new FailureException($"no model at {folder}: it holds no config.json; {remedy}");
    }
}
