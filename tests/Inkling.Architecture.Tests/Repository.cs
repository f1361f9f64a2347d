using System.Runtime.CompilerServices;

namespace Inkling.Architecture.Tests;

/// <summary>The sources that the rules are about.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The projects below <paramref name="folder"/>, by name.</summary>
    public static IEnumerable<string> Projects(string folder)
        => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>The sources below <paramref name="folder"/> that people wrote, as paths relative to the root.</summary>
    public static IEnumerable<string> Sources(string folder, string pattern = "*.cs")
        => Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public static string Read(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    private static string FindRoot([CallerFilePath] string here = "")
    {
        // From the program, so that a copied build works; else from where this file was compiled.
        foreach (string start in (string[])[AppContext.BaseDirectory, Path.GetDirectoryName(here)!])
        {
            for (DirectoryInfo? at = new(start); at is not null; at = at.Parent)
            {
                if (File.Exists(Path.Combine(at.FullName, "Inkling.slnx")))
                {
                    return at.FullName;
                }
            }
        }

        throw new InvalidOperationException("Inkling.slnx was not found above the tests.");
    }
}
